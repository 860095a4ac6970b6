import type { Messages } from '../../messages.ts';

export const report: Messages['report'] = {
  everything: 'Todos tus proyectos',
  done: 'Hechas',
  open: 'Abiertas',
  overdue: 'Atrasadas',
  doneByDay: 'Hechas cada día',
  openByDay: 'Abiertas al final de cada día',
  ofThemOverdue: 'atrasadas',
  byPerson: 'Por persona',
  byProject: 'Por proyecto',
  nobody: 'aún de nadie',
  noProject: 'Sin proyecto',
  moreRows: (count: number) => `y ${count} más`,
  before: { week: (done: string) => `semana antes ${done}`, month: (done: string) => `mes antes ${done}` },
  nothing: 'No se hizo nada, y no hay nada abierto.',
};
