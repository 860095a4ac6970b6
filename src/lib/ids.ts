import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import type { NewId } from '../core/ports.ts';

const BUFFERED = 4_096;

/** New ULIDs, in order also within a millisecond. Random bytes are fetched in bulk: one system call an id was 2 % of a command. */
export function createNewId(): NewId {
  const bytes = new Uint8Array(BUFFERED);
  let used = BUFFERED;
  const random = (): number => {
    if (used === BUFFERED) {
      randomFillSync(bytes);
      used = 0;
    }
    const byte = bytes[used] ?? 0;
    used += 1;
    return byte / 256;
  };
  const next = monotonicFactory(random);
  return () => next();
}
