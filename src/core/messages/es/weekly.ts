import type { Messages } from '../../messages.ts';
import { counting } from '../counting.ts';

const done = counting('es', { one: 'hecha', other: 'hechas' });
const open = counting('es', { one: 'abierta', other: 'abiertas' });
const overdue = counting('es', { one: 'vencida', other: 'vencidas' });

export const weekly: Messages['weekly'] = {
  title: 'La semana pasada en tus proyectos',
  summary: (week) =>
    `${done(week.done)}, ahora ${open(week.open)}${week.overdue > 0 ? `, de ellas ${overdue(week.overdue)}` : ''}`,
  done,
  added: counting('es', { one: 'nueva', other: 'nuevas' }),
  open: (count) => `ahora ${open(count)}`,
  overdue,
  blocked: counting('es', { one: 'bloqueada', other: 'bloqueadas' }),
  picture: 'Sigue la imagen.',
  tasks: 'Lo vencido',
};
