import type { Messages } from '../core/messages.ts';
import { type Button, bold, plain, type RichText, text, type View, type ViewNode } from '../core/view.ts';
import { formatWhen } from '../core/when.ts';
import type { DeadGroup, DeadLetters } from '../services/dead-letters.ts';
import { facts, type Reader, shorten, whenSpan } from './words.ts';

type Words = Messages['delivery'];

/** What was given up and what waits, for admins, with the way to send it again. */
export function deliveryView(
  letters: DeadLetters,
  { messages, reader, now }: { messages: Messages; reader: Reader; now: Date },
): View {
  const words = messages.delivery;
  const { total, waiting, oldest, groups } = letters;
  const state = total === 0 ? words.fine : words.dead(total);
  const queue =
    waiting > 0 && oldest
      ? facts([words.waiting(waiting), words.oldest(formatWhen(oldest, { now, ...reader }))])
      : undefined;
  const nodes: ViewNode[] = [{ type: 'text', text: facts([state, queue]) }];
  if (groups.length > 0) {
    nodes.push(
      { type: 'list', rows: groups.map((group) => rowOf(group, { words, reader, now })), empty: plain('') },
      { type: 'text', text: plain(words.hint), muted: true },
    );
    if (groups.length > 1) nodes.push({ type: 'actions', buttons: [replay(words.replayAll, undefined)] });
  }
  return { title: words.title, summary: state, tone: total > 0 ? 'attention' : 'good', nodes };
}

const replay = (label: string, key: string | undefined): Button => ({
  label,
  intent: { action: 'delivery-replay', args: key ? { reason: key } : {} },
});

function rowOf(
  { key, reason, count, at, people }: DeadGroup,
  { words, reader, now }: { words: Words; reader: Reader; now: Date },
) {
  const cause = causeOf(reason);
  const who = people.slice(0, 3).join(', ') + (people.length > 3 ? ', …' : '');
  const last = text`${words.last} ${whenSpan(at, { reader, now })}`;
  const detail: RichText = facts([who, last, cause && words.advice[cause]]);
  return {
    title: facts([
      text`${bold(String(count))} ${cause ? words.causes[cause] : shorten(reason, 120)}`,
      cause === 'refused' || cause === 'removed' ? shorten(reason, 120) : undefined,
    ]),
    detail,
    buttons: [replay(words.replay, key)],
  };
}

/** What admins can do something about; the platform’s own words for it stay with it. */
function causeOf(reason: string): keyof Words['causes'] | undefined {
  if (/^may have been/.test(reason)) return 'uncertain';
  if (/refuses messages|Blocked|NotInConversation|user_disabled/i.test(reason)) return 'refused';
  if (/removed from the workspace|token_revoked|invalid_auth|account_inactive/.test(reason)) return 'removed';
  return /no chat account/.test(reason) ? 'noAccount' : undefined;
}
