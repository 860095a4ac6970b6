import { messagesFor } from '../core/messages.ts';
import { sql } from '../lib/sql.ts';
import { accountOf } from './identity.ts';
import type { Scope } from './scope.ts';
import type { PersonName, TaskRecord } from './task-record.ts';

/** Of one comment: each account that nobody has been seen with yet is asked for. */
const MOST_NAMED = 10;
const NAME = /(?<![\p{L}\p{N}])[@＠]["“]?([\p{L}\p{N}][^\s,;:!?"”]*)/gu;

export interface Named {
  /** With the names of those whom the platform had not named */
  body: string;
  people: readonly PersonName[];
}

/**
 * Whom a comment mentions: by the platform's own mention (`accounts`), or as @name among those who may see the task. A name that
 * several of them have is nobody's.
 */
export async function namedIn(
  scope: Scope,
  { task, body, accounts }: { task: TaskRecord; body: string; accounts?: readonly string[] },
): Promise<Named> {
  const mentioned = accounts ? await peopleWith(scope, accounts) : await mentionedIn(scope);
  const spelt = accounts ? body : withNames(scope, body, mentioned);
  const people = [...mentioned.values(), ...(await called(scope, { task, body: spelt }))];
  return { body: spelt, people: [...new Map(people.map((person) => [person.id, person])).values()] };
}

/** By user id; who is not known here is left out. */
async function peopleWith(scope: Scope, accounts: readonly string[]): Promise<Map<string, PersonName>> {
  const people = new Map<string, PersonName>();
  for (const userId of accounts.slice(0, MOST_NAMED)) {
    const profile = () => scope.invocation.profile(userId);
    const person = await accountOf(scope, { userId, profile }).catch(() => undefined);
    if (person) people.set(userId, person);
  }
  return people;
}

const typedMentions = ({ invocation: { request } }: Scope) =>
  request.type === 'text' ? request.mentions.filter(({ group }) => !group) : [];

const mentionedIn = (scope: Scope): Promise<Map<string, PersonName>> =>
  peopleWith(
    scope,
    typedMentions(scope).map(({ userId }) => userId),
  );

/** As they are called here: Slack tells a user name, or an id alone, which has become “@someone” by now. */
function withNames(scope: Scope, body: string, people: ReadonlyMap<string, PersonName>): string {
  const { someone } = messagesFor(scope.actor.locale).words;
  return typedMentions(scope).reduce((words, { userId, name: typed = someone }) => {
    const { name } = people.get(userId) ?? {};
    return name === undefined ? words : words.replace(`@${typed}`, () => `@${name}`);
  }, body);
}

async function called(
  { db, actor }: Scope,
  { task, body }: { task: TaskRecord; body: string },
): Promise<PersonName[]> {
  const names = [...body.matchAll(NAME)].slice(0, MOST_NAMED).map(({ 1: name = '', index }) => ({
    name: name.replace(/[.’'…)\]]+$/, '').toLowerCase(),
    from: index,
  }));
  if (names.length === 0) return [];
  const words = names.map(({ name }) => name);
  const people = await db.rows<PersonName>(sql`SELECT p.id, p.name FROM persons p
    LEFT JOIN managers m ON m.person_id = p.id
    WHERE p.organization_id = ${actor.organizationId} AND p.deactivated_at IS NULL AND p.merged_into_id IS NULL
      AND string_to_array(lower(p.name), ' ') && ${words}::text[]
      AND (coalesce(m.admin, false) OR p.id = ${task.createdBy.id}
        OR EXISTS (SELECT 1 FROM projects pr WHERE pr.id = ${task.project?.id ?? null} AND pr.owner_id = m.id)
        OR EXISTS (SELECT 1 FROM project_members pm WHERE pm.project_id = ${task.project?.id ?? null} AND pm.person_id = p.id)
        OR EXISTS (SELECT 1 FROM task_assignees a WHERE a.task_id = ${task.id} AND a.person_id = p.id))
    ORDER BY p.id LIMIT 100`);
  const said = body.toLowerCase();
  return names.flatMap(({ name, from }) => {
    const found = people.filter((person) => person.name.toLowerCase().split(' ').includes(name));
    const whole = found.filter((person) =>
      said
        .slice(from)
        .replace(/^[@＠]["“]?/, '')
        .startsWith(person.name.toLowerCase()),
    );
    const [only, ...others] = whole.length > 0 ? whole : found;
    return only && others.length === 0 ? [only] : [];
  });
}
