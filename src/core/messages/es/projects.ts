import type { Messages } from '../../messages.ts';
import { words } from './words.ts';

const be = (people: readonly string[]): string => (people.length > 1 ? 'están' : 'está');

export const projects: Messages['projects'] = {
  shownAlready: (key, by) => `Este canal ya muestra ${key}: lo vinculó ${by}.`,
  notShown: 'Este canal no muestra ese proyecto. `links` los enumera todos.',
  noneShown: 'Este canal no muestra ningún proyecto. Un responsable puede vincular uno con `link <PROJECT>`.',
  whichToUnlink: (keys, first) => `Este canal muestra ${words.and(keys)}. Di cuál, como \`unlink ${first}\`.`,
  which: (keys, first) => `Este canal muestra ${words.and(keys)}. Di cuál, como «in ${first}».`,
  inChannel: 'Eso funciona en un canal: escríbelo en el que quieras.',
  badKey: (typed) =>
    `«${typed}» no puede ser una clave: usa de 2 a 10 letras o cifras, la primera una letra, como \`project create DOCK Dock maintenance\`.`,
  longName: (length, longest) => `Ese nombre tiene ${length} caracteres y el máximo es ${longest}.`,
  keyTaken: (key) => `${key} ya está en uso. Elige otra clave.`,
  ownerStays: (owner, key) => `${owner} dirige ${key} y sigue en él.`,
  inAlready: (people, key) => `${words.and(people)} ya ${be(people)} en ${key}.`,
  notIn: (people, key) => `${words.and(people)} no ${be(people)} en ${key}.`,
  unknown: (typed, keys) => `No tienes ningún proyecto «${typed}». Los tuyos: ${keys.join(', ')}.`,
  unknownAndNone: (typed) => `No tienes ningún proyecto «${typed}». Todavía no estás en ningún proyecto.`,
};
