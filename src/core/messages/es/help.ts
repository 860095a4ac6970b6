import type { Messages } from '../../messages.ts';
import { text } from '../../view.ts';

export const help: Messages['help'] = {
  title: 'Qué puedo hacer por ti',
  topics: { work: 'Hacer', look: 'Ver', manage: 'Dirigir', people: 'Tú', setup: 'Configurar' },
  topic: (name, commands) => text`${name}: ${commands}`,
  done: (command) => text`Di ${command} cuando esté hecha, o pulsa el botón de una tarjeta.`,
  more: (command) =>
    text`${command} explica un comando. Las personas son @nombres; las fechas, palabras en inglés como «fri 5pm».`,
  also: (words) => `También: ${words}`,
  forManagers: 'Para responsables, y para las tareas que has creado tú.',
};
