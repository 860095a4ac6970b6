import { ANSWER_WITHIN_MS, answerInTime } from '../core/adapter.ts';
import { timeLeft } from '../core/time-left.ts';
import { plain, type Reply, say } from '../core/view.ts';
import { findWorkspace } from './find-workspace.ts';
import { eventBot, eventTeam, messageInvocation } from './invocations.ts';
import { onAdded } from './on-added.ts';
import { onHomeOpened } from './on-home.ts';
import { onReaction, type ReactionTools } from './on-reaction.ts';
import { onReply, type ReplyTools } from './on-reply.ts';
import { type EventPayload, eventSchema, readPayload } from './payloads.ts';
import type { Listener } from './respond.ts';
import { line, type SlackWords, wordsFor } from './words.ts';

export type EventTools = ReplyTools & ReactionTools;

/**
 * An event. Returns when Slack may have its 200: after the work, or when Slack's 3 s are nearly over.
 * Throws when the work could not begin, so that Slack delivers the event again (up to three times in an hour).
 */
export async function onEvent(
  tools: EventTools,
  body: unknown,
  retryNumber: number | undefined,
): Promise<void> {
  const payload = readPayload(eventSchema, body, 'event');
  switch (payload.event.type) {
    case 'message':
      if (payload.event.channel_type !== 'im') return onReply(tools, payload);
      return onMessage(tools, payload, retryNumber);
    case 'app_mention':
      return onMessage(tools, payload, retryNumber);
    case 'app_home_opened':
      return onHomeOpened(tools, payload);
    case 'member_joined_channel':
      return onAdded(tools, payload);
    case 'reaction_added':
      return onReaction(tools, payload);
    case 'app_uninstalled':
      return tools.workspaces.uninstalled('slack', eventTeam(payload));
    case 'tokens_revoked':
      // Also sent when one person takes their own token back, which changes nothing for the bot.
      if (payload.event.tokens?.bot?.length) await tools.workspaces.uninstalled('slack', eventTeam(payload));
      return;
    default:
      return;
  }
}

async function onMessage(
  tools: EventTools,
  payload: EventPayload,
  retryNumber: number | undefined,
): Promise<void> {
  const left = timeLeft(ANSWER_WITHIN_MS);
  const workspace = await findWorkspace(tools.workspaces, eventTeam(payload));
  if (!workspace) return;
  const invocation = messageInvocation(payload, workspace.botUserId ?? eventBot(payload), tools.askProfile);
  if (!invocation) return;
  const listener: Listener = {
    teamId: invocation.workspaceId,
    userId: invocation.userId,
    place: invocation.place,
  };
  const wordsOf = () => wordsFor(tools.languageOf(listener));
  const first = await answerInTime(
    tools.ask(invocation),
    async (late) => {
      if (!late.repeated)
        tools.background.run('A late answer', tools.respond(listener, spoken(late.reply, wordsOf())));
    },
    left(),
  );
  if (!first && !retryNumber) {
    tools.background.run('Asking for patience', tools.respond(listener, line(wordsOf().stillWorking)));
  }
  if (first && !first.repeated) {
    tools.background.run('The answer to a message', tools.respond(listener, spoken(first.reply, wordsOf())));
  }
}

/** A form needs a trigger, which a typed message has not: it gets a button that has one. */
function spoken(reply: Reply, words: SlackWords): Reply {
  if (reply.kind !== 'form') return reply;
  const { title, intent } = reply.form;
  return say(plain(words.formByButton), { buttons: [{ label: title, intent, tone: 'primary' }] });
}
