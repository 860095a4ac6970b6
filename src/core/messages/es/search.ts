import type { Messages } from '../../messages.ts';

export const search: Messages['search'] = {
  noTaskWith: (words) => `Ninguna tarea que puedas ver contiene «${words}».`,
  noOpenTask: 'No hay ninguna tarea abierta que puedas ver.',
  overdueSince: 'vencida desde',
  due: 'vence',
};
