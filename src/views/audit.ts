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
  const rows = records.map(
    (record): ListRow => ({ title: deed(record), detail: circumstances(record, { reader, now }) }),
  );
  const nodes: ViewNode[] = [{ type: 'list', rows, empty: plain(words.empty) }];
  if (words.older) nodes.push({ type: 'actions', buttons: [words.older] });
  return {
    title: words.heading,
    summary: `${words.heading}: ${records.length === 0 ? words.empty : `${records.length} entries`}`,
    nodes,
  };
}

/** What was done, as a newspaper says it; an action without words of its own goes by its name. */
const deeds: Record<string, string> = {
  add: 'added',
  start: 'started',
  done: 'finished',
  block: 'blocked',
  unblock: 'unblocked',
  review: 'handed in for review',
  reopen: 'reopened',
  cancel: 'cancelled',
  status: 'moved',
  claim: 'claimed',
  accept: 'accepted',
  decline: 'declined',
  approve: 'approved',
  return: 'returned',
  comment: 'commented on',
  reply: 'commented on',
  'delete-reply': 'took back a comment on',
  assign: 'assigned',
  unassign: 'unassigned',
  due: 'changed the date of',
  priority: 'changed the priority of',
  nudge: 'nudged',
  remind: 'asked to be reminded of',
  snooze: 'put off',
  repeat: 'changed how often comes',
  recur: 'brought again',
  undo: 'took back a change of',
  rename: 'renamed',
  edit: 'edited',
  sub: 'added',
  show: 'looked at',
  timeline: 'looked at the timeline of',
  link: 'linked a channel',
  unlink: 'unlinked a channel',
  'team-add': 'changed the team',
  'team-remove': 'took somebody off the team',
  'project-create': 'started a project',
  'project-members': 'changed the members of a project',
  'project-archive': 'archived a project',
  join: 'asked to join',
  'approve-join': 'let somebody in',
  'deny-join': 'refused somebody',
  'account.linked': 'linked a chat account',
  'person.created': 'joined as an admin',
};

function deed({ actorName, action, taskNumber, outcome, details }: SealedAuditRecord): RichText {
  const number = taskNumber ?? details.task;
  const task = number === undefined ? text`` : text` ${bold(`#${number}`)}`;
  if (details.form === 'opened') return text`${actorName} opened the form “${action}”${task}`;
  if (outcome === 'ok') return text`${actorName} ${deeds[action] ?? action}${task}`;
  return text`${actorName} tried “${action}”${task}`;
}

function circumstances(record: SealedAuditRecord, { reader, now }: { reader: Reader; now: Date }): RichText {
  return facts([
    text`${whenSpan(new Date(record.at), { reader, now })}`,
    record.outcome === 'ok' ? undefined : text`${outcomes[record.outcome]}`,
    text`${detailsInWords(record, { reader, now })}`,
  ]);
}

const outcomes = { denied: 'not allowed', invalid: 'not possible', failed: 'failed' } as const;

/** Said otherwise in the entry, or only for the log's exports. */
const leftOut = new Set(['from', 'to', 'reference', 'code', 'task', 'after', 'reason', 'form']);
const states: Record<string, string> = { todo: 'to do', active: 'in progress', review: 'in review' };

/** "to do → in progress", then what was said. */
function detailsInWords(
  { details }: SealedAuditRecord,
  { reader, now }: { reader: Reader; now: Date },
): string {
  const word = (value: string): string => states[value] ?? dateInWords(value, { reader, now });
  const change = details.to ? `${details.from ? `${word(details.from)} → ` : ''}${word(details.to)}` : '';
  const said = Object.entries(details).filter(([name, value]) => value !== '' && !leftOut.has(name));
  const others = said.map(([name, value]) =>
    name === 'title'
      ? `“${shorten(value, 80)}”`
      : `${name}: ${shorten(word(value.replace(/\b(?:name|email|account|person):/g, '')), 120)}`,
  );
  return shorten([change, ...others].filter(Boolean).join(', '), 300);
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

const dateInWords = (value: string, { reader, now }: { reader: Reader; now: Date }): string =>
  ISO_TIME.test(value) ? formatWhen(new Date(value), { now, ...reader }) : value;
