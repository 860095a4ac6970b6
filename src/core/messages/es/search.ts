import type { Messages } from '../../messages.ts';

export const search: Messages['search'] = {
  noTaskWith: (words) => `Ninguna tarea que puedas ver contiene «${words}».`,
  noChannel:
    '`list here` es para canales que muestran un proyecto. En nuestro chat, `list` muestra tus tareas y `list DOCK` las de DOCK.',
  noOpenTask: 'No hay ninguna tarea abierta que puedas ver.',
  overdueSince: 'vencida desde',
  due: 'vence',
};
