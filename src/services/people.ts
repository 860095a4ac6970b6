import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import { shorten } from '../core/shorten.ts';
import { type Sql, sql } from '../lib/sql.ts';
import { accountOf } from './identity.ts';
import { expectNotTooMany, peopleOf, readGroup } from './people-of-group.ts';
import type { Scope } from './scope.ts';
import type { PersonName } from './task-record.ts';

interface PeopleSearch {
  references: readonly string[];
  /** Name of the argument that carries them, for errors at its field */
  argument: string;
  /** Also people who have left: for the audit log */
  former?: boolean;
  /** A group of people may be named too. */
  groups?: boolean;
}

/**
 * Finds the people that were named. A reference is `person:<id>` (a button), `account:<user id>` (a
 * mention), `group:<id>:<name>`, `email:<address>`, `name:<words>` or `me`. Throws AppError `unknown_person`, or `ambiguous_person` with those who may be meant.
 */
export async function findPeople(
  scope: Scope,
  { references, argument, former = false, groups = false }: PeopleSearch,
): Promise<PersonName[]> {
  const found = new Map<string, PersonName>();
  for (const reference of references) {
    const group = readGroup(reference);
    const people = group
      ? await peopleOf(scope, group, { argument, allowed: groups })
      : [await findPerson(scope, reference, { argument, former })];
    for (const person of people) found.set(person.id, found.get(person.id) ?? person);
  }
  if (groups) expectNotTooMany(found.size, argument);
  return [...found.values()];
}

async function findPerson(
  scope: Scope,
  reference: string,
  { argument, former }: { argument: string; former: boolean },
): Promise<PersonName> {
  const [kind, value] = split(reference);
  switch (kind) {
    case 'me':
      return { id: scope.actor.personId, name: scope.actor.name };
    case 'person':
      return only(await search(scope, { test: sql`id = ${value}`, typed: '', former }), {
        argument,
        typed: value,
      });
    case 'email':
      return only(await search(scope, { test: sql`email = ${value.toLowerCase()}`, typed: '', former }), {
        argument,
        typed: value,
      });
    case 'account':
      return mentioned(scope, value, argument);
    default:
      return named(scope, value, { argument, former });
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
  throw unknown(argument, ({ crew }) => crew.notYetKnown);
}

async function named(
  scope: Scope,
  words: string,
  { argument, former }: { argument: string; former: boolean },
): Promise<PersonName> {
  const typed = words.replace(/^@/, '');
  const pattern = `%${typed.replace(/[\\%_]/g, '\\$&')}%`;
  const people = await search(scope, {
    test: sql`name ILIKE ${pattern}`,
    typed: typed.toLowerCase(),
    former,
  });
  return only(best(people, typed.toLowerCase()), { argument, typed });
}

/** The whole name, else a whole part of it, else the beginning of a part. */
function best(people: readonly Found[], typed: string): Found[] {
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

interface Found extends PersonName {
  email: string | null;
}

/** The best first, so that a limit leaves out the others: the whole name, a whole part of it, the rest. */
const search = (
  scope: Scope,
  { test, typed, former }: { test: Sql; typed: string; former: boolean },
): Promise<Found[]> =>
  scope.db.rows<Found>(sql`SELECT id, name, email FROM persons
    WHERE organization_id = ${scope.actor.organizationId} AND (${former}::boolean OR deactivated_at IS NULL) AND merged_into_id IS NULL AND ${test}
    ORDER BY lower(name) = ${typed} DESC,
      strpos(' ' || translate(lower(name), '.-', '  ') || ' ', ' ' || ${typed} || ' ') > 0 DESC, name, id
    LIMIT 50`);

function only(
  people: readonly Found[],
  { argument, typed }: { argument: string; typed: string },
): PersonName {
  const [first] = people;
  if (!first) throw unknown(argument, ({ crew }) => crew.unknown(shorten(typed, 60)));
  if (people.length === 1) return { id: first.id, name: first.name };
  const isTwin = (name: string) => people.filter((person) => person.name === name).length > 1;
  const candidates = people.map(({ id, name, email }) => ({
    id,
    label: email && isTwin(name) ? `${name} (${email})` : name,
  }));
  throw new AppError('ambiguous_person', {
    userMessage: ({ crew }) => crew.several(typed, people.map(({ name }) => name).join(', ')),
    choices: { argument, typed, candidates },
  });
}

function unknown(argument: string, userMessage: Sentence): AppError {
  return new AppError('unknown_person', { userMessage, fields: { [argument]: userMessage } });
}
