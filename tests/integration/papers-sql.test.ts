import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let client: pg.Client;

/** An installation that has just begun: an admin, and somebody who was let in. */
const beginning = `
  INSERT INTO organizations (id, name) VALUES ('crew', 'Crew');
  INSERT INTO persons (id, organization_id, name, email)
    VALUES ('maya', 'crew', 'Maya', 'maya@example.com'), ('omar', 'crew', 'Omar', 'omar@example.com');
  INSERT INTO managers (id, person_id, admin) VALUES ('maya-manager', 'maya', true)`;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(beginning);
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

function blocksOf(paper: string): string[] {
  const text = readFileSync(new URL(`../../docs/${paper}`, import.meta.url), 'utf8');
  return [...text.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql = '']) => sql);
}

test('what operations.md tells operators to run does what it says', async () => {
  for (const sql of blocksOf('operations.md')) await client.query(sql);
  const members = await client.query(`SELECT p.name, boss.name AS boss, p.deactivated_at IS NOT NULL AS gone
    FROM project_members m JOIN persons p ON p.id = m.person_id LEFT JOIN workers w ON w.person_id = p.id
    LEFT JOIN managers b ON b.id = w.manager_id LEFT JOIN persons boss ON boss.id = b.person_id ORDER BY p.name`);
  expect(members.rows).toEqual([
    { name: 'Maya', boss: null, gone: false },
    { name: 'Wes Carter', boss: 'Maya', gone: true },
  ]);
});

test('what privacy.md tells operators to run makes a person unknown', async () => {
  for (const sql of blocksOf('privacy.md')) await client.query(sql.replaceAll('<person id>', 'omar'));
  const left = await client.query(
    "SELECT name, email, deactivated_at IS NOT NULL AS gone FROM persons WHERE id = 'omar'",
  );
  expect(left.rows).toEqual([{ name: 'Former member', email: null, gone: true }]);
});
