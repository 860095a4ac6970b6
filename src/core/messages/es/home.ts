import type { Messages } from '../../messages.ts';
import { text } from '../../view.ts';

export const home: Messages['home'] = {
  headings: {
    mine: 'Tus tareas abiertas',
    assigned: 'Tareas abiertas que has dado',
    waiting: 'Esperan tu aprobación',
  },
  empty: {
    mine: 'No tienes nada pendiente. Añade una tarea o pide una.',
    assigned: 'Nadie tiene una tarea abierta tuya. Añade una y di de quién es.',
    waiting: 'Ninguna tarea espera tu aprobación.',
  },
  spans: { overdue: 'vencidas', today: 'para hoy', week: 'para esta semana' },
  headingOf: (heading, span) => `${heading}, ${span}`,
  emptySpan: (span) => `Aquí no hay tareas ${span}.`,
  tabs: { mine: 'Mías', assigned: 'De mí', waiting: 'Por aprobar' },
  filters: { all: 'Todas abiertas', overdue: 'Vencidas', today: 'Hoy', week: 'Esta semana' },
  howToLink: (command) =>
    text`Todavía ningún canal muestra uno de tus proyectos. En un canal, escribe ${command}.`,
};
