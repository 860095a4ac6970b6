import type { Answer, Dispatch } from '../core/adapter.ts';
import { messagesFor } from '../core/messages.ts';
import type { Log } from '../core/ports.ts';
import { plain, say } from '../core/view.ts';

/**
 * The pipeline promises not to throw. Should it do so all the same, the person hears it in words, and a late answer
 * does not become an unhandled rejection, which would end the process.
 */
export function safely(dispatch: Dispatch, log: Log): (...asked: Parameters<Dispatch>) => Promise<Answer> {
  return async (invocation) => {
    try {
      return await dispatch(invocation);
    } catch (error) {
      log.error({ code: 'unexpected', err: error, key: invocation.key }, 'the pipeline threw');
      const { teams } = messagesFor(dispatch.languageOf(invocation));
      return { reply: say(plain(teams.failed(invocation.key)), { tone: 'attention' }), repeated: false };
    }
  };
}

/** The pipeline as the answering half of the adapter uses it. */
export type Ask = ReturnType<typeof safely>;
