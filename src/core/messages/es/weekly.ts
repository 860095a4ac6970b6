import type { Messages } from '../../messages.ts';

export const weekly: Messages['weekly'] = {
  title: 'La semana pasada en tus proyectos',
  summary: ({ done, open, overdue }) =>
    `${done} hechas, ${open} abiertas${overdue > 0 ? `, ${overdue} de ellas atrasadas` : ''}`,
  done: (count) => `${count} hechas`,
  added: (count) => `${count} nuevas`,
  open: (count) => `${count} abiertas`,
  overdue: (count) => `${count} atrasadas`,
  blocked: (count) => `${count} bloqueadas`,
  tasks: 'Lo atrasado',
};
