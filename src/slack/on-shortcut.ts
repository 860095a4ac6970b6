import type { Invocation } from '../core/action.ts';
import { quote, taskFromMessage } from '../core/from-message.ts';
import type { Intent } from '../core/view.ts';
import { place } from './invocations.ts';
import type { Tools } from './on-command.ts';
import { readPayload, type ShortcutPayload, shortcutSchema, teamOf } from './payloads.ts';
import type { MessageReader } from './read-message.ts';
import type { Listener } from './respond.ts';

/** The callback ids of the manifest. */
const intents: Record<string, (payload: ShortcutPayload, messages: MessageReader) => Promise<Intent>> = {
  new_task: async () => ({ action: 'add', args: {} }),
  create_task: async (payload, messages) => ({
    action: 'add',
    args: { ask: 'yes', ...taskFromMessage(await messageOf(payload, messages)) },
  }),
  add_to_task: async (payload, messages) => ({
    action: 'add-to-task',
    args: { body: quote(await messageOf(payload, messages)) },
  }),
};

/** A shortcut: its form opens at once, and what became of it is said to the one who chose it alone. */
export async function onShortcut(
  tools: Tools & { messages: MessageReader },
  body: unknown,
  acknowledge: () => Promise<void>,
): Promise<void> {
  const payload = readPayload(shortcutSchema, body, 'shortcut');
  const intentOf = intents[payload.callback_id];
  if (!intentOf) return acknowledge();
  const teamId = teamOf(payload);
  const { id: userId, name, username } = payload.user;
  const { channel } = payload;
  const listener: Listener = {
    teamId,
    userId,
    // Without a channel, and where the answer finds no other way, it goes to the person directly.
    place: channel ? place(channel.id, channel.name) : { kind: 'direct', channelId: userId },
    responseUrl: payload.response_url,
  };
  const invocation = (intent: Intent): Invocation => ({
    key: `slack:${teamId}:${payload.trigger_id}`,
    platform: 'slack',
    workspaceId: teamId,
    userId,
    place: listener.place,
    request: { type: 'intent', ...intent },
    source: 'shortcut',
    answeredSeparately: false,
    profile: (of = userId) =>
      tools.askProfile({ teamId, userId: of, name: of === userId ? (name ?? username ?? of) : of }),
  });
  const answer = intentOf(payload, tools.messages).then((intent) => tools.ask(invocation(intent)));
  const reply = await tools.forms.openSoon(listener, payload.trigger_id, answer);
  await acknowledge();
  tools.background.run('The answer to a shortcut', tools.respond(listener, reply));
}

async function messageOf(payload: ShortcutPayload, messages: MessageReader) {
  const { channel, message } = payload;
  if (!channel || !message) return { text: '' };
  return messages.quoted({
    teamId: teamOf(payload),
    channelId: channel.id,
    ts: message.ts,
    text: message.text,
  });
}
