import type { Messages } from '../../messages.ts';
import { text } from '../../view.ts';
import { words } from './words.ts';

export const join: Messages['join'] = {
  asks: (who) => text`${who} pide entrar en tu equipo.`,
  asksShort: (name) => `${name} pide entrar`,
  asksBack: (who) => text`${who} ya estuvo aquí y pide volver, con las tareas y los permisos de entonces.`,
  asksBackAs: (who, before) =>
    text`${who} ya estuvo aquí como ${before} y pide volver, con las tareas y los permisos de entonces.`,
  asksBackShort: (name) => `${name} ya estuvo aquí y pide volver`,
  letIn: 'Admitir',
  refuse: 'Rechazar',
  whetherToRefuse: (name) => `¿Rechazar a ${name}?`,
  isNew: (name) => `${name} ya está en el equipo, a tu cargo. Se lo he dicho.`,
  isBack: (name) =>
    `${name} vuelve a estar en el equipo, con el responsable y los permisos de antes. Se lo he dicho.`,
  isKnown: (name) => `${name} ya estaba en el equipo, y ahora puede usar también esta cuenta.`,
  refused: (name) => `No se ha admitido a ${name}.`,
  nobodyToAsk: 'Aquí todavía no hay nadie que pueda admitirte. Díselo a quien instaló Crewline.',
  asked: (people) => `Se lo he pedido a ${words.and(people)}. Te avisaré.`,
  askedShort: 'Lo he transmitido.',
  yourManager: 'Tu responsable',
  onTeam: 'Estás en el equipo',
  backOnTeam: 'Vuelves a estar en el equipo',
  welcome: (by, help) =>
    text`${by} te ha admitido. Tus tareas llegarán aquí; di ${help} para ver qué puedo hacer.`,
  welcomeBack: (by) =>
    `${by} te ha admitido de nuevo, como antes: tus tareas, tus proyectos y tu responsable son los mismos.`,
  welcomeKnown: (by) => `${by} te ha admitido también con esta cuenta. Desde las dos ves las mismas tareas.`,
};
