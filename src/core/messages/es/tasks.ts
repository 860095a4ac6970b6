import type { Messages } from '../../messages.ts';
import { counting } from '../counting.ts';
import { words } from './words.ts';

const openSubtasks = counting('es', { one: 'subtarea abierta', other: 'subtareas abiertas' });

export const tasks: Messages['tasks'] = {
  unknown: (number) => `No hay ninguna tarea #${number} que puedas ver. \`list\` muestra las tuyas.`,
  cant: ({ deed, number, who }) => `No puedes ${deed} #${number}. Puede hacerlo ${words.or(who)}.`,
  claimFirst: (number, manager) => `Nadie tiene #${number} todavía. Tómala o pregunta a ${manager}.`,
  deeds: {
    approve: 'aprobar',
    return: 'devolver',
    assign: 'asignar',
    unassign: 'retirar',
    start: 'empezar',
    finish: 'terminar',
    block: 'bloquear',
    unblock: 'desbloquear',
    review: 'pasar a revisión',
    reopen: 'reabrir',
    cancel: 'cancelar',
    move: 'mover',
    edit: 'editar',
    rename: 'cambiar el título de',
    due: 'cambiar la fecha de',
    priority: 'cambiar la prioridad de',
    repeat: 'repetir',
    subtasks: 'añadir subtareas a',
  },
  stands: ({ number, status, deed, when }) => `#${number} está en «${status}»: ${deed} ${when}.`,
  standsAlready: ({ number, status, deed, when }) => `#${number} ya está en «${status}»: ${deed} ${when}.`,
  movers: {
    todo: (who) => `${who} la devolvió al principio`,
    active: (who) => `${who} la empezó`,
    blocked: (who) => `${who} la bloqueó`,
    review: (who) => `${who} la pasó a revisión`,
    done: (who) => `${who} la terminó`,
    cancelled: (who) => `${who} la canceló`,
    moved: (who) => `${who} la puso ahí`,
  },
  moversYou: {
    todo: 'la devolviste al principio',
    active: 'la empezaste',
    blocked: 'la bloqueaste',
    review: 'la pasaste a revisión',
    done: 'la terminaste',
    cancelled: 'la cancelaste',
    moved: 'la pusiste ahí',
  },
  closed: (number, status) => `#${number} está en «${status}». Reábrela primero.`,
  openSubtasks: (number, count) =>
    `#${number} tiene ${openSubtasks(count)}. Termínala${count === 1 ? '' : 's'} primero o pide a un responsable que la cierre.`,
  waitsForApproval: (number, who) => `#${number} espera la aprobación de ${who}.`,
  ownPartDone: (number) => `Tu parte de #${number} ya está hecha.`,
  oneAtATime: (first, next) => `Una tarea cada vez: \`${first}\` y después \`${next}\`.`,
  blockReason: (number) => `Di qué la detiene, como \`status ${number} blocked no spare part\`.`,
  noStatus: (typed, known) => `No existe el estado «${typed}». Existen: ${known}.`,
  notInReview: (number, status) => `#${number} no está en revisión: ya está en «${status}».`,
  theirsAlready: (number, people) => `#${number} ya es de ${words.and(people)}.`,
  notTheirs: (number, people) => `#${number} no es de ${words.and(people)}.`,
  nobodys: (number) => `#${number} no es de nadie.`,
  yoursAlready: (number) => `#${number} ya es tuya.`,
  taken: (number, people) => `#${number} es de ${words.and(people)}. Un responsable puede dártela.`,
  notGiven: (number) => `#${number} no se te ha asignado.`,
  acceptedAlready: (number) => `Ya has aceptado #${number}.`,
  declinedAlready: (number) => `Ya has rechazado #${number}.`,
  forYourself: (manager) =>
    `Puedes añadir tareas para ti. Para dar una a otra persona, pídeselo a ${manager}.`,
  unchanged: (number) => `#${number} se queda como está: no se ha cambiado nada.`,
  changedMeanwhile: 'Mientras tanto, alguien ha cambiado esto. Ciérralo y ábrelo de nuevo.',
  changedTo: (value) =>
    `Mientras tanto, alguien ha cambiado esto: ahora es «${value}». Ciérralo y ábrelo de nuevo.`,
  empty: 'vacío',
  hasPriority: (number, priority) => `#${number} ya tiene prioridad ${priority.toLowerCase()}.`,
  hasTitle: (number) => `#${number} ya se llama así.`,
  partOfPart: ({ number, parent }) =>
    `#${number} ya es una subtarea, y esas no tienen otras. Añádela a #${parent}: \`sub ${parent} <title>\`.`,
  archived: (key) => `${key} está archivado: no admite tareas nuevas.`,
  nothingToAsk: (number, status) => `#${number} está en «${status}»: no hay nada que preguntar.`,
  waitsInReview: (number, who) => `#${number} está en revisión: espera a ${who}, no a quien la ha hecho.`,
  nobodysYet: (number) => `#${number} todavía no es de nadie. \`assign ${number} @who\` la asigna.`,
  waitsForYou: (number) => `#${number} solo te espera a ti.`,
  allDone: (number) => `Todos los que tienen #${number} ya han hecho su parte.`,
  nudgedBy: ({ who, number, at, next }) =>
    `${who} ya preguntó por #${number} ${at}. Basta con una vez cada cuatro horas: de nuevo desde ${next}.`,
  nudgedByYou: ({ number, at, next }) =>
    `Ya preguntaste por #${number} ${at}. Basta con una vez cada cuatro horas: de nuevo desde ${next}.`,
  nothingToUndo: 'No has cambiado nada en los últimos 15 minutos.',
  nothingToUndoOf: (number) => `No has cambiado nada de #${number} en los últimos 15 minutos.`,
  undoneAlready: (number) => `Tu último cambio de #${number} ya está deshecho.`,
  changedSince: (number) =>
    `#${number} ha cambiado desde entonces. \`timeline ${number}\` muestra quién lo hizo.`,
  addedSince: ({ added, number, when }) =>
    `Lo último que hiciste fue añadir #${added}: \`cancel ${added}\` la cierra. \`undo ${number}\` deshace lo que cambiaste en #${number} ${when}.`,
  notYoursToUndo: (number, who) => `Ya no puedes cambiar eso de #${number}. Puede hacerlo ${who}.`,
};
