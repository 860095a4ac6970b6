import type { Messages } from '../../messages.ts';
import { words } from './words.ts';

export const groups: Messages['groups'] = {
  onePerson: 'Eso es para una persona, no para un grupo.',
  unreadable: (group) => `No puedo ver quién está en @${group}. Nombra a las personas.`,
  scopeMissing:
    'No puedo ver quién está en un grupo: quien me gestiona debe añadir el permiso usergroups:read. Nombra a las personas.',
  empty: (group) => `No hay nadie en @${group}.`,
  tooMany: (group, count, most) => `Hay ${count} personas en @${group}; doy una tarea a ${most} como máximo.`,
  strangers: (group, names) =>
    `Todavía no conozco a ${words.and(names)} de @${group}. Pídeles que me escriban primero, o nombra a los demás.`,
};
