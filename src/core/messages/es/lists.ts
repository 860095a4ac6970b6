import type { Messages } from '../../messages.ts';
import { words } from './words.ts';

type Count = Parameters<Messages['lists']['counted']>[1];
type Filter = Parameters<Messages['lists']['heading']>[0];

/** Of several tasks */
const plural: Readonly<Record<string, string>> = {
  [words.statuses.todo]: 'por hacer',
  [words.statuses.active]: 'en curso',
  [words.statuses.blocked]: 'bloqueadas',
  [words.statuses.review]: 'en revisión',
  [words.statuses.done]: 'hechas',
  [words.statuses.cancelled]: 'canceladas',
};

/** "tareas abiertas", "tareas vencidas", "tareas bloqueadas para hoy", "tareas en «Espera»" */
function kind({ state, due }: Filter): string {
  const known = state === lists.open || state === lists.done;
  const status = state && (known ? state : (plural[state] ?? `en «${state}»`));
  const spans = { overdue: 'vencidas', today: 'para hoy', week: 'para esta semana' };
  return ['tareas', status, due && spans[due]].filter(Boolean).join(' ');
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const late = ({ overdue }: Count): string =>
  overdue > 0 ? `, ${overdue} vencida${overdue === 1 ? '' : 's'}` : '';

export const lists: Messages['lists'] = {
  counted: (heading, count) => `${heading} (${count.total}${late(count)})`,
  summary: (heading, count) => `${heading}: ${words.tasks(count.total)}${late(count)}`,
  open: 'abiertas',
  done: 'hechas',
  yourTeam: 'tu equipo',
  heading: (filter) => capital(kind(filter)),
  headingYours: (filter) => `Tus ${kind(filter)}`,
  headingOf: (filter, owner) => `${capital(kind(filter))} de ${owner}`,
  none: (filter) => `No hay ${kind(filter)}.`,
  noneOf: (filter, owner) => `No hay ${kind(filter)} de ${owner}.`,
  found: (words) => `Tareas con «${words}»`,
  notFound: (words) => `Ninguna tarea que puedas ver contiene «${words}».`,
  nothing: 'No tienes nada pendiente. Añade una tarea o pide una.',
  unknownWord: (word) =>
    `No conozco «${word}». Usa mine, team, all, here, @nombre y overdue, today, week, open, done o un estado.`,
  unknownWordOrProject: (word, keys) =>
    `No conozco «${word}». Usa mine, team, all, here, @nombre, un proyecto (${keys}) y overdue, today, week, open, done o un estado.`,
};
