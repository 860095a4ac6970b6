import { answerInTime } from '../core/adapter.ts';
import { answerAtHome, stateAfter } from './home.ts';
import { decodeIntent } from './intent.ts';
import { actionPlace, buttonInvocation } from './invocations.ts';
import { sayOrOpen, type Tools } from './on-command.ts';
import { actionSchema, readPayload, teamOf } from './payloads.ts';
import { homeState } from './render-home.ts';
import type { Listener } from './respond.ts';
import { line, warning, wordsFor } from './words.ts';

/**
 * A pressed button. `acknowledge` ends the button's spinner: when the answer is there, or after ANSWER_WITHIN_MS.
 * Slack shows nothing of that response, so every answer goes to response_url.
 */
export async function onButton(tools: Tools, body: unknown, acknowledge: () => Promise<void>): Promise<void> {
  const payload = readPayload(actionSchema, body, 'block_actions');
  const [pressed] = payload.actions;
  if (pressed?.type !== 'button') return acknowledge();
  const intent = decodeIntent(pressed.value);
  // Crewline's modals have no buttons: what stands in no channel stands in App Home.
  const atHome = payload.channel ? undefined : homeState(payload.view?.private_metadata);
  const home = atHome && intent ? stateAfter(intent, atHome) : atHome;
  const listener: Listener = {
    teamId: teamOf(payload),
    userId: payload.user.id,
    place: actionPlace(payload),
    responseUrl: payload.response_url,
    ...(home ? { home } : {}),
  };
  const words = wordsFor(tools.languageOf(listener));
  if (!intent) {
    tools.background.run('Saying that a button is old', tools.respond(listener, warning(words.outOfDate)));
    return acknowledge();
  }
  const invocation = buttonInvocation(payload, intent, tools.askProfile);
  const answer = home ? answerAtHome(tools, { invocation, intent, state: home }) : tools.ask(invocation);
  if (tools.dispatch.opensForm(invocation)) {
    const reply = await tools.forms.openSoon(listener, payload.trigger_id, answer);
    await acknowledge();
    tools.background.run('The answer to a button', tools.respond(listener, reply));
    return;
  }
  const first = await answerInTime(answer, async (late) => {
    tools.background.run('A late answer', sayOrOpen(tools, listener, payload.trigger_id, late.reply));
  });
  await acknowledge();
  const said = first
    ? sayOrOpen(tools, listener, payload.trigger_id, first.reply)
    : tools.respond(listener, line(wordsFor(tools.languageOf(listener)).stillWorking));
  tools.background.run('The answer to a button', said);
}
