import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { SealedAuditRecord } from '../src/core/ports.ts';
import { createAuditReader, type Dynamo } from '../src/lib/dynamodb.ts';
import { ClearError, reasonOf } from './lib/clear-error.ts';
import { runScript } from './lib/run-script.ts';
import { withDynamo } from './lib/with-dynamo.ts';

export interface AuditSelection {
  format: 'csv' | 'jsonl';
  /** From this moment on */
  from?: Date | undefined;
  /** Up to, but without, this moment */
  to?: Date | undefined;
  /** One chain; all of them when absent */
  actor?: string | undefined;
}

/**
 * The log as lines of a file: one actor after the other, each oldest first, a page in memory at a time. What can't be
 * read as a record is left out and told to `skipped`.
 */
export async function* exportAudit(
  dynamo: Dynamo,
  selection: AuditSelection,
  skipped: (what: string) => void,
): AsyncGenerator<string> {
  const reader = createAuditReader(dynamo);
  const line = selection.format === 'csv' ? csvLine : jsonLine;
  if (selection.format === 'csv') yield `${columns.join(',')}\r\n`;
  for await (const actor of selection.actor === undefined ? reader.actors() : [selection.actor]) {
    for await (const { at, item } of reader.chain(actor, selection)) {
      if (item.record) yield line(item.record);
      else skipped(`${actor} ${at}: ${item.fault}`);
    }
  }
}

const columns = [
  'at',
  'actor',
  'actorName',
  'organizationId',
  'action',
  'outcome',
  'target',
  'taskNumber',
  'platform',
  'source',
  'details',
  'id',
  'seq',
  'prevHash',
  'hash',
] as const;

const jsonLine = (record: SealedAuditRecord): string => `${JSON.stringify(record)}\n`;

function csvLine(record: SealedAuditRecord): string {
  const cells = { ...record, details: JSON.stringify(record.details) };
  return `${columns.map((column) => csvCell(cells[column])).join(',')}\r\n`;
}

function csvCell(value: string | number | undefined): string {
  if (typeof value !== 'string') return String(value ?? '');
  // A spreadsheet runs what begins like this as a formula, and people's own words stand in here.
  const safe = /^[\s\0]*[=+\-@|%＝＋－＠]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

const usage =
  'Usage: npm run audit:export -- --format csv|jsonl [--from 2026-11-01] [--to 2026-11-30] [--actor person:<id>] [--out <file>]';

/** Reads the command line; a day as `--to` means all of that day (UTC). */
export function readArguments(args: string[]): AuditSelection & { out: string | undefined } {
  const { format, from, to, actor, out } = parsedValues(args);
  if (format !== 'csv' && format !== 'jsonl') throw new ClearError(`--format is csv or jsonl.\n${usage}`);
  const range = { from: readTime('from', from), to: readTime('to', to) };
  if (range.from && range.to && range.from >= range.to) {
    throw new ClearError(`--from lies after --to, so there is nothing to export.\n${usage}`);
  }
  return { format, ...range, actor, out };
}

function parsedValues(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args, options: { format: text, from: text, to: text, actor: text, out: text } })
      .values;
  } catch (error) {
    throw new ClearError(`${reasonOf(error)}\n${usage}`);
  }
}

function readTime(name: 'from' | 'to', text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const time = Date.parse(text);
  const isTime = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text);
  // Date.parse makes the 3rd of March of the 31st of February.
  if (Number.isNaN(time) || !(isTime || (isDay && new Date(time).toISOString().startsWith(text)))) {
    throw new ClearError(`--${name} is no date: write it like 2026-11-01 or 2026-11-01T06:00:00Z.\n${usage}`);
  }
  return new Date(isDay && name === 'to' ? time + 86_400_000 : time);
}

/** The log holds people's words: a file of it is for its owner only. */
const openFile = (file: string) => createWriteStream(file, { mode: 0o600 });

async function write(lines: AsyncGenerator<string>, out: string | undefined): Promise<void> {
  try {
    if (out === undefined) await pipeline(Readable.from(lines), process.stdout, { end: false });
    else await pipeline(Readable.from(lines), openFile(out));
  } catch (error) {
    // `… | head` has read enough.
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return;
    throw out === undefined ? error : new ClearError(`${out} cannot be written: ${reasonOf(error)}.`);
  }
}

if (import.meta.main) {
  await runScript(async () => {
    const { out, ...selection } = readArguments(process.argv.slice(2));
    await withDynamo((dynamo) => {
      const skipped = (what: string) => {
        process.exitCode = 1;
        console.error(`Left out, see npm run audit:verify: ${what}`);
      };
      return write(exportAudit(dynamo, selection, skipped), out);
    });
  });
}
