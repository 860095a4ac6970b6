import type { Dispatch } from './adapter.ts';
import { AppError } from './errors.ts';
import type { Clock } from './ports.ts';
import { opensForm, readRequest } from './read-request.ts';
import type { Registry } from './registry.ts';
import { isTalk } from './talk.ts';

/** What a request is, before anyone knows who asks: it waits for nothing. */
export const lookAhead = <Db, Work>(
  registry: Registry<Db, Work>,
  clock: Clock,
): Pick<Dispatch, 'opensForm' | 'understands'> => ({
  opensForm: ({ request }) => opensForm(registry, request, { now: clock() }),
  understands({ request, place }) {
    if (request.type === 'text' && place?.threadId && isTalk(registry, request.text)) return false;
    try {
      readRequest(registry, request, { now: clock(), timeZone: 'UTC', locale: 'en' });
      return true;
    } catch (error) {
      return !(error instanceof AppError && error.code === 'unknown_action');
    }
  },
});
