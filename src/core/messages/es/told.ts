import type { Messages } from '../../messages.ts';
import { text } from '../../view.ts';
import { words } from './words.ts';

export const told: Messages['told'] = {
  gaveYou: (who) => text`${who} te ha dado una tarea`,
  gaveYouShort: (who, task) => `${who} te ha dado ${task}`,
  tookFromYou: (who) => text`${who} te ha quitado una tarea`,
  noLongerYours: (number) => `#${number} ya no es tuya`,
  takenOn: (who) => text`${who} se encarga de ella`,
  takenOnShort: (who, task) => `${who} se encarga de ${task}`,
  declined: (who) => text`${who} la ha rechazado`,
  declinedShort: (who, task) => `${who} ha rechazado ${task}`,
  moves: {
    todo: 'ha reabierto',
    review: 'ha pasado a revisión',
    done: 'ha terminado',
    cancelled: 'ha cancelado',
  },
  moved: (who, move) => text`${who} ${move}`,
  movedShort: ({ who, move, task }) => `${who} ${move} ${task}`,
  blocked: (who) => text`${who} no puede seguir`,
  blockedShort: (task) => `Bloqueada: ${task}`,
  approvalAsked: (who) => text`${who} pide tu aprobación`,
  approvalAskedShort: (task) => `Por aprobar: ${task}`,
  approved: (who) => text`${who} la ha aprobado`,
  approvedShort: (who, task) => `${who} ha aprobado ${task}`,
  returned: (who) => text`${who} la ha devuelto`,
  returnedShort: (who, task) => `${who} ha devuelto ${task}`,
  asks: (who) => text`${who} pregunta cómo va`,
  asksShort: (who, task) => `${who} pregunta cómo va ${task}`,
  tookBack: (who) => text`${who} ha deshecho el último cambio`,
  tookBackShort: (who, number) => `${who} ha deshecho el último cambio de #${number}`,
  said: (who, comment) => text`${who}: ${words.quoted(comment)}`,
  saidShort: ({ who, number, comment }) => `${who} en #${number}: ${comment}`,
  mentioned: (who, comment) => text`${who} te menciona: ${words.quoted(comment)}`,
  mentionedShort: ({ who, number, comment }) => `${who} te menciona en #${number}: ${comment}`,
  role: ({ who, role, help }) =>
    text`${who} te ha dado el rol de ${role}. ${help} muestra lo que puedes hacer.`,
  roleShort: (role) => `Ahora tienes el rol de ${role}`,
  handedOver: ({ who, count, former }) =>
    text`${who} te ha dado ${words.openTasks(count)} de ${former}, que ya no está en el equipo.`,
  handedOverShort: (count, former) => `Has recibido ${words.tasks(count)} de ${former}`,
  inProject: ({ who, key, name }) => text`${who} te ha incluido en ${key} ${name}`,
  inProjectShort: (key) => `Ahora estás en ${key}`,
  aProject: 'un proyecto',
  notPosted: (task, where) =>
    text`No he podido publicar la tarjeta de ${task} en ${where}; la tarea sí está guardada.`,
  notPostedShort: (number) => `No he podido publicar la tarjeta de #${number}`,
  maybeNotPosted: (task, where) =>
    text`Puede que falte la tarjeta de ${task} en ${where}: se perdió la respuesta a mi mensaje. La tarea sí está guardada.`,
  theChannel: 'el canal',
  inviteOnSlack: (command) => text`Si todavía no estoy allí, invítame con ${command}.`,
  addOnTeams: 'Si todavía no estoy allí, añádeme en Administrar equipo, Aplicaciones.',
};
