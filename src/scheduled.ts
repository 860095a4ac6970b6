import type { NewId } from './core/ports.ts';
import type { Scheduled } from './core/scheduled.ts';
import type { Database } from './lib/database.ts';

/** All that is looked for each minute. */
export function scheduledWork(_deps: { db: Database; newId: NewId }): readonly Scheduled[] {
  return [];
}
