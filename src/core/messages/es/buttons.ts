import type { Messages } from '../../messages.ts';

export const buttons: Messages['buttons'] = {
  approve: 'Aprobar',
  block: 'Bloquear',
  claim: 'Tomar',
  comment: 'Comentar',
  decline: 'Rechazar',
  done: 'Hecha',
  help: 'Ayuda',
  myTasks: 'Mis tareas',
  newTask: 'Nueva tarea',
  next: (page, pages) => `Siguiente (${page} de ${pages})`,
  previous: 'Anterior',
  reassign: 'Reasignar',
  reopen: 'Reabrir',
  reply: 'Responder',
  return: 'Devolver',
  show: 'Ver',
  start: 'Empezar',
  tasks: 'Tareas',
  unblock: 'Desbloquear',
};
