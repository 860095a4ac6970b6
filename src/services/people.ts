import { AppError } from '../core/errors.ts';
import { accountOf } from './identity.ts';
import type { Scope } from './scope.ts';
import type { PersonName } from './task-record.ts';

/**
 * Finds the people that were named. A reference is `person:<id>` (a button), `account:<user id>` (a
 * mention), `email:<address>`, `name:<words>` or `me`. `argument` is the name of the argument that
 * carries them. Throws AppError `unknown_person`, or `ambiguous_person` with those who may be meant.
 */
export async function findPeople(
  scope: Scope,
  { references, argument }: { references: readonly string[]; argument: string },
): Promise<PersonName[]> {
  const found: PersonName[] = [];
  for (const reference of references) {
    const person = await findPerson(scope, reference, argument);
    if (!found.some(({ id }) => id === person.id)) found.push(person);
  }
  return found;
}

/** People who can be given work, members of the project first; at most `limit`. */
export async function assignable(
  scope: Scope,
  { projectId, limit }: { projectId: string | null; limit: number },
): Promise<PersonName[]> {
  const people = await scope.db.prisma.person.findMany({
    where: { organizationId: scope.actor.organizationId, deactivatedAt: null },
    select: {
      id: true,
      name: true,
      memberships: { where: { projectId: projectId ?? '' }, select: { projectId: true } },
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 1_000,
  });
  const members = people.filter(({ memberships }) => memberships.length > 0);
  const others = people.filter(({ memberships }) => memberships.length === 0);
  return [...members, ...others].slice(0, limit).map(({ id, name }) => ({ id, name }));
}

async function findPerson(scope: Scope, reference: string, argument: string): Promise<PersonName> {
  const [kind, value] = split(reference);
  switch (kind) {
    case 'me':
      return { id: scope.actor.personId, name: scope.actor.name };
    case 'person':
      return only(await search(scope, { id: value }), { argument, typed: value });
    case 'email':
      return only(await search(scope, { email: value.toLowerCase() }), { argument, typed: value });
    case 'account':
      return mentioned(scope, value, argument);
    default:
      return named(scope, value, argument);
  }
}

function split(reference: string): [string, string] {
  const word = reference.trim();
  if (word.toLowerCase() === 'me') return ['me', ''];
  const [, kind, value] = /^(person|email|account|name):(.+)$/s.exec(word) ?? [];
  return kind && value ? [kind, value] : ['name', word];
}

async function mentioned(scope: Scope, userId: string, argument: string): Promise<PersonName> {
  const person = await accountOf(scope, { userId, profile: () => scope.invocation.profile(userId) });
  if (person) return person;
  throw unknown(argument, 'I don’t know that person yet. Ask them to send me a message first.');
}

async function named(scope: Scope, words: string, argument: string): Promise<PersonName> {
  const typed = words.replace(/^@/, '');
  const people = await search(scope, { name: { contains: typed, mode: 'insensitive' } });
  return only(best(people, typed.toLowerCase()), { argument, typed });
}

/** The whole name, else a whole part of it, else the beginning of a part. */
function best(people: readonly PersonName[], typed: string): PersonName[] {
  const parts = (name: string) => name.toLowerCase().split(/[\s.-]+/);
  const tests: ((name: string) => boolean)[] = [
    (name) => name.toLowerCase() === typed,
    (name) => parts(name).includes(typed),
    (name) => parts(name).some((part) => part.startsWith(typed)),
  ];
  for (const test of tests) {
    const hits = people.filter(({ name }) => test(name));
    if (hits.length > 0) return hits;
  }
  return [];
}

interface PersonSearch {
  id?: string;
  email?: string;
  name?: { contains: string; mode: 'insensitive' };
}

const search = (scope: Scope, where: PersonSearch): Promise<PersonName[]> =>
  scope.db.prisma.person.findMany({
    where: { ...where, organizationId: scope.actor.organizationId, deactivatedAt: null },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 50,
  });

function only(
  people: readonly PersonName[],
  { argument, typed }: { argument: string; typed: string },
): PersonName {
  const [first] = people;
  if (!first) {
    const shown = typed.length > 60 ? `${typed.slice(0, 60)}…` : typed;
    throw unknown(
      argument,
      `I don’t know “${shown}”. Use their @name, or the e-mail address that they work with.`,
    );
  }
  if (people.length === 1) return first;
  const candidates = people.map(({ id, name }) => ({ id, label: name }));
  throw new AppError('ambiguous_person', {
    userMessage: `There is more than one “${typed}”: ${people.map(({ name }) => name).join(', ')}.`,
    choices: { argument, typed, candidates },
  });
}

function unknown(argument: string, userMessage: string): AppError {
  return new AppError('unknown_person', { userMessage, fields: { [argument]: userMessage } });
}
