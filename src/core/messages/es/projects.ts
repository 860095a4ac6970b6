import type { Messages } from '../../messages.ts';
import { text } from '../../view.ts';
import { counting } from '../counting.ts';
import { words } from './words.ts';

const links = counting('es', { one: 'vínculo', other: 'vínculos' });
const channels = counting('es', { one: 'canal', other: 'canales' });

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
  yours: 'Tus proyectos',
  yoursShort: (keys) => `Tus proyectos: ${keys.join(', ') || 'ninguno'}`,
  none: 'Todavía no estás en ningún proyecto. Un responsable puede incluirte.',
  open: counting('es', { one: 'abierta', other: 'abiertas' }),
  overdue: counting('es', { one: 'vencida', other: 'vencidas' }),
  members: counting('es', { one: 'miembro', other: 'miembros' }),
  linked: ({ who, key, name, shown }) =>
    text`${who} ha vinculado aquí ${key} ${name}. Se muestran ${shown}, y las tareas que se añadan aquí serán suyas.`,
  linkedShort: (who, key) => `${who} ha vinculado aquí ${key}`,
  newTasks: 'las tareas nuevas del proyecto',
  newTasksOf: (priority) => `las tareas nuevas de prioridad ${priority.toLowerCase()}`,
  newTasksFrom: (priority) => `las tareas nuevas de prioridad ${priority.toLowerCase()} o superior`,
  howToUnlink: (command) => text`${command} lo termina.`,
  unlinked: (who, key) =>
    text`${who} ha desvinculado de aquí ${key}. Las tarjetas que hay aquí siguen al día.`,
  unlinkedShort: (who, key) => `${who} ha desvinculado de aquí ${key}`,
  noLinks:
    'Todavía ningún canal muestra uno de tus proyectos. En un canal, un responsable escribe `link <PROJECT>`.',
  links: 'Canales vinculados',
  linksShort: (count) => `${links(count)} entre canales y proyectos`,
  inChannelNamed: (key, channel) => text`${key} en ${channel}`,
  thisChannel: 'este canal',
  unnamedChannel: 'un chat o canal privado',
  linkedBy: (who) => `vinculado por ${who}`,
  from: (priority) => `prioridad ${priority.toLowerCase()} o superior`,
  started: ({ key, name, letIn, link }) =>
    text`Creado ${key} ${name}. ${letIn} incluye a personas, ${link} en un canal lo muestra allí.`,
  startedShort: (key) => `${key} está creado.`,
  letIn: (people) => `entran: ${people}`,
  takenOut: (people) => `salen: ${people}`,
  stillTheirs: (count) =>
    `${words.openTasks(count)} de allí ${count === 1 ? 'sigue siendo suya' : 'siguen siendo suyas'}`,
  membersChanged: (key) => `Los miembros de ${key} han cambiado.`,
  whoIsIn: ({ key, name, owner, others }) => text`${key} ${name}: ${owner}, que lo dirige, y ${others}.`,
  nobodyElse: 'todavía nadie más',
  archivedNow: (key, name) => text`Archivado: ${key} ${name}`,
  archivedShort: (key) => `${key} está archivado.`,
  whetherToArchive: ({ key, name, open, ends }) =>
    text`${key} ${name} ${open === 0 ? 'no tiene tareas abiertas' : `tiene ${words.openTasks(open)}`}. Si se archiva, ${words.and(ends)}. No se puede deshacer.`,
  onlyLead: (key, lead) => `Solo puede archivarlo ${lead}, que dirige ${key}, o un administrador.`,
  staysReadable: 'sus tareas se podrán leer',
  noNewTasks: 'no habrá nuevas',
  noLongerShown: (count) => `${channels(count)} ${count === 1 ? 'dejará' : 'dejarán'} de mostrarlo`,
  archive: 'Archivar',
};
