import type { Messages } from '../../messages.ts';

export const digest: Messages['digest'] = {
  title: (day) => `Tu día, ${day}`,
  channelTitle: (projects, day) => `${projects}, ${day}`,
  sections: {
    overdue: 'Vencidas',
    today: 'Vencen hoy',
    waiting: 'Esperan tu aprobación',
    blocked: 'Bloqueadas en tus proyectos',
    late: 'Vencidas en tus proyectos',
    fresh: 'Nuevas para ti',
    moved: 'Lo que ha cambiado',
    told: 'Lo que se ha dicho y hecho',
  },
  also: 'Además',
  channelSections: {
    overdue: 'Vencidas',
    today: 'Vencen hoy',
    blocked: 'Bloqueadas',
    waiting: 'En revisión',
    done: 'Hechas desde el último resumen',
  },
  summary: {
    overdue: (count) => (count === 1 ? '1 vencida' : `${count} vencidas`),
    today: (count) => (count === 1 ? '1 vence hoy' : `${count} vencen hoy`),
    waiting: (count) => `${count} por aprobar`,
    blocked: (count) => (count === 1 ? '1 bloqueada' : `${count} bloqueadas`),
    late: (count) => (count === 1 ? '1 vencida en tus proyectos' : `${count} vencidas en tus proyectos`),
    fresh: (count) => (count === 1 ? '1 nueva' : `${count} nuevas`),
    moved: (count) => (count === 1 ? '1 ha cambiado' : `${count} han cambiado`),
    told: (count) => `novedades en ${count}`,
  },
  more: (count) => `… y ${count} más`,
  done: 'Hecha',
  start: 'Empezar',
  unblock: 'Desbloquear',
  snooze: 'Aplazar',
  approve: 'Aprobar',
  nudge: 'Preguntar',
  show: 'Ver',
  myTasks: 'Mis tareas',
  change: 'Otra hora',
  nothingNow:
    'Ahora no hay nada en él: nada tuyo está vencido ni vence hoy, nada te espera y no hay nada nuevo.',
  whichTime: 'Di a qué hora, como `digest at 08:30`.',
  whichDays: 'Di qué días, como `digest days mon-fri` o `digest days every day`.',
  unknown: (typed) =>
    `No conozco \`digest ${typed}\`. Hay \`digest now\`, \`digest on\`, \`digest off\`, \`digest at 08:30\`, \`digest days mon-fri\` y, en un canal, \`digest here at 09:00\`.`,
  channel: {
    set: (who, time, zone) =>
      `${who} ha puesto aquí un resumen: a las ${time} (hora de ${zone}) los días laborables, lo que está vencido, vence o está bloqueado en los proyectos enlazados aquí. \`digest here off\` lo quita.`,
    off: (who) => `${who} ha quitado el resumen de aquí. \`digest here at 09:00\` pone otro.`,
    none: 'Este canal no tiene resumen. `digest here at 09:00` pone uno.',
    onlyInChannels: 'El resumen de un canal se pone en ese canal: escribe allí `digest here at 09:00`.',
    notLinked:
      'Aún no hay ningún proyecto enlazado a este canal, así que su resumen estaría vacío. Un responsable escribe antes `link <PROJECT>`.',
    whichTime: 'Di a qué hora, como `digest here at 09:00`, o `digest here off`.',
  },
};
