import { words } from './words.ts';

const be = (people: readonly string[]): string => (people.length > 1 ? 'are' : 'is');

/** Projects, their members, and the channels that show them. */
export const projects = {
  shownAlready: (key: string, by: string) => `This channel shows ${key} already: ${by} linked it.`,
  notShown: 'This channel shows no such project. `links` lists them all.',
  noneShown: 'This channel shows no project. A manager can link one with `link <PROJECT>`.',
  whichToUnlink: (keys: readonly string[], first: string) =>
    `This channel shows ${words.and(keys)}. Say which, like \`unlink ${first}\`.`,
  which: (keys: readonly string[], first: string) =>
    `This channel shows ${words.and(keys)}. Say which, like “in ${first}”.`,
  inChannel: 'That works in a channel: type it in the one that you mean.',
  badKey: (typed: string) =>
    `“${typed}” can’t be a key: take 2 to 10 letters or digits, a letter first, like \`project create DOCK Dock maintenance\`.`,
  longName: (length: number, longest: number) =>
    `That name has ${length} characters; ${longest} are the most.`,
  keyTaken: (key: string) => `${key} is taken already. Choose another key.`,
  ownerStays: (owner: string, key: string) => `${owner} manages ${key}, and stays in it.`,
  inAlready: (people: readonly string[], key: string) =>
    `${words.and(people)} ${be(people)} in ${key} already.`,
  notIn: (people: readonly string[], key: string) => `${words.and(people)} ${be(people)} not in ${key}.`,
  unknown: (typed: string, keys: readonly string[]) =>
    `You have no project “${typed}”. Yours: ${keys.join(', ')}.`,
  unknownAndNone: (typed: string) => `You have no project “${typed}”. You are in no project yet.`,
};
