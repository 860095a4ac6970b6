import type { Messages } from '../../messages.ts';

export const follow: Messages['follow'] = {
  watching: (task) => `A partir de ahora te aviso de ${task}, y tu resumen muestra cuándo cambia.`,
  unwatched: (task) => `Ya no sigues ${task}.`,
  muted: (task) =>
    `${task} está en silencio: solo te aviso si alguien te la asigna, te menciona o te pregunta por ella.`,
  unmuted: (task) => `Vuelvo a avisarte de ${task}.`,
  unwatch: 'Dejar de seguir',
  unmute: 'Quitar silencio',
  already: {
    watching: (number) => `Ya sigues #${number}.`,
    muted: (number) => `Ya tienes #${number} en silencio.`,
  },
  not: {
    watching: (number) => `No sigues #${number}. Con \`watch ${number}\` la sigues.`,
    muted: (number) => `No tienes #${number} en silencio. Con \`mute ${number}\` la silencias.`,
  },
};
