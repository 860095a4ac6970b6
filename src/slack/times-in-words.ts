import type { Dispatch } from '../core/adapter.ts';
import type { Messenger } from '../core/ports.ts';
import { timesInWords } from '../core/times-in-words.ts';

/** For a local Slack, which shows `<!date^…>` as it stands: answers with every time in words. */
export function answersInWords(dispatch: Dispatch): Dispatch {
  const inWords: Dispatch = Object.assign(
    async (...asked: Parameters<Dispatch>) => {
      const answer = await dispatch(...asked);
      if (answer.reply.kind !== 'view') return answer;
      return { ...answer, reply: { ...answer.reply, view: timesInWords(answer.reply.view) } };
    },
    {
      opensForm: dispatch.opensForm,
      understands: dispatch.understands,
      languageOf: dispatch.languageOf,
    },
  );
  return inWords;
}

/** The same for what is sent unasked. */
export function withTimesInWords(messenger: Messenger): Messenger {
  return {
    ...messenger,
    sendDirect: (to) => messenger.sendDirect({ ...to, view: timesInWords(to.view) }),
    post: (to) => messenger.post({ ...to, view: timesInWords(to.view) }),
    update: (message) => messenger.update({ ...message, view: timesInWords(message.view) }),
  };
}
