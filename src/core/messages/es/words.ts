import { isolate } from '../../isolate.ts';
import type { Messages } from '../../messages.ts';
import { counting, listing } from '../counting.ts';

export const words: Messages['words'] = {
  and: listing('es', 'conjunction'),
  or: listing('es', 'disjunction'),
  andMore: (shown, more) => `${shown.join(', ')} y ${more} más`,
  more: (count) => `… y ${count} más`,
  quoted: (words) => `«${isolate(words)}»`,
  you: 'Tú',
  somebody: 'Alguien',
  someone: 'alguien',
  anAdmin: 'un administrador',
  aManager: 'un responsable',
  nobodys: 'sin asignar',
  tasks: counting('es', { one: 'tarea', other: 'tareas' }),
  openTasks: counting('es', { one: 'tarea abierta', other: 'tareas abiertas' }),
  comments: counting('es', { one: 'comentario', other: 'comentarios' }),
  statuses: {
    todo: 'Por hacer',
    active: 'En curso',
    blocked: 'Bloqueada',
    review: 'En revisión',
    done: 'Hecha',
    cancelled: 'Cancelada',
  },
  priorities: { low: 'Baja', normal: 'Normal', high: 'Alta', urgent: 'Urgente' },
};
