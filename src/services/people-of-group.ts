import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import { accountOf } from './identity.ts';
import type { Scope } from './scope.ts';
import type { PersonName } from './task-record.ts';

/** As many as one task can be given to. */
const MOST_PEOPLE = 20;

export interface Group {
  id: string;
  name: string;
}

/** `group:<id>:<name>`; undefined for what names a single person. */
export function readGroup(reference: string): Group | undefined {
  const [, id, name = ''] = /^group:([^:]+):(.*)$/s.exec(reference.trim()) ?? [];
  return id ? { id, name: name.replace(/^@/, '') || 'group' } : undefined;
}

/**
 * Everybody in a group of the platform's. Throws AppError `unknown_person` naming those whom we don't know,
 * `invalid_arguments` where one person is wanted, there is nobody in it, or too many are.
 */
export async function peopleOf(
  scope: Scope,
  group: Group,
  { argument, allowed }: { argument: string; allowed: boolean },
): Promise<PersonName[]> {
  const { invocation } = scope;
  if (!allowed) throw wrong(argument, ({ groups }) => groups.onePerson);
  if (!invocation.members) throw wrong(argument, ({ groups }) => groups.unreadable(group.name));
  const ids = [...new Set(await invocation.members(group.id))];
  if (ids.length === 0) throw wrong(argument, ({ groups }) => groups.empty(group.name));
  if (ids.length > MOST_PEOPLE) {
    throw wrong(argument, ({ groups }) => groups.tooMany(group.name, ids.length, MOST_PEOPLE));
  }
  const found = await Promise.all(
    ids.map(async (userId) => ({
      userId,
      person: await accountOf(scope, { userId, profile: () => invocation.profile(userId) }),
    })),
  );
  const strangers = found.filter(({ person }) => !person);
  if (strangers.length > 0) {
    const profiles = await Promise.all(strangers.map(({ userId }) => invocation.profile(userId)));
    const names = profiles.map(({ name }) => name);
    throw wrong(argument, ({ groups }) => groups.strangers(group.name, names), 'unknown_person');
  }
  return found.flatMap(({ person }) => (person ? [person] : []));
}

/** Throws AppError `invalid_arguments`. */
export function expectNotTooMany(count: number, argument: string): void {
  if (count > MOST_PEOPLE) throw wrong(argument, ({ input }) => input.tooManyPeople(MOST_PEOPLE));
}

function wrong(
  argument: string,
  userMessage: Sentence,
  code: 'invalid_arguments' | 'unknown_person' = 'invalid_arguments',
): AppError {
  return new AppError(code, { userMessage, fields: { [argument]: userMessage } });
}
