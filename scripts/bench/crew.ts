import { organizationId } from '../../prisma/seed/ids.ts';
import { seed } from '../../prisma/seed.ts';
import { withClient } from '../lib/postgres-client.ts';

/** A crew of some size beside the demo's: 8 leads with a project each, 192 workers, 6,000 tasks with comments. */
const WORKERS = 192;
const LEADS = 8;
const TASKS_EACH = 30;
/** The rest of somebody's tasks is done. */
const OPEN_EACH = 12;
const FIRST_NUMBER = 1_000;

/** Their ids on both platforms end with this: `U3`, `29:u3`. */
export const leads = Array.from({ length: LEADS }, (_, index) => WORKERS + index);
/** Those that are moved on and back: not the one below, so that it stays open. */
export const tasksOf = (worker: number): number[] =>
  Array.from({ length: OPEN_EACH - 1 }, (_, index) => FIRST_NUMBER + worker * TASKS_EACH + index);
/** Of a worker's open tasks the one that is due first: it stands on the first page. */
export const firstTaskOf = (worker: number): number => FIRST_NUMBER + worker * TASKS_EACH + OPEN_EACH - 1;

export async function plantCrew(url: string): Promise<void> {
  await seed(url);
  await withClient(url, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

const statements = [
  `INSERT INTO persons (id, organization_id, name, email, time_zone, locale)
    SELECT 'u' || n, '${organizationId}', 'Person ' || n, 'u' || n || '@bench.example', 'Europe/Berlin', 'en-GB'
    FROM generate_series(0, ${WORKERS + LEADS - 1}) n`,
  // Whatever the hour and the day at which one measures
  `INSERT INTO person_settings (person_id, organization_id, quiet_from, quiet_to, work_days)
    SELECT id, organization_id, '00:00', '00:00', '{1,2,3,4,5,6,7}' FROM persons WHERE id LIKE 'u%'`,
  `INSERT INTO managers (id, person_id)
    SELECT 'm' || n, 'u' || (${WORKERS} + n) FROM generate_series(0, ${LEADS - 1}) n`,
  `INSERT INTO workers (id, person_id, manager_id)
    SELECT 'w' || n, 'u' || n, 'm' || n % ${LEADS} FROM generate_series(0, ${WORKERS - 1}) n`,
  `INSERT INTO projects (id, organization_id, key, name, owner_id)
    SELECT 'p' || n, '${organizationId}', 'YARD' || n, 'Yard ' || n, 'm' || n FROM generate_series(0, ${LEADS - 1}) n`,
  `INSERT INTO project_members (project_id, person_id)
    SELECT 'p' || n % ${LEADS}, 'u' || n FROM generate_series(0, ${WORKERS + LEADS - 1}) n`,
  `INSERT INTO tasks (id, organization_id, number, project_id, title, description, priority, due_at, status_id,
      status_changed_by_id, created_by_id)
    SELECT 't' || n || '-' || k, '${organizationId}', number, 'p' || n % ${LEADS}, 'Check valve ' || number || ' and note what it shows',
      'The gauge is behind the second door on the left. Write down what it shows before and after.',
      (ARRAY['normal', 'normal', 'high', 'low'])[1 + k % 4]::priority, now() + ((5 - k) * interval '20 hours'),
      CASE WHEN k < ${OPEN_EACH} THEN (ARRAY['harbor-status-to-do', 'harbor-status-in-progress'])[1 + k / 6] ELSE 'harbor-status-done' END,
      'u' || (${WORKERS} + n % ${LEADS}), 'u' || (${WORKERS} + n % ${LEADS})
    FROM generate_series(0, ${WORKERS - 1}) n, generate_series(0, ${TASKS_EACH - 1}) k,
      LATERAL (SELECT ${FIRST_NUMBER} + n * ${TASKS_EACH} + k AS number) numbered`,
  `INSERT INTO task_assignees (task_id, person_id, assigned_by_id)
    SELECT 't' || n || '-' || k, 'u' || n, 'u' || (${WORKERS} + n % ${LEADS})
    FROM generate_series(0, ${WORKERS - 1}) n, generate_series(0, ${TASKS_EACH - 1}) k`,
  `INSERT INTO comments (id, task_id, author_id, body)
    SELECT 'c' || n || '-' || k, 't' || n || '-' || k, 'u' || n, 'It shows four and a half.'
    FROM generate_series(0, ${WORKERS - 1}) n, generate_series(0, ${OPEN_EACH - 1}) k`,
  `UPDATE organizations SET next_task_number = 100000`,
  'VACUUM ANALYZE',
];
