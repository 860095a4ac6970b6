import { type Messages, messagesFor } from '../core/messages.ts';
import type { SealedAuditRecord } from '../core/ports.ts';
import {
  type Button,
  bold,
  type ListRow,
  plain,
  type RichText,
  text,
  type View,
  type ViewNode,
} from '../core/view.ts';
import { formatWhen } from '../core/when.ts';
import { facts, type Reader, shorten, whenSpan } from './words.ts';

interface AuditWords {
  heading: string;
  empty: string;
  /** The button to older entries */
  older?: Button;
}

/** Entries of the audit log, newest first: who did what to which task, and when. */
export function auditList(
  records: readonly SealedAuditRecord[],
  { words, reader, now }: { words: AuditWords; reader: Reader; now: Date },
): View {
  const messages = messagesFor(reader.locale);
  const { history } = messages;
  const rows = records.map(
    (record): ListRow => ({ title: deed(record, messages), detail: circumstances(record, { reader, now }) }),
  );
  const nodes: ViewNode[] = [{ type: 'list', rows, empty: plain(words.empty) }];
  if (words.older) nodes.push({ type: 'actions', buttons: [words.older] });
  return {
    title: words.heading,
    summary: history.summary(
      words.heading,
      records.length === 0 ? words.empty : history.entries(records.length),
    ),
    nodes,
  };
}

function deed(
  { actorName, action, taskNumber, outcome, details }: SealedAuditRecord,
  { history }: Messages,
): RichText {
  const number = taskNumber ?? details.task;
  const task = number === undefined ? text`` : text` ${bold(`#${number}`)}`;
  if (details.form === 'opened') return text`${history.openedForm(actorName, action)}${task}`;
  if (outcome === 'ok') return text`${history.did(actorName, named(history.deeds, action))}${task}`;
  return text`${history.tried(actorName, action)}${task}`;
}

function circumstances(record: SealedAuditRecord, { reader, now }: { reader: Reader; now: Date }): RichText {
  return facts([
    text`${whenSpan(new Date(record.at), { reader, now })}`,
    record.outcome === 'ok' ? undefined : messagesFor(reader.locale).history.outcomes[record.outcome],
    text`${detailsInWords(record, { reader, now })}`,
  ]);
}

/** Said otherwise in the entry, or only for the log's exports. */
const leftOut = new Set(['from', 'to', 'reference', 'code', 'task', 'after', 'reason', 'form']);

/** The word for a name of the log's; without one, the name itself. */
const named = (texts: Record<string, string>, name: string): string =>
  Object.hasOwn(texts, name) ? (texts[name] ?? name) : name;

/** "to do → in progress", then what was said. */
function detailsInWords(
  { details }: SealedAuditRecord,
  { reader, now }: { reader: Reader; now: Date },
): string {
  const { history, words } = messagesFor(reader.locale);
  const word = (value: string): string =>
    dateInWords(named(history.values, value), { reader, now }).replace(PART, (_whole, task: string) =>
      history.partOf(task),
    );
  const change = details.to ? `${details.from ? `${word(details.from)} → ` : ''}${word(details.to)}` : '';
  const said = Object.entries(details).filter(([name, value]) => value !== '' && !leftOut.has(name));
  const others = said.map(([name, value]) =>
    name === 'title'
      ? words.quoted(shorten(value, 80))
      : `${named(history.details, name)}: ${shorten(word(value.replace(/\b(?:name|email|account|person):/g, '')), 120)}`,
  );
  return shorten([change, ...others].filter(Boolean).join(', '), 300);
}

/** As it is kept of a subtask */
const PART = /^of (#\d+)$/;
const ISO_TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

const dateInWords = (value: string, { reader, now }: { reader: Reader; now: Date }): string =>
  ISO_TIME.test(value) ? formatWhen(new Date(value), { now, ...reader }) : value;
