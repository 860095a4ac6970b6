import { answerInTime, type Dispatch } from '../core/adapter.ts';
import { timeLeft } from '../core/time-left.ts';
import type { Reply } from '../core/view.ts';
import type { Ask } from './ask.ts';
import type { Background } from './background.ts';
import { type AskProfile, commandInvocation } from './invocations.ts';
import type { FormOpener } from './open-form.ts';
import { commandSchema, readPayload } from './payloads.ts';
import type { Render, RenderedMessage } from './render.ts';
import { asView, type Listener, type Respond } from './respond.ts';
import { type LanguageOf, line, wordsFor } from './words.ts';

/** What every listener works with. */
export interface Tools {
  dispatch: Dispatch;
  ask: Ask;
  askProfile: AskProfile;
  respond: Respond;
  render: Render;
  forms: FormOpener;
  background: Background;
  languageOf: LanguageOf;
}

/** For an answer that turns out to be a form: opening it takes a call to Slack, and a command has 3 s in all. */
const OPENED_WITHIN_MS = 2_400;

export interface CommandResponse extends RenderedMessage {
  response_type: 'ephemeral' | 'in_channel';
}

/**
 * A slash command, answered in the response itself: that costs no call to Slack, and works where the bot is no member.
 * Gives the response's body within ANSWER_WITHIN_MS; what is late goes to response_url.
 */
export async function onCommand(tools: Tools, body: unknown): Promise<CommandResponse | undefined> {
  const payload = readPayload(commandSchema, body, 'slash command');
  const invocation = commandInvocation(payload, tools.askProfile);
  const listener: Listener = {
    teamId: invocation.workspaceId,
    userId: invocation.userId,
    place: invocation.place,
    responseUrl: payload.response_url,
  };
  const left = timeLeft(OPENED_WITHIN_MS);
  const answer = tools.ask(invocation);
  if (tools.dispatch.opensForm(invocation)) {
    return response(tools, await tools.forms.openSoon(listener, payload.trigger_id, answer));
  }
  const first = await answerInTime(answer, async (late) => {
    tools.background.run('A late answer', sayOrOpen(tools, listener, payload.trigger_id, late.reply));
  });
  if (!first) return response(tools, line(wordsFor(tools.languageOf(listener)).stillWorking));
  if (first.reply.kind !== 'form') return response(tools, first.reply);
  const what = { triggerId: payload.trigger_id, form: first.reply.form, withinMs: left() };
  return response(tools, (await tools.forms.open(listener, what)) ?? { kind: 'none' });
}

/** An answer outside the response: a message, or a form while its trigger lives. */
export async function sayOrOpen(
  tools: Tools,
  listener: Listener,
  triggerId: string,
  reply: Reply,
): Promise<void> {
  const instead =
    reply.kind === 'form' ? await tools.forms.open(listener, { triggerId, form: reply.form }) : reply;
  if (instead) await tools.respond(listener, instead);
}

function response({ render }: Tools, reply: Reply): CommandResponse | undefined {
  const shown = asView(reply);
  if (!shown) return undefined;
  return { response_type: shown.to === 'channel' ? 'in_channel' : 'ephemeral', ...render(shown.view) };
}
