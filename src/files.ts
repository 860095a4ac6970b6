import { AppError } from './core/errors.ts';
import type { FileContent, Files, MadeFile } from './core/files.ts';
import type { AuditLog } from './core/ports.ts';
import type { Database } from './lib/database.ts';
import { exportAudit } from './services/audit-export.ts';
import { readReader } from './services/reader.ts';
import { auditHeader, auditLine } from './views/audit-file.ts';

export interface FilesOptions {
  db: Database;
  auditLog: AuditLog;
  /** Whether an action only looks */
  isQuery(action: string): boolean;
  /** Entries in a file of the audit log; see services/audit-export.ts */
  mostEntries?: number;
}

/** Makes the files that answers speak of. */
export function createFiles(options: FilesOptions): Files {
  return { make: (content) => make(options, content) };
}

function make(options: FilesOptions, content: FileContent): Promise<MadeFile> {
  switch (content.type) {
    case 'audit':
      return auditFile(options, content);
    default:
      return content.type satisfies never;
  }
}

/** Page by page: of the log, no more is in memory than a page and what has become of the others, some 300 bytes an entry. */
async function auditFile(
  { db, auditLog, isQuery, mostEntries }: FilesOptions,
  { personId, subject, since, until }: Extract<FileContent, { type: 'audit' }>,
): Promise<MadeFile> {
  const actor = await readReader(db, personId);
  if (!actor) throw new AppError('not_allowed');
  const pages = exportAudit({ db, actor }, auditLog, {
    subject,
    isQuery,
    until: new Date(until),
    ...(since === undefined ? {} : { since: new Date(since) }),
    ...(mostEntries === undefined ? {} : { most: mostEntries }),
  });
  const parts = [Buffer.from(auditHeader(actor))];
  for (;;) {
    const page = await pages.next();
    if (page.done) return { bytes: Buffer.concat(parts), complete: page.value.complete };
    parts.push(Buffer.from(page.value.map((record) => auditLine(record, actor)).join('')));
  }
}
