import { BYTE_ORDER_MARK, csvLine } from '../core/csv.ts';
import { messagesFor } from '../core/messages.ts';
import type { SealedAuditRecord } from '../core/ports.ts';
import { wallTime } from '../core/time-zone.ts';
import type { Reader } from './words.ts';

/** The first line of the audit log as CSV, with the mark that tells Excel its encoding. */
export function auditHeader({ timeZone, locale }: Reader): string {
  const { columns } = messagesFor(locale).auditFile;
  const { at, local, who, action, outcome, task, details, platform, source, target, actor, id } = columns;
  const names = [
    at,
    local(timeZone),
    who,
    action,
    outcome,
    task,
    details,
    platform,
    source,
    target,
    actor,
    id,
  ];
  return BYTE_ORDER_MARK + csvLine(names);
}

/** An entry as a line. Actions, outcomes and details stand as the log has them. */
export const auditLine = (record: SealedAuditRecord, { timeZone }: Reader): string =>
  csvLine([
    record.at,
    localTime(record.at, timeZone),
    record.actorName,
    record.action,
    record.outcome,
    record.taskNumber === undefined ? '' : String(record.taskNumber),
    Object.entries(record.details)
      .map(([name, value]) => `${name}: ${value}`)
      .join('; '),
    record.platform,
    record.source,
    record.target ?? '',
    record.actor,
    record.id,
  ]);

/** "2026-11-24 15:04:05": what spreadsheets of every language take for a time. */
const localTime = (at: string, timeZone: string): string =>
  new Date(wallTime(new Date(at), timeZone)).toISOString().slice(0, 19).replace('T', ' ');
