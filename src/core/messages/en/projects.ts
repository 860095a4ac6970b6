import { type TextPart, text } from '../../view.ts';
import { counting } from '../counting.ts';
import { words } from './words.ts';

const links = counting('en-GB', { one: 'link', other: 'links' });
const channels = counting('en-GB', { one: 'channel', other: 'channels' });

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
  yours: 'Your projects',
  yoursShort: (keys: readonly string[]) => `Your projects: ${keys.join(', ') || 'none'}`,
  none: 'You are in no project yet. A manager can make you a member.',
  open: counting('en-GB', { one: 'open', other: 'open' }),
  overdue: counting('en-GB', { one: 'overdue', other: 'overdue' }),
  members: counting('en-GB', { one: 'member', other: 'members' }),
  linked: ({ who, key, name, shown }: { who: string; key: TextPart; name: string; shown: string }) =>
    text`${who} linked ${key} ${name} here. ${shown} are shown, and tasks added here belong to it.`,
  linkedShort: (who: string, key: string) => `${who} linked ${key} here`,
  newTasks: 'New tasks of the project',
  newTasksOf: (priority: string) => `New tasks of ${priority.toLowerCase()} priority`,
  newTasksFrom: (priority: string) => `New tasks of ${priority.toLowerCase()} priority or above`,
  howToUnlink: (command: TextPart) => text`${command} ends it.`,
  unlinked: (who: string, key: TextPart) =>
    text`${who} unlinked ${key} here. Cards that stand here stay true.`,
  unlinkedShort: (who: string, key: string) => `${who} unlinked ${key} here`,
  noLinks: 'No channel shows one of your projects yet. In a channel, a manager types `link <PROJECT>`.',
  links: 'Linked channels',
  linksShort: (count: number) => `${links(count)} between channels and projects`,
  inChannelNamed: (key: TextPart, channel: string) => text`${key} in ${channel}`,
  thisChannel: 'this channel',
  /** Teams tells no name of group chats, Slack none of private channels. */
  unnamedChannel: 'a private chat or channel',
  linkedBy: (who: string) => `linked by ${who}`,
  from: (priority: string) => `${priority.toLowerCase()} priority and above`,
  started: ({ key, name, letIn, link }: { key: TextPart; name: string; letIn: TextPart; link: TextPart }) =>
    text`Started ${key} ${name}. ${letIn} lets people in, ${link} in a channel shows it there.`,
  startedShort: (key: string) => `${key} is started.`,
  letIn: (people: string) => `in: ${people}`,
  takenOut: (people: string) => `out: ${people}`,
  stillTheirs: (count: number) =>
    `${words.openTasks(count)} there ${count === 1 ? 'is' : 'are'} still theirs`,
  membersChanged: (key: string) => `The members of ${key} are changed.`,
  whoIsIn: ({ key, name, owner, others }: { key: TextPart; name: string; owner: string; others: string }) =>
    text`${key} ${name}: ${owner}, who manages it, and ${others}.`,
  nobodyElse: 'nobody else yet',
  archivedNow: (key: TextPart, name: string) => text`Archived: ${key} ${name}`,
  archivedShort: (key: string) => `${key} is archived.`,
  whetherToArchive: ({
    key,
    name,
    open,
    ends,
  }: {
    key: TextPart;
    name: string;
    open: number;
    ends: readonly string[];
  }) =>
    text`${key} ${name} has ${open === 0 ? 'no open tasks' : words.openTasks(open)}. Archived, ${words.and(ends)}. It can’t be taken back.`,
  onlyLead: (key: string, lead: string) => `Only ${lead}, who leads ${key}, or an admin can archive it.`,
  staysReadable: 'its tasks stay readable',
  noNewTasks: 'there are no new ones',
  noLongerShown: (count: number) => `${channels(count)} no longer ${count === 1 ? 'shows' : 'show'} it`,
  archive: 'Archive',
};
