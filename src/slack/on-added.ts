import type { Invocation } from '../core/action.ts';
import { ANSWER_WITHIN_MS, answerInTime } from '../core/adapter.ts';
import type { CardThreads, Workspaces } from '../core/ports.ts';
import { timeLeft } from '../core/time-left.ts';
import type { Reply } from '../core/view.ts';
import { findWorkspace } from './find-workspace.ts';
import { eventBot, eventTeam, place } from './invocations.ts';
import type { Tools } from './on-command.ts';
import type { EventPayload } from './payloads.ts';
import type { Listener } from './respond.ts';

/** The bot was added to a channel: it says who did it, what it will post there and how to link a project. */
export async function onAdded(
  tools: Tools & { workspaces: Workspaces; cardThreads: CardThreads },
  payload: EventPayload,
): Promise<void> {
  const { user, inviter, channel } = payload.event;
  // Without an inviter it was set up by the workspace itself, and nobody waits for a word.
  if (!user || !inviter || !channel) return;
  const left = timeLeft(ANSWER_WITHIN_MS);
  const teamId = eventTeam(payload);
  const workspace = await findWorkspace(tools.workspaces, teamId);
  if (!workspace || user !== (workspace.botUserId ?? eventBot(payload))) return;
  const here = { platform: 'slack' as const, workspaceId: teamId, channelId: channel };
  tools.background.run('Reviving the cards of a channel', tools.cardThreads.revive(here));
  const invocation: Invocation = {
    // One word a channel, also when it is taken out and added again; answers are kept for two days.
    key: `slack:${teamId}:greet:${channel}`,
    platform: 'slack',
    workspaceId: teamId,
    userId: inviter,
    place: place(channel, undefined),
    request: { type: 'intent', action: 'greet', args: {} },
    source: 'event',
    answeredSeparately: true,
    profile: (of = inviter) => tools.askProfile({ teamId, userId: of, name: of }),
  };
  const listener: Listener = { teamId, userId: inviter, place: invocation.place };
  const greet = ({ reply, repeated }: { reply: Reply; repeated: boolean }) => {
    if (!repeated) tools.background.run('The greeting of a channel', tools.respond(listener, reply));
  };
  const first = await answerInTime(tools.ask(invocation), async (late) => greet(late), left());
  if (first) greet(first);
}
