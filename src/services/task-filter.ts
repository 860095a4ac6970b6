import { AppError } from '../core/errors.ts';
import { type Messages, messagesFor, type Sentence } from '../core/messages.ts';
import { shorten } from '../core/shorten.ts';
import { statusName } from '../core/status-name.ts';
import { linksHere } from './channel-links.ts';
import type { TaskFilter, Whose } from './list-tasks.ts';
import { findPeople } from './people.ts';
import { archivedProjects, ownProjects, type ProjectRef } from './projects.ts';
import type { Scope } from './scope.ts';

export interface NamedFilter {
  filter: TaskFilter;
  heading: Sentence;
  empty: Sentence;
  showAssignees: boolean;
  showProject: boolean;
}

interface Reading {
  whose?: { of: Whose; words: Sentence };
  due?: 'overdue' | 'today' | 'week';
  state?: { is: TaskFilter['state']; words: Sentence };
}

/**
 * Reads `mine|team|@who|PROJECT|here|all` and `overdue|today|week|open|done|<status>`, in any order.
 * Throws AppError `invalid_arguments` for a word that is none of them, and as findPeople does.
 */
export async function readFilter(scope: Scope, query: string): Promise<NamedFilter> {
  const words = query.match(/@"[^"]*"|\S+/g) ?? [];
  const reading: Reading = {};
  const rest: string[] = [];
  for (const word of words) if (!(await readWord(scope, word, reading))) rest.push(word);
  if (rest.length > 0) await readNames(scope, rest, reading);
  return named(reading);
}

async function readWord(scope: Scope, word: string, reading: Reading): Promise<boolean> {
  if (word.startsWith('@')) {
    const [person] = await findPeople(scope, {
      references: [word.replace(/^@"?|"$/g, '')],
      argument: 'query',
    });
    if (person) reading.whose = { of: { type: 'person', personId: person.id }, words: () => person.name };
    return true;
  }
  switch (word.toLowerCase()) {
    case 'mine':
    case 'my':
    case 'me':
      reading.whose = { of: { type: 'mine' }, words: () => '' };
      return true;
    case 'team':
      reading.whose = { of: { type: 'team' }, words: ({ lists }) => lists.yourTeam };
      return true;
    case 'all':
      reading.whose = { of: { type: 'all' }, words: () => '' };
      return true;
    case 'here':
      reading.whose = await here(scope);
      return true;
    case 'overdue':
    case 'late':
      reading.due = 'overdue';
      return true;
    case 'today':
      reading.due = 'today';
      return true;
    case 'week':
      reading.due = 'week';
      return true;
    case 'open':
      reading.state = { is: { type: 'open' }, words: ({ lists }) => lists.open };
      return true;
    case 'done':
      reading.state = { is: { type: 'done' }, words: ({ lists }) => lists.done };
      return true;
    default:
      return false;
  }
}

async function here(scope: Scope): Promise<NonNullable<Reading['whose']>> {
  const links = await linksHere(scope);
  if (links.length === 0) {
    throw new AppError('not_possible_now', {
      userMessage: ({ projects, search }) =>
        scope.invocation.place.kind === 'direct' ? search.noChannel : projects.noneShown,
    });
  }
  return {
    of: { type: 'projects', ids: links.map(({ projectId }) => projectId) },
    words: ({ words }) => words.and(links.map(({ projectKey }) => projectKey)),
  };
}

/** What is left is a project's key or a status' name, which may have spaces. */
async function readNames(scope: Scope, words: readonly string[], reading: Reading): Promise<void> {
  const [projects, statuses] = await Promise.all([
    ownProjects(scope),
    scope.db.prisma.status.findMany({ where: { organizationId: scope.actor.organizationId } }),
  ]);
  const left = readProjects(words, projects, reading);
  if (left.length === 0) return;
  const typed = left.join(' ').toLowerCase();
  const messages = messagesFor(scope.actor.locale);
  const isCalled = (name: string): boolean =>
    name.toLowerCase() === typed || (typed.length > 2 && name.toLowerCase().includes(typed));
  const status = statuses.find(
    (known) => known.category === typed || isCalled(known.name) || isCalled(statusName(known, messages)),
  );
  if (!status) {
    const keys = left.map((word) => word.toUpperCase());
    const unread = readProjects(left, await archivedProjects(scope, keys), reading);
    if (unread.length < left.length) return unread.length > 0 ? readNames(scope, unread, reading) : undefined;
    throw unreadable(left.join(' '), projects);
  }
  reading.state = {
    is: { type: 'status', id: status.id },
    words: (messages) => statusName(status, messages),
  };
}

/** Takes the words that are keys; gives the others. */
function readProjects(
  words: readonly string[],
  projects: readonly ProjectRef[],
  reading: Reading,
): readonly string[] {
  return words.filter((word) => {
    const project = projects.find(({ key }) => key === word.toUpperCase());
    if (project) reading.whose = { of: { type: 'projects', ids: [project.id] }, words: () => project.key };
    return !project;
  });
}

function unreadable(word: string, projects: readonly ProjectRef[]): AppError {
  const typed = shorten(word, 60);
  const keys = projects.map(({ key }) => key).join(', ');
  return new AppError('invalid_arguments', {
    userMessage: ({ lists }) => (keys ? lists.unknownWordOrProject(typed, keys) : lists.unknownWord(typed)),
  });
}

function named({ whose, due, state }: Reading): NamedFilter {
  const of = whose?.of ?? { type: 'mine' as const };
  const is = state?.is ?? { type: 'open' as const };
  const isMine = of.type === 'mine';
  const isPlain = isMine && !due && is.type === 'open';
  /** What is asked for, in the reader's language; whose it is only where that is neither theirs nor everybody's. */
  const said = (messages: Messages) => ({
    kind: { state: state?.words(messages) ?? (due ? undefined : messages.lists.open), due },
    owner: isMine || of.type === 'all' ? undefined : whose?.words(messages),
  });
  return {
    filter: { whose: of, state: is, ...(due ? { due } : {}) },
    heading(messages) {
      const { kind, owner } = said(messages);
      if (owner !== undefined) return messages.lists.headingOf(kind, owner);
      return isMine ? messages.lists.headingYours(kind) : messages.lists.heading(kind);
    },
    empty(messages) {
      const { kind, owner } = said(messages);
      if (isPlain) return messages.lists.nothing;
      return owner === undefined ? messages.lists.none(kind) : messages.lists.noneOf(kind, owner);
    },
    showAssignees: !isMine && of.type !== 'person',
    showProject: of.type !== 'projects' || of.ids.length > 1,
  };
}
