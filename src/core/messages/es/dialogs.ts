import type { Messages } from '../../messages.ts';

export const dialogs: Messages['dialogs'] = {
  oneMoment: 'Un momento',
  takesLonger: 'Esto tarda más de lo normal. Estará listo enseguida.',
  openIt: 'Abrir',
  stillWorking: 'Sigo en ello… La respuesta llegará a nuestro chat.',
  notOurs: 'No conozco este botón. Pídeme la tarea otra vez.',
  keptAsComment: (task) => `Guardado como comentario en la tarea #${task}.`,
  searching: 'Sigo buscando. Escribe más o inténtalo de nuevo en un momento.',
};
