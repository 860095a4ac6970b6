import type { Messages } from '../../messages.ts';
import { bold, code, text } from '../../view.ts';

export const reminders: Messages['reminders'] = {
  soon: 'Vence pronto',
  now: 'Vence ahora',
  today: 'Vence hoy',
  overdue: 'Vencida',
  lastTo: (manager) => text`${bold('Vencida')}. ${manager} se entera ahora y yo ya no te lo recuerdo más.`,
  last: () => text`${bold('Vencida')}. Ya no te lo recuerdo más.`,
  nobodys: 'no la tiene nadie',
  escalated: (people, times) =>
    text`${bold('Vencida')}. Se lo he recordado a ${people} ${times} veces; ahora depende de ti y no digo más.`,
  escalatedNobodys: () => text`${bold('Vencida')}, y no la tiene nadie. Ahora depende de ti y no digo más.`,
  asked: 'Querías que te lo recordara',
  putOff: 'La habías aplazado hasta ahora',
  summaries: {
    soon: (task) => `Vence pronto: ${task}`,
    now: (task) => `Vence ahora: ${task}`,
    today: (task) => `Vence hoy: ${task}`,
    overdue: (task) => `Vencida: ${task}`,
    reminder: (task) => `Recordatorio: ${task}`,
  },
  buttons: {
    hour: 'Aplazar 1 h',
    hours: 'Aplazar 3 h',
    tomorrow: 'Mañana',
    until: 'Hasta…',
    callOff: 'Anular',
    assign: 'Asignar',
    reassign: 'Reasignar',
    show: 'Ver',
  },

  set: (task, when) => text`Te recordaré ${task}: ${when}.`,
  setAck: (number) => `Te recordaré #${number}.`,
  setAlready: (task, when) => text`Ya tienes un recordatorio de ${task} a esa hora: ${when}.`,
  calledOff: (task) => text`Anulado: no te recordaré ${task}.`,
  calledOffAck: (number) => `Sin recordatorio de #${number}.`,
  none: (number) =>
    `No tienes ningún recordatorio de #${number}. \`remind ${number} tomorrow 9am\` pone uno.`,
  tooMany: (most) => `Ya tienes ${most} recordatorios. \`remind\` los muestra: anula los que no necesites.`,
  isPutOff: 'aplazada hasta entonces',
  list: 'Tus recordatorios',
  empty: (root) =>
    text`No hay nada que recordarte. ${code(`${root}remind 42 tomorrow 9am`)} pone un recordatorio.`,
  snoozed: (task, when) => text`Aplazada: ${task}. No sabrás nada de su fecha hasta ${when}.`,
  snoozedAck: (number) => `#${number} está aplazada.`,
  woken: (task) => text`Ya no está aplazada: ${task}`,
  wokenAck: (number) => `#${number} ya no está aplazada.`,
  notSnoozed: (number) => `No has aplazado #${number}. \`snooze ${number} 3h\` lo hace.`,
  closed: (number, status) =>
    `#${number} está en «${status}»: no hay nada que aplazar. \`remind ${number} tomorrow 9am\` te la recuerda igualmente.`,

  form: {
    remind: (number) => `Recordarme #${number}`,
    snooze: (number) => `Aplazar #${number}`,
    when: '¿Cuándo?',
    until: '¿Hasta cuándo?',
    hint: 'Como “in 2h”, “mon 9am” o “30 nov”; un día solo significa por la mañana',
    remindMe: 'Recuérdamelo',
    putOff: 'Aplazar',
  },
};
