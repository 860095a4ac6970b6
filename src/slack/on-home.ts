import type { Invocation } from '../core/action.ts';
import { ANSWER_WITHIN_MS, answerInTime } from '../core/adapter.ts';
import type { Workspaces } from '../core/ports.ts';
import { timeLeft } from '../core/time-left.ts';
import { findWorkspace } from './find-workspace.ts';
import { homeIntent } from './home.ts';
import { eventTeam } from './invocations.ts';
import type { Tools } from './on-command.ts';
import type { EventPayload } from './payloads.ts';
import { homeState } from './render-home.ts';
import type { Listener } from './respond.ts';

/** Somebody opened the app's home: it shows what they had open before, as it is now. */
export async function onHomeOpened(
  tools: Tools & { workspaces: Workspaces },
  payload: EventPayload,
): Promise<void> {
  const { user: userId, channel, tab, view } = payload.event;
  // The tab with the messages is opened too.
  if (tab !== 'home' || !userId || !channel) return;
  const left = timeLeft(ANSWER_WITHIN_MS);
  const teamId = eventTeam(payload);
  if (!(await findWorkspace(tools.workspaces, teamId))) return;
  const home = homeState(view?.private_metadata);
  const invocation: Invocation = {
    key: `slack:${teamId}:${payload.event_id}`,
    platform: 'slack',
    workspaceId: teamId,
    userId,
    place: { kind: 'direct', channelId: channel },
    request: { type: 'intent', ...homeIntent(home) },
    source: 'event',
    // Published again, a page is the same page.
    answeredSeparately: false,
    profile: (of = userId) => tools.askProfile({ teamId, userId: of, name: of }),
    directAddress: channel,
  };
  const listener: Listener = { teamId, userId, place: invocation.place, home };
  const show = (reply: Parameters<typeof tools.respond>[1]) =>
    tools.background.run('Showing a home', tools.respond(listener, reply));
  const first = await answerInTime(tools.ask(invocation), async (late) => show(late.reply), left());
  if (first) show(first.reply);
}
