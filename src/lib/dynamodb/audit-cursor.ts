import { createHash } from 'node:crypto';
import { AppError } from '../../core/errors.ts';

/** Where the next page goes on: before this sort key. `scope` is what is being read, so that a cursor fits nothing else. */
export function cursorFor(scope: string, before: string): string {
  return Buffer.from(`${fingerprint(scope)}${before}`).toString('base64url');
}

/** The sort key in a cursor. Throws AppError invalid_arguments for one that was not made for this scope. */
export function readCursor(scope: string, cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  const before = text.slice(fingerprintLength);
  const fits = text.startsWith(fingerprint(scope)) && /^\d{4}-\d\d-\d\dT[\d:.]+Z(#\w+)?$/.test(before);
  if (fits) return before;
  throw new AppError('invalid_arguments', {
    userMessage: ({ history }) => history.pageGone,
  });
}

const fingerprintLength = 8;

function fingerprint(scope: string): string {
  return createHash('sha256').update(scope).digest('base64url').slice(0, fingerprintLength);
}
