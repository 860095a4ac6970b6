import type { Messages } from '../../messages.ts';
import { text } from '../../view.ts';

export const hello: Messages['hello'] = {
  hello: (firstName) => `Hola, ${firstName}`,
  welcome:
    'Llevo las tareas de tu equipo en este chat. Tu responsable te da una, pulsas Hecha y quien debe saberlo lo sabe.',
  welcomeShort: 'Crewline lleva las tareas de tu equipo en este chat',
  welcomeManager: (command) =>
    text`Llevo las tareas de tu equipo en este chat. Escribe, por ejemplo, ${command}, o pulsa Nueva tarea. Quien la recibe pulsa Hecha, y tú te enteras.`,
  greet: (who, command) =>
    text`${who} me ha añadido. Cada tarea que se añade aquí recibe una tarjeta, que mantengo al día. Un responsable trae aquí las tareas de un proyecto con ${command}.`,
  greetShort: (who) => `${who} ha añadido Crewline aquí`,
  stranger: (firstName) =>
    `Hola, ${firstName}. Todavía no te conozco, así que no puedo mostrarte tareas. ¿Pido a un responsable que te admita?`,
  strangerBy: (firstName, email) =>
    `Hola, ${firstName}. Todavía no te conozco por ${email}, así que no puedo mostrarte tareas. ¿Pido a un responsable que te admita?`,
  strangerShort:
    'Todavía no nos conocemos. Escríbeme en un mensaje directo y pediré a un responsable que te admita.',
  askToJoin: 'Pedir entrar',
};
