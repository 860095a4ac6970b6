import type { AuditSubject } from '../core/files.ts';
import type { AuditLog, AuditPage, AuditQuery, SealedAuditRecord } from '../core/ports.ts';
import { type AuditReader, DEFAULT_MS, read, requireReport, visible } from './audit-review.ts';
import { readTask } from './task-record.ts';

/** Entries in one file, the newest of what was asked for: 3 MB, and some seconds of reading. */
export const MOST_EXPORTED = 10_000;
/** Entries in memory at a time, beside the file itself. */
const PAGE = 500;

export interface ExportOptions {
  subject: AuditSubject;
  /** The last seven days when absent; of a task all */
  since?: Date | undefined;
  until: Date;
  isQuery(action: string): boolean;
  /** MOST_EXPORTED if left out */
  most?: number;
}

/**
 * What `audit` would show, page after page, newest first; the generator's result says whether that was all. Throws
 * AppError as reviewAudit does.
 */
export async function* exportAudit(
  scope: AuditReader,
  log: AuditLog,
  { until, most = MOST_EXPORTED, ...options }: ExportOptions,
): AsyncGenerator<SealedAuditRecord[], { complete: boolean }> {
  const source = await sourceOf(scope, log, { until, ...options });
  let left = most;
  let cursor: string | undefined;
  do {
    const query = { ...source.span, to: until, limit: PAGE, ...(cursor ? { cursor } : {}) };
    const page = await read(() => source.page(query));
    const seen = await source.seen(page.records);
    if (seen.length > 0) yield seen.slice(0, left);
    if (seen.length > left) return { complete: false };
    left -= seen.length;
    cursor = page.cursor;
  } while (cursor && left > 0);
  return { complete: cursor === undefined };
}

/** Throws AppError `unknown_task` or `not_allowed` when the asker may not see it. */
export async function expectMayExport(scope: AuditReader, subject: AuditSubject): Promise<void> {
  if (subject.type === 'task') await readTask(scope.db, { actor: scope.actor, number: subject.number });
  if (subject.type === 'person') await requireReport(scope, subject.id);
}

interface Source {
  span: Pick<AuditQuery, 'from'>;
  page(query: AuditQuery): Promise<AuditPage>;
  /** Of a page, what the asker may see */
  seen(records: SealedAuditRecord[]): Promise<SealedAuditRecord[]>;
}

async function sourceOf(
  scope: AuditReader,
  log: AuditLog,
  { subject, since, until, isQuery }: Omit<ExportOptions, 'most'>,
): Promise<Source> {
  const from = since ?? new Date(until.getTime() - DEFAULT_MS);
  switch (subject.type) {
    case 'task': {
      const { task } = await readTask(scope.db, { actor: scope.actor, number: subject.number });
      return {
        span: since ? { from: since } : {},
        page: (query) => log.byTarget(`task:${task.id}`, query),
        seen: async (records) => records,
      };
    }
    case 'person':
      await requireReport(scope, subject.id);
      return {
        span: { from },
        page: (query) => log.byActor(`person:${subject.id}`, query),
        seen: async (records) => records,
      };
    case 'organization':
      return {
        span: { from },
        page: (query) => log.byOrganization(scope.actor.organizationId, query),
        seen: (records) =>
          visible(
            scope,
            records.filter(({ action, outcome }) => outcome !== 'ok' || !isQuery(action)),
          ),
      };
    default:
      return subject satisfies never;
  }
}
