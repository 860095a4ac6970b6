import type { InvokeResponse } from 'botframework-schema';
import { type Answer, answerInTime } from '../core/adapter.ts';
import type { TimeLeft } from '../core/time-left.ts';
import type { Button, Intent, View, ViewNode } from '../core/view.ts';
import { cardResponse, unknownCard } from './answer-invoke.ts';
import { buttonData, type CardData } from './card-data.ts';
import type { Draw } from './draw.ts';
import type { Incoming } from './incoming.ts';
import type { Element } from './rich-text.ts';
import type { Ask } from './safely.ts';
import type { MessagesOf } from './words.ts';

/** The action that draws a task for others. */
export const SHARE = 'share';

interface Tools {
  draw: Draw;
  messagesOf: MessagesOf;
  left: TimeLeft;
}
type AskFor = (intent: Intent) => ReturnType<Ask>;

/**
 * A card that somebody has found in the search and posts. They post it, not the bot, so the bot can't bring it up to date:
 * its buttons and its menu ask for it anew. Nobody's client does so unasked, for each of them would stand in the audit log.
 */
export function drawShared({ draw }: Pick<Tools, 'draw'>, view: View, task: string): Element {
  const data = buttonData({ action: SHARE, args: { task } }, `${SHARE}-${task}`);
  return {
    ...draw.card({ ...view, nodes: view.nodes.map((node) => leadingBack(node, task)) }),
    refresh: { action: { type: 'Action.Execute', title: view.summary, verb: SHARE, data }, userIds: [] },
  };
}

const leadingBack = (node: ViewNode, task: string): ViewNode =>
  node.type === 'actions' ? { ...node, buttons: node.buttons.map((button) => ofShared(button, task)) } : node;

const ofShared = (button: Button, task: string): Button => ({
  ...button,
  intent: { ...button.intent, args: { ...button.intent.args, after: `${SHARE} ${task}` } },
});

/** "Refresh card" in the menu of such a card: as it is now, for whoever asks. */
export async function answerShared(
  tools: Tools,
  incoming: Incoming,
  { data, ask }: { data: CardData; ask: AskFor },
): Promise<InvokeResponse | undefined> {
  const { task } = data.intent.args;
  if (data.intent.action !== SHARE || task === undefined) return undefined;
  return (await drawnAnew(tools, task, ask)) ?? unknownCard(tools.messagesOf(incoming));
}

/** After a button of such a card has done what it says: the card as it is now. Undefined for all other answers. */
export async function sharedAfter(
  tools: Tools,
  { reply }: Answer,
  { data, ask }: { data: CardData; ask: AskFor },
): Promise<InvokeResponse | undefined> {
  const { after, task } = data.intent.args;
  const isDone = reply.kind === 'view' && (reply.ack !== undefined || reply.to === 'channel');
  if (!isDone || task === undefined || after !== `${SHARE} ${task}`) return undefined;
  return drawnAnew(tools, task, ask);
}

async function drawnAnew(tools: Tools, task: string, ask: AskFor): Promise<InvokeResponse | undefined> {
  const asked = ask({ action: SHARE, args: { task } });
  const answer = await answerInTime(asked, async () => undefined, tools.left());
  if (answer?.reply.kind !== 'view' || answer.reply.to !== 'channel') return undefined;
  return cardResponse(drawShared(tools, answer.reply.view, task));
}
