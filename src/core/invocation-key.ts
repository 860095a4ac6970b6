import { createHash } from 'node:crypto';
import type { Action, Invocation } from './action.ts';
import type { UnitOfWork } from './ports.ts';
import type { Run } from './run.ts';
import type { Reply } from './view.ts';

const LONGEST_KEY = 200;

/** Nobody can name another one's key, and a forged one of any length still fits into the index. */
export function keyOf({ sessionId, invocation }: Run): string {
  const key = `${sessionId} ${invocation.key}`;
  return key.length <= LONGEST_KEY ? key : createHash('sha256').update(key).digest('hex');
}

/** Reads and forms may happen again; what is posted on its own, or changes something, happens once. */
export function needsKey<Db, Work extends UnitOfWork>(
  action: Action<Db, Work>,
  invocation: Invocation,
  reply: Reply,
  work: Work,
): boolean {
  if (work.changed || invocation.answeredSeparately) return true;
  return action.effect === 'change' && reply.kind !== 'form';
}
