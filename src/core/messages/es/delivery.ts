import type { Messages } from '../../messages.ts';

export const delivery: Messages['delivery'] = {
  title: 'Entrega',
  fine: 'Todo se ha entregado.',
  dead: (count) =>
    count === 1 ? '1 mensaje no se pudo entregar' : `${count} mensajes no se pudieron entregar`,
  waiting: (count) => (count === 1 ? '1 espera ahora' : `${count} esperan ahora`),
  oldest: (when) => `el más antiguo desde ${when}`,
  last: 'el último',
  hint: 'Se guardan hasta que se envíen otra vez. Lo que ya no es cierto se omite entonces.',
  replay: 'Enviar de nuevo',
  replayAll: 'Enviar todo de nuevo',
  replayed: (count) =>
    count === 1 ? '1 mensaje está otra vez en camino.' : `${count} mensajes están otra vez en camino.`,
  nothingToReplay: 'No hay nada que enviar de nuevo: no quedó nada sin entregar.',
  unknown: (typed) => `No conozco \`delivery ${typed}\`. Hay \`delivery\` y \`delivery replay\`.`,
  causes: {
    refused: 'la persona no recibe mensajes',
    removed: 'se ha quitado la aplicación',
    noAccount: 'la persona aún no tiene cuenta de chat',
    uncertain: 'puede haberse enviado',
  },
  advice: {
    refused: 'Han bloqueado o quitado la app. Termina cuando le escriban.',
    removed: 'Instala la app de nuevo y después envíalo otra vez.',
    noAccount: 'Sale solo cuando escriban a la app por primera vez.',
    uncertain: 'Quizá haya llegado. Pregunta antes de enviarlo otra vez.',
  },
};
