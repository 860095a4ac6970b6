import type { Messages } from '../../messages.ts';

export const offer: Messages['offer'] = {
  whether: '¿Hago una tarea de esto?',
  whetherNamed: (title) => `¿Hago una tarea de «${title}»?`,
  create: 'Crear',
  no: 'No',
  notMade: 'No se ha hecho ninguna tarea de ello.',
  noOpenTask: 'No hay ninguna tarea abierta que puedas ver. Añade una primero.',
};
