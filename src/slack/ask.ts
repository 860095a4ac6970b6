import type { Invocation } from '../core/action.ts';
import type { Answer, Dispatch } from '../core/adapter.ts';
import type { Log, NewId, Workspaces } from '../core/ports.ts';
import type { Background } from './background.ts';
import type { FileSender } from './files.ts';
import type { UserGroups } from './user-groups.ts';
import { warning, wordsFor } from './words.ts';

/** Gets the answer to an invocation; never rejects. */
export type Ask = (invocation: Invocation) => Promise<Answer>;

/**
 * The workspace must be installed, then dispatch answers. Both are inside the deadline, since the look-up
 * may wait for PostgreSQL: that is why Bolt's `authorize`, which has no deadline, looks nothing up.
 * It runs in the background too: a stop waits for an answer whose request was told to be patient.
 */
export function createAsk(options: {
  dispatch: Dispatch;
  workspaces: Workspaces;
  log: Log;
  newId: NewId;
  background: Background;
  files: FileSender;
  userGroups: UserGroups;
}): Ask {
  const { dispatch, workspaces, log, newId, background, files, userGroups } = options;

  const wordsOf = (invocation: Invocation) => wordsFor(dispatch.languageOf(invocation));

  const ask: Ask = async (invocation) => {
    try {
      const workspace = await workspaces.find('slack', invocation.workspaceId);
      if (!workspace) return { reply: warning(wordsOf(invocation).notInstalled), repeated: false };
      const members = (groupId: string) => userGroups.members(invocation.workspaceId, groupId);
      const answer = await dispatch({ ...invocation, members });
      if (!answer.repeated && files.hasWork(answer.reply))
        background.run('Sending the files of an answer', files.afterAnswer(invocation, answer.reply));
      return answer;
    } catch (error) {
      const reference = newId();
      log.error({ reference, error: String(error), key: invocation.key }, 'No answer to a Slack request');
      return { reply: warning(wordsOf(invocation).unreachable(reference)), repeated: false };
    }
  };

  return (invocation) => {
    const answer = ask(invocation);
    background.run('Answering', answer);
    return answer;
  };
}
