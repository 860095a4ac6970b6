import { type Language, type Messages, messagesFor } from '../../src/core/messages.ts';
import type { Reader } from '../../src/views/words.ts';

/** What people have typed or are called: everything in a message that is not Crewline's own. */
export interface Words {
  title: string;
  otherTitle: string;
  description: string;
  note: string;
  comment: string;
  /** Who acts in most messages, and manages */
  manager: string;
  /** Whose the task is */
  worker: string;
  colleague: string;
  stranger: string;
  email: string;
  projectKey: string;
  projectName: string;
  channel: string;
  status: string;
  query: string;
}

/** Everything that a sample is made from. Views take of `context` what they need. */
export interface World {
  language: Language;
  words: Words;
  now: Date;
  reader: Reader;
  messages: Messages;
  root: string;
  context: { now: Date; reader: Reader; messages: Messages; root: string };
}

/** A Tuesday, in the afternoon where people read. */
const now = new Date('2026-11-24T15:00:00Z');

const readers: Record<Language, Reader> = {
  en: { timeZone: 'Europe/Berlin', locale: 'en-GB' },
  es: { timeZone: 'Europe/Madrid', locale: 'es-ES' },
};

export function worldOf(language: Language, words: Words = typical[language]): World {
  const reader = readers[language];
  const messages = messagesFor(reader.locale);
  const root = '/task ';
  return { language, words, now, reader, messages, root, context: { now, reader, messages, root } };
}

/** A day and an hour of the week that the samples play in: `day` from now, at `hour` UTC. */
export const momentOf = (day: number, hour: number): Date => new Date(Date.UTC(2026, 10, 24 + day, hour));

/** What a crew writes on a normal day. */
export const typical: Record<Language, Words> = {
  en: {
    title: 'Reseal pump 3',
    otherTitle: 'Order gaskets for pump 3',
    description:
      'The shaft seal drips since Friday. Part list: https://parts.harbor-works.example/pumps/3/seals',
    note: 'waiting for the gasket, comes at noon',
    comment: 'The new seal is on the shelf by the door, left of the grinder.',
    manager: 'Maya Okafor',
    worker: 'Wes Carter',
    colleague: 'Priya Nair',
    stranger: 'Zoe Quinn',
    email: 'zoe@harbor-works.example',
    projectKey: 'DOCK',
    projectName: 'Dock and pumps',
    channel: 'dock',
    status: 'In progress',
    query: 'mine',
  },
  es: {
    title: 'Cambiar la junta de la bomba 3',
    otherTitle: 'Pedir juntas para la bomba 3',
    description:
      'El sello gotea desde el viernes. Lista de piezas: https://parts.harbor-works.example/pumps/3/seals',
    note: 'esperando la junta, llega a mediodía',
    comment: 'El sello nuevo está en el estante junto a la puerta, a la izquierda de la amoladora.',
    manager: 'Maya Okafor',
    worker: 'Wes Carter',
    colleague: 'Priya Nair',
    stranger: 'Zoe Quinn',
    email: 'zoe@harbor-works.example',
    projectKey: 'DOCK',
    projectName: 'Muelle y bombas',
    channel: 'muelle',
    status: 'En curso',
    query: 'mine',
  },
};

/** What breaks layouts: no spaces, two directions, joined emoji, marks of both platforms' markup. */
export const hostile: Words = {
  title: `<!channel> *Reseal* the pump by the north pier, number three, and ${'verylongword'.repeat(20)}`,
  otherTitle: 'تغيير حشية المضخة رقم 3 قبل نهاية الأسبوع (pump 3, pier N) 👩🏽‍🔧👨‍👩‍👧‍👦',
  description: `[free beer](https://evil.example) <at>Everyone</at> **now**\n> quoted\n- one\n- two\n${'The seal drips. '.repeat(80)}`,
  note: `\u202Etxet desrever\u202C and \`code\` and ~strike~ ${'x'.repeat(600)}`,
  comment: `@here <https://evil.example|click> {{DATE(2026-01-01T00:00:00Z)}} ${'👩‍🔧'.repeat(120)}`,
  manager: 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh von und zu Hohenlohe',
  worker: 'עומר בן־דוד <@U0WES>',
  colleague: '*_Priya_* [x](https://evil.example)',
  stranger: '<at>Z\u0000oe</at> 👩‍🚀',
  email: 'a.very.long.address.indeed+with.a.tag@a-very-long-subdomain.harbor-works.example',
  projectKey: 'NORTHPIERWEST',
  projectName: 'The north pier, west side, all pumps, valves, gaskets and what hangs on them',
  channel: 'a-channel-with-a-very-long-name-that-goes-on-and-on-for-eighty-characters-or-so',
  status: 'Waiting for the harbour master to sign the paper',
  query: 'mine @"name:<!here> *x*"',
};
