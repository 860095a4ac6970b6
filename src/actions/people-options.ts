import { z } from 'zod';
import type { Option } from '../core/view.ts';
import { findPeople } from '../services/people.ts';
import { type FoundPerson, searchPeople, stillHere } from '../services/search-people.ts';
import type { PersonName } from '../services/task-record.ts';
import { optionalText, people } from './arguments.ts';
import { action, type Context } from './context.ts';

/** Slack and Teams show that many options; who is missing is searched. */
export const MOST_OPTIONS = 100;
/** What a phone's list holds while somebody types */
const MOST_FOUND = 30;

/** What a form offers to choose people from: everybody, or where that is too many the first, with a search for the rest. */
export async function peopleToChoose(
  context: Context,
  { projectId, chosen }: { projectId: string | null; chosen: readonly PersonName[] },
): Promise<{ options: Option[]; searched: boolean; projectId: string | null }> {
  const [found, kept] = await Promise.all([
    searchPeople(context, { projectId, limit: MOST_OPTIONS + 1 }),
    stillHere(context, chosen),
  ]);
  const others = found.filter(({ id }) => !kept.some((person) => person.id === id));
  const options = optionsOf([...kept, ...others]);
  return { options: options.slice(0, MOST_OPTIONS), searched: found.length > MOST_OPTIONS, projectId };
}

/** Two people of one name are told apart by their addresses. */
function optionsOf(people: readonly FoundPerson[]): Option[] {
  const isTwin = (name: string) => people.filter((person) => person.name === name).length > 1;
  return people.map(({ id, name, email }) => ({
    value: `person:${id}`,
    label: email && isTwin(name) ? `${name} (${email})` : name,
  }));
}

/** What a field that is searched asks while somebody types. */
export const findPeopleOptions = action({
  name: 'find-people',
  usage: [],
  topic: 'manage',
  access: 'manager',
  effect: 'query',
  read: () => ({}),
  args: z.object({
    words: optionalText(100),
    project: optionalText(40),
    /** Those who were found before, to name them again */
    chosen: people,
  }),
  async run(context, { words, project, chosen }) {
    if (chosen?.length) {
      const known = await findPeople(context, { references: chosen, argument: 'chosen' });
      return { kind: 'options', options: optionsOf(known.map((person) => ({ email: null, ...person }))) };
    }
    const found = await searchPeople(context, { projectId: project ?? null, limit: MOST_FOUND, words });
    return { kind: 'options', options: optionsOf(found) };
  },
});
