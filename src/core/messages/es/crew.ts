import type { Messages } from '../../messages.ts';
import { counting } from '../counting.ts';
import { words } from './words.ts';

const peopleWait = counting('es', { one: 'persona espera', other: 'personas esperan' });
const hours = counting('es', { one: 'hora', other: 'horas' });

export const crew: Messages['crew'] = {
  roles: { worker: 'trabajador', manager: 'responsable', admin: 'administrador' },
  alreadyOnTeam: 'Ya estás en el equipo.',
  onlyManagers: 'Eso solo pueden hacerlo los responsables.',
  onlyAdmins: 'Eso solo pueden hacerlo los administradores.',
  ask: (people) => `Pregunta a ${words.or(people)}.`,
  notYetKnown: 'Todavía no conozco a esa persona. Pídele que me escriba primero.',
  unknown: (typed) => `No conozco a «${typed}». Usa su @nombre o su correo de trabajo.`,
  several: (typed, names) => `Hay más de una persona que se llama «${typed}»: ${names}.`,
  notYourReport: (manager) =>
    `Puedes ver lo que han hecho las personas a tu cargo. Esto puede verlo ${manager}, que es responsable de esa persona, o un administrador.`,
  notYourReportNorAnyones:
    'Puedes ver lo que han hecho las personas a tu cargo. Esto puede verlo un administrador.',
  hasRole: (name, role) => `${name} ya tiene el rol de ${role}.`,
  otherRole: (firstName) => `\`team add @${firstName} manager\` le da otro rol.`,
  ownRole: 'Tu propio rol solo puede cambiarlo otro administrador.',
  badEmail: 'No entiendo esa dirección de correo.',
  notYourself: 'No puedes quitarte del equipo. Otro administrador puede hacerlo.',
  toSomebodyElse: (name) => `Las tareas de ${name} tienen que pasar a otra persona.`,
  requestGone: 'Esa solicitud ya no existe.',
  approvedAlready: (who, name) => `${who} ya ha aceptado a ${name}.`,
  deniedAlready: (who, name) => `${who} ya ha rechazado a ${name}.`,
  hasAccount: (name) =>
    `${name} ya tiene una cuenta aquí con esa dirección de correo. Si de verdad es esa persona, un administrador debe quitar antes la cuenta antigua; si no, recházala.`,
  managerBack: (name) =>
    `${name} es responsable, y solo un administrador puede volver a admitir a un responsable.`,
  askedAlready: 'Ya lo has pedido. Te escribiré en cuanto un responsable haya contestado.',
  refusedLately: (hoursLeft) =>
    `Un responsable ha rechazado tu última solicitud. Puedes pedirlo de nuevo dentro de ${hoursLeft === 1 ? 'una hora' : hours(hoursLeft)}.`,
  manyWait: (count) =>
    `${peopleWait(count)} ya a que se les admita. Pide a un responsable que les conteste y vuelve a intentarlo.`,
};
