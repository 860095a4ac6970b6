import type { SealedAuditRecord } from '../core/ports.ts';
import {
  type Button,
  bold,
  italic,
  type ListRow,
  plain,
  type RichText,
  text,
  type View,
  type ViewNode,
} from '../core/view.ts';
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

function deed({ actorName, action, taskNumber, outcome }: SealedAuditRecord): RichText {
  const task = taskNumber === undefined ? text`` : text` ${bold(`#${taskNumber}`)}`;
  const result = outcome === 'ok' ? text`` : text` ${italic(`(${outcome})`)}`;
  return text`${actorName}: ${action}${task}${result}`;
}

function circumstances(record: SealedAuditRecord, { reader, now }: { reader: Reader; now: Date }): RichText {
  return facts([
    text`${whenSpan(new Date(record.at), { reader, now })}`,
    text`${detailsInWords(record.details)}`,
    text`${record.platform}`,
  ]);
}

/** "todo → done", then the other words. Codes and references are for the log's exports. */
function detailsInWords(details: Record<string, string>): string {
  const { from, to, reference: _reference, ...rest } = details;
  const change = to ? `${from ?? ''} → ${to}`.trim() : '';
  const others = Object.entries(rest).map(([name, value]) => `${name}: ${shorten(value, 120)}`);
  return shorten([change, ...others].filter(Boolean).join(', '), 300);
}
