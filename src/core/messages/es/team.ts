import type { Messages } from '../../messages.ts';
import { text } from '../../view.ts';
import { counting } from '../counting.ts';
import { words } from './words.ts';

const people = counting('es', { one: 'persona', other: 'personas' });

export const team: Messages['team'] = {
  roles: { worker: 'trabajador', manager: 'responsable', admin: 'administrador' },
  heading: (total) => `Tu equipo (${total})`,
  summary: (total) => `${people(total)} en tu equipo`,
  nobody: 'Todavía nadie.',
  with: (manager) => `con ${manager}`,
  silent: 'todavía no ha escrito',
  added: (name, role) => text`${name} ya está en el equipo, con el rol de ${role}.`,
  back: (name, role) => text`${name} vuelve a estar en el equipo, con el rol de ${role}.`,
  changedRole: (name, role) => text`${name} tiene ahora el rol de ${role}.`,
  knownBy: (email) => `Reconoceré a esa persona por ${email} cuando me escriba.`,
  changed: 'El equipo ha cambiado.',
  takeOff: (name) => text`¿Quitar a ${name} del equipo?`,
  goesTo: (heir, count) => `${words.openTasks(count)} ${count === 1 ? 'pasa' : 'pasan'} a ${heir}.`,
  goesToNobody: (count, command) =>
    text`${words.openTasks(count)} ${count === 1 ? 'quedará' : 'quedarán'} sin asignar; ${command} ${count === 1 ? 'la' : 'las'} da a otra persona.`,
  willLead: (name, keys) => `${name} dirigirá ${words.and(keys)}.`,
  askedInPrivate: 'Te lo he preguntado en privado.',
  remove: 'Quitar',
  removed: (name) => text`${name} ya no está en el equipo.`,
  theirsNow: (count, heir) => `${words.openTasks(count)} ${count === 1 ? 'es' : 'son'} ahora de ${heir}.`,
  nobodysNow: (count) => `${words.openTasks(count)} ${count === 1 ? 'queda' : 'quedan'} ahora sin asignar.`,
};
