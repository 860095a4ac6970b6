import { AppError } from '../core/errors.ts';
import { shorten } from '../core/shorten.ts';
import { linksHere } from './channel-links.ts';
import type { TaskFilter, Whose } from './list-tasks.ts';
import { findPeople } from './people.ts';
import { ownProjects, type ProjectRef } from './projects.ts';
import type { Scope } from './scope.ts';

export interface NamedFilter {
  filter: TaskFilter;
  heading: string;
  empty: string;
  showAssignees: boolean;
  showProject: boolean;
}

interface Reading {
  whose?: { of: Whose; words: string };
  due?: 'overdue' | 'today' | 'week';
  state?: { is: TaskFilter['state']; words: string };
}

const dueWords = { today: 'due today', week: 'due this week' } as const;

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
    if (person) reading.whose = { of: { type: 'person', personId: person.id }, words: person.name };
    return true;
  }
  switch (word.toLowerCase()) {
    case 'mine':
    case 'my':
    case 'me':
      reading.whose = { of: { type: 'mine' }, words: 'mine' };
      return true;
    case 'team':
      reading.whose = { of: { type: 'team' }, words: 'your team' };
      return true;
    case 'all':
      reading.whose = { of: { type: 'all' }, words: 'all' };
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
      reading.state = { is: { type: 'open' }, words: 'open' };
      return true;
    case 'done':
      reading.state = { is: { type: 'done' }, words: 'done' };
      return true;
    default:
      return false;
  }
}

async function here(scope: Scope): Promise<NonNullable<Reading['whose']>> {
  const links = await linksHere(scope);
  if (links.length === 0) {
    throw new AppError('not_possible_now', {
      userMessage: 'This channel shows no project. A manager can link one with `link <PROJECT>`.',
    });
  }
  return {
    of: { type: 'projects', ids: links.map(({ projectId }) => projectId) },
    words: links.map(({ projectKey }) => projectKey).join(' and '),
  };
}

/** What is left is a project's key or a status' name, which may have spaces. */
async function readNames(scope: Scope, words: readonly string[], reading: Reading): Promise<void> {
  const [projects, statuses] = await Promise.all([
    ownProjects(scope),
    scope.db.prisma.status.findMany({ where: { organizationId: scope.actor.organizationId } }),
  ]);
  const left: string[] = [];
  for (const word of words) {
    const project = projects.find(({ key }) => key === word.toUpperCase());
    if (project) reading.whose = { of: { type: 'projects', ids: [project.id] }, words: project.key };
    else left.push(word);
  }
  if (left.length === 0) return;
  const typed = left.join(' ').toLowerCase();
  const status = statuses.find(
    ({ name, category }) =>
      name.toLowerCase() === typed ||
      category === typed ||
      (typed.length > 2 && name.toLowerCase().includes(typed)),
  );
  if (!status) throw unreadable(left.join(' '), projects);
  reading.state = { is: { type: 'status', id: status.id }, words: status.name.toLowerCase() };
}

function unreadable(word: string, projects: readonly ProjectRef[]): AppError {
  const keys = projects.map(({ key }) => key).join(', ');
  return new AppError('invalid_arguments', {
    userMessage: `I don’t know “${shorten(word, 60)}”. Use mine, team, all, here, @name${keys ? `, a project (${keys})` : ''}, and overdue, today, week, open, done or a status.`,
  });
}

function named({ whose, due, state }: Reading): NamedFilter {
  const of = whose?.of ?? { type: 'mine' as const };
  const mine = of.type === 'mine';
  const what = kind(state, due);
  const owner = mine || of.type === 'all' ? '' : ` of ${whose?.words ?? ''}`;
  const isPlain = mine && !due && (state?.words ?? 'open') === 'open';
  return {
    filter: { whose: of, state: state?.is ?? { type: 'open' }, ...(due ? { due } : {}) },
    heading: `${mine ? `Your ${what}` : capital(what)}${owner}`,
    empty: isPlain ? 'Nothing waits for you. Add a task, or ask for one.' : `There are no ${what}${owner}.`,
    showAssignees: !mine && of.type !== 'person',
    showProject: of.type !== 'projects' || of.ids.length > 1,
  };
}

/** "open tasks", "overdue tasks", "blocked tasks due today" */
function kind(state: Reading['state'], due: Reading['due']): string {
  const words = state?.words ?? (due ? '' : 'open');
  const status = words.includes(' ') ? `tasks “${words}”` : [words, 'tasks'].filter(Boolean).join(' ');
  if (!due) return status;
  return due === 'overdue' ? `overdue ${status}` : `${status} ${dueWords[due]}`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
