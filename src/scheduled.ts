import type { NewId } from './core/ports.ts';
import type { Scheduled } from './core/scheduled.ts';
import type { Database } from './lib/database.ts';
import { dueDigests } from './services/due-digests.ts';
import { dueReminders } from './services/due-reminders.ts';
import { recurringTasks } from './services/recurring-tasks.ts';
import { toldReminders } from './services/told-reminders.ts';

/** All that is looked for each minute. */
export function scheduledWork(deps: { db: Database; newId: NewId }): readonly Scheduled[] {
  return [dueReminders(deps), toldReminders(deps), recurringTasks(deps), dueDigests(deps)];
}
