import type { Messages } from '../../messages.ts';

/** Tasks are feminine; their number comes in digits. */
const tasks = (count: string, word: string): string => `${count} ${word}${count === '1' ? '' : 's'}`;

export const report: Messages['report'] = {
  everything: 'Todos tus proyectos',
  done: 'Hechas',
  open: 'Abiertas',
  overdue: 'Vencidas',
  doneByDay: 'Hechas cada día',
  openByDay: 'Abiertas al final de cada día',
  ofThemOverdue: 'vencidas',
  byPerson: 'Por persona',
  byProject: 'Por proyecto',
  nobody: 'aún de nadie',
  noProject: 'Sin proyecto',
  moreRows: (count: number) => `… y ${count} más`,
  before: { week: (done: string) => `semana antes ${done}`, month: (done: string) => `mes antes ${done}` },
  nothing: 'No se hizo nada, y no hay nada abierto.',
  title: (of, span) => `${of} · ${span}`,
  summary: (of, { done, open, overdue }) =>
    `${of}: ${tasks(done, 'hecha')}, ${tasks(open, 'abierta')}, ${overdue} de ellas ${overdue === '1' ? 'vencida' : 'vencidas'}`,
  rowCounts: ({ done, open, overdue }) =>
    `${tasks(done, 'hecha')} · ${tasks(open, 'abierta')} · ${tasks(overdue, 'vencida')}`,
  altDay: (day, { done, open, overdue }) =>
    `${day} ${tasks(done, 'hecha')}, ${tasks(open, 'abierta')}, ${tasks(overdue, 'vencida')}`,
  alt: (summary, days) => `Un gráfico de ${summary}. Día por día: ${days}.`,
  picture: 'informe.png',
  follows: 'La imagen llega a nuestro chat, como archivo.',
  missing: 'No se pudo dibujar o enviar la imagen. Los números lo dicen todo.',
  earlier: { week: 'Semana antes', month: 'Mes antes' },
  later: { week: 'Semana después', month: 'Mes después' },
  other: { week: 'Este mes', month: 'Esta semana' },
  unreadable: (word) =>
    `No conozco “${word}”. Escribe un proyecto o un @nombre, y luego week o month, como \`report DOCK month\`.`,
};
