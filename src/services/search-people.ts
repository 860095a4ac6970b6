import { type Sql, sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';
import type { PersonName } from './task-record.ts';

export interface FoundPerson extends PersonName {
  email: string | null;
}

interface Search {
  /** Its members come first. */
  projectId: string | null;
  limit: number;
  /** Beginnings of words of the name or of the e-mail address; everybody when there are none */
  words?: string | undefined;
}

/** Everybody who can be given work and has all these words, members of the project first; at most `limit`. */
export const searchPeople = (
  { db, actor }: Scope,
  { projectId, limit, words = '' }: Search,
): Promise<FoundPerson[]> =>
  db.rows<FoundPerson>(sql`SELECT p.id, p.name, p.email
    FROM persons p LEFT JOIN project_members m ON m.person_id = p.id AND m.project_id = ${projectId}
    WHERE p.organization_id = ${actor.organizationId} AND p.deactivated_at IS NULL AND ${matching(words)}
    ORDER BY m.person_id IS NULL, p.name, p.id LIMIT ${limit}::int`);

/** Those of these people who can be given work. */
export const stillHere = ({ db, actor }: Scope, people: readonly PersonName[]): Promise<FoundPerson[]> =>
  db.rows<FoundPerson>(sql`SELECT p.id, p.name, p.email FROM persons p
    WHERE p.organization_id = ${actor.organizationId} AND p.deactivated_at IS NULL
      AND p.id = ANY(${people.map(({ id }) => id)}::text[]) ORDER BY p.name, p.id`);

const MOST_WORDS = 6;

/** As crewline_person_words (see the migrations) has them. */
function matching(typed: string): Sql {
  const words = (typed.split('@')[0] || typed)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/g, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, MOST_WORDS);
  if (words.length === 0) return sql`true`;
  // Letters and digits alone: nothing that tsquery's own grammar would read.
  const query = words.map((word) => `'${word}':*`).join(' & ');
  return sql`crewline_person_words(p.name, p.email) @@ ${query}::tsquery`;
}
