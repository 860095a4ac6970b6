/** What a file is made of. Plain JSON: an answer that is kept holds this and no bytes. */
export type FileContent = {
  type: 'audit';
  /** Who asked: what they may see is looked up again when the file is made */
  personId: string;
  subject: AuditSubject;
  /** ms since 1970 */
  since?: number;
  /** ms since 1970: later entries are left out, so that the file is the same whenever it is made */
  until: number;
};

export type AuditSubject =
  | { type: 'task'; number: number }
  | { type: 'person'; id: string }
  | { type: 'organization' };

export interface MadeFile {
  bytes: Uint8Array;
  /** False when there was more than a file may hold */
  complete: boolean;
}

export interface Files {
  /** Throws AppError as the action would that promised the file, and whatever else keeps it from being made. */
  make(content: FileContent): Promise<MadeFile>;
}
