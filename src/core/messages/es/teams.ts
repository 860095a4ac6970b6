import type { Messages } from '../../messages.ts';

export const teams: Messages['teams'] = {
  stillWorking: 'Sigo en ello… la respuesta llega enseguida.',
  done: 'Hecho.',
  formBelow: 'Rellena el formulario de abajo.',
  answerBelow: 'La respuesta está abajo.',
  answerInOurChat: 'La respuesta llega a nuestro chat.',
  answeredInOurChat: 'Te he respondido en nuestro chat.',
  formInOurChat: 'Te he enviado el formulario a nuestro chat.',
  openOurChat:
    'Esta respuesta es solo para ti y todavía no puedo escribirte: abre Aplicaciones en Teams, añade Crewline y pregúntame de nuevo.',
  notOurs: 'No conozco este botón. Pídeme la tarea otra vez.',
  failed: (key) =>
    `Algo ha fallado aquí. Inténtalo de nuevo; si sigue igual, dile a tu administrador «${key}».`,
  goAhead: 'Sí, adelante',
  oneButtonLess: 'Un botón no cabe aquí.',
  buttonsLess: (count) => `${count} botones no caben aquí.`,
  optionsLess: (count) => `… y ${count} más que no caben aquí: escribe el comando en su lugar`,
  more: '… y más que no cabe aquí',
  needed: 'Rellena esto.',
  formTooLong: 'Este formulario es demasiado largo para mostrarlo aquí.',
  answerTooLong: 'Esta respuesta es demasiado larga para mostrarla aquí.',
};
