import type { Messages } from '../../messages.ts';

type Filter = Parameters<Messages['lists']['heading']>[0];

/** "tareas abiertas", "tareas vencidas", "tareas en «Blocked» para hoy" */
function kind({ state, due }: Filter): string {
  const known = state === lists.open || state === lists.done;
  const status = state && (known ? state : `en «${state}»`);
  const spans = { overdue: 'vencidas', today: 'para hoy', week: 'para esta semana' };
  return ['tareas', status, due && spans[due]].filter(Boolean).join(' ');
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

export const lists: Messages['lists'] = {
  open: 'abiertas',
  done: 'hechas',
  yourTeam: 'tu equipo',
  heading: (filter) => capital(kind(filter)),
  headingYours: (filter) => `Tus ${kind(filter)}`,
  headingOf: (filter, owner) => `${capital(kind(filter))} de ${owner}`,
  none: (filter) => `No hay ${kind(filter)}.`,
  noneOf: (filter, owner) => `No hay ${kind(filter)} de ${owner}.`,
  nothing: 'No tienes nada pendiente. Añade una tarea o pide una.',
  unknownWord: (word) =>
    `No conozco «${word}». Usa mine, team, all, here, @nombre y overdue, today, week, open, done o un estado.`,
  unknownWordOrProject: (word, keys) =>
    `No conozco «${word}». Usa mine, team, all, here, @nombre, un proyecto (${keys}) y overdue, today, week, open, done o un estado.`,
};
