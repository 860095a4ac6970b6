import { type Messages, messagesFor } from '../core/messages.ts';
import { bold, plain, type RichText, text, toPlain, type View, type ViewNode } from '../core/view.ts';
import { formatWhen } from '../core/when.ts';
import type { HistoryEntry } from '../services/history.ts';
import type { TellingReply } from '../services/tell-history.ts';
import { facts, type Reader, shorten, whenSpan } from './words.ts';

/** Lines that one message tells */
const LINES = 12;
const NOTE_LENGTH = 500;
const COMMENT_LENGTH = 1_500;
/** Told later than this, it is said when it was. In ms. */
const LATE_MS = 120_000;

/** What the thread of a card tells: a line for each happening, in small print but for what people said. */
export function historyReply(reply: TellingReply): View | undefined {
  const messages = messagesFor(reply.reader.locale);
  const shown = reply.entries.slice(-LINES);
  const lines = shown.map((entry) => ({ entry, line: lineOf(entry, reply, messages) }));
  const last = lines.at(-1);
  if (!last) return undefined;
  const more = reply.entries.length - shown.length;
  const nodes = lines.map(({ entry, line }): ViewNode => {
    const isSaid = entry.kind === 'comment' && reply.comments[entry.id] !== undefined;
    return { type: 'text', text: line, ...(isSaid ? {} : { muted: true }) };
  });
  const earlier: ViewNode[] =
    more > 0 ? [{ type: 'text', text: plain(messages.cards.earlier(more)), muted: true }] : [];
  return { summary: shorten(toPlain(last.line), 150), nodes: [...earlier, ...nodes] };
}

function lineOf(entry: HistoryEntry, reply: TellingReply, messages: Messages): RichText {
  const { reader, createdAt } = reply;
  const at = new Date(entry.at);
  const told = text`${bold(entry.who)} ${deedOf(entry, reply, messages)}`;
  const isLate = createdAt.getTime() - at.getTime() > LATE_MS;
  return isLate ? facts([told, whenSpan(at, { reader, now: createdAt })]) : told;
}

function deedOf(
  entry: HistoryEntry,
  { reader, createdAt, comments }: TellingReply,
  messages: Messages,
): string {
  const { happened } = messages.cards;
  switch (entry.kind) {
    case 'status':
      return statusDeed(entry, messages);
    case 'part-done':
      return happened.partDone;
    case 'given':
      return happened.given(entry.people);
    case 'taken':
      return happened.taken(entry.people);
    case 'claimed':
      return happened.claimed;
    case 'accepted':
      return happened.accepted;
    case 'declined':
      return happened.declined(noteOf(entry));
    case 'due':
      return entry.due ? happened.due(sayWhen(entry, reader, createdAt)) : happened.notDue;
    case 'priority':
      return happened.priority(messages.words.priorities[entry.to]);
    case 'title':
      return happened.title(entry.to);
    case 'description':
      return happened.description;
    case 'undone':
      return happened.undone;
    case 'comment': {
      const body = comments[entry.id];
      return body === undefined ? happened.commentGone : happened.comment(shorten(body, COMMENT_LENGTH));
    }
    default:
      return entry satisfies never;
  }
}

function statusDeed(entry: Extract<HistoryEntry, { kind: 'status' }>, messages: Messages): string {
  const { happened } = messages.cards;
  const { from, to, status } = entry;
  const note = noteOf(entry);
  if (from === to) return happened.moved(status, note);
  if (to === 'active' && from === 'blocked') return happened.unblocked(note);
  if (to === 'active' && from === 'review' && note) return happened.returned(note);
  if (to === 'done' && from === 'review') return happened.approved(note);
  return happened[to](note);
}

const noteOf = ({ note }: { note?: string }): string | undefined => note && shorten(note, NOTE_LENGTH);

const sayWhen = (
  { due, hasTime }: { due: string | null; hasTime: boolean },
  reader: Reader,
  now: Date,
): string => (due ? formatWhen(new Date(due), { now, ...reader, hasTime }) : '');
