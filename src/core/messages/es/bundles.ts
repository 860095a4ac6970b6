import type { Messages } from '../../messages.ts';

export const bundles: Messages['bundles'] = {
  gaveTasks: (who, count) => `${who} te ha dado ${count} tareas`,
  newsOn: (count) => `Novedades en ${count} tareas`,
  whileOff: (count) => `Mientras descansabas: novedades en ${count} tareas`,
  more: (count) => `… y ${count} más`,
  myTasks: 'Mis tareas',
  show: 'Ver',
  away: (who, when) => `${who} no está hasta ${when}.`,
};
