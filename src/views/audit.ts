import { type Messages, messagesFor } from '../core/messages.ts';
import type { SealedAuditRecord } from '../core/ports.ts';
import type { Weekday } from '../core/settings.ts';
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
import { daysWords } from './settings-words.ts';
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
  if (details.form === 'opened')
    return text`${history.openedForm(actorName, action.replaceAll('-', ' '))}${task}`;
  if (isQuestion(details))
    return text`${history.wasAsked(actorName, named(history.values, details.asked))}${task}`;
  if (outcome === 'ok') return text`${history.did(actorName, named(history.deeds, action))}${task}`;
  return text`${history.tried(actorName, action.replaceAll('-', ' '))}${task}`;
}

/** Nothing was done yet: it was only asked whether to. */
const isQuestion = (details: SealedAuditRecord['details']): details is { asked: string } =>
  details.asked?.startsWith('whether ') ?? false;

function circumstances(record: SealedAuditRecord, { reader, now }: { reader: Reader; now: Date }): RichText {
  return facts([
    text`${whenSpan(new Date(record.at), { reader, now })}`,
    record.outcome === 'ok' ? undefined : messagesFor(reader.locale).history.outcomes[record.outcome],
    text`${detailsInWords(record, { reader, now })}`,
  ]);
}

/** Said otherwise in the entry, or only for the log's exports. */
const leftOut = new Set(['from', 'to', 'reference', 'code', 'task', 'after', 'reason', 'form', 'follow']);
/** What people wrote, which no word of the log is looked for in */
const written = new Set([
  'because',
  'body',
  'comment',
  'description',
  'name',
  'note',
  'query',
  'text',
  'was',
]);
const weekdays = new Set(['digestDays', 'workDays']);

/** The word for a name of the log's; without one, the name itself. */
const named = (texts: Record<string, string>, name: string): string =>
  Object.hasOwn(texts, name) ? (texts[name] ?? name) : name;

/** "to do → in progress", then what was said. */
function detailsInWords(
  { details }: SealedAuditRecord,
  { reader, now }: { reader: Reader; now: Date },
): string {
  const messages = messagesFor(reader.locale);
  const { history, words, settings } = messages;
  const word = (value: string): string =>
    dateInWords(named(history.values, value), { reader, now }).replace(PART, (_whole, task: string) =>
      history.partOf(task),
    );
  const said = (name: string, value: string): string => {
    if (written.has(name)) return value;
    if (name === 'undone')
      return value
        .split(', ')
        .map((part) => named(history.details, part))
        .join(', ');
    if (weekdays.has(name)) return daysInWords(value, reader.locale, settings);
    return word(value.replace(/\b(?:name|email|account|person):/g, ''));
  };
  const change = details.to ? `${details.from ? `${word(details.from)} → ` : ''}${word(details.to)}` : '';
  const shown = Object.entries(details).filter(
    ([name, value]) => value !== '' && !leftOut.has(name) && !(name === 'asked' && isQuestion(details)),
  );
  const others = shown.map(([name, value]) =>
    name === 'title'
      ? words.quoted(shorten(value, 80))
      : `${named({ ...settings.events, ...history.details }, name)}: ${shorten(said(name, value), 120)}`,
  );
  return shorten([change, ...others].filter(Boolean).join(', '), 300);
}

/** As it is kept of a subtask */
const PART = /^of (#\d+)$/;
const ISO_TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** "1 2 3 4 5" */
const daysInWords = (value: string, locale: string, messages: Messages['settings']): string => {
  const days = value.split(' ').map(Number);
  return days.every(isWeekday) ? daysWords(days, locale, messages) : value;
};

const isWeekday = (day: number): day is Weekday => Number.isInteger(day) && day >= 1 && day <= 7;

const dateInWords = (value: string, { reader, now }: { reader: Reader; now: Date }): string =>
  ISO_TIME.test(value) ? formatWhen(new Date(value), { now, ...reader }) : value;
