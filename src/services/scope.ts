import type { Actor, AuditNote, Invocation } from '../core/action.ts';
import type { NewId } from '../core/ports.ts';
import type { Database } from '../lib/database.ts';
import type { Work } from '../lib/work.ts';

/** What every service works in: who acts, now, on which data, and where the changes are collected. */
export interface Scope {
  db: Database;
  work: Work;
  actor: Actor;
  invocation: Invocation;
  now: Date;
  newId: NewId;
  audit(note: AuditNote): void;
}

export type { Database, Work };
