import type { MessageRef } from '../core/ports.ts';
import type { View } from '../core/view.ts';
import type { NotificationQueue, SentCopy, SentNote, SummaryNote } from './ports.ts';

/** What sends taught, written together with the sends' results and before them: a crash in between loses nothing. */
export interface AccountNotes {
  /** A message that shows one task is a copy of its card from now on. */
  sent(note: SentNote, view: View): void;
  refused(note: { accountId: string; reason: string }): void;
  summary(note: SummaryNote): void;
  released(rows: readonly { id: string; told: boolean }[]): void;
  write(): Promise<void>;
  /** Which messages show a task: after the results, which must not wait for it. */
  writeCopies(): Promise<void>;
}

export function createAccountNotes(queue: NotificationQueue): AccountNotes {
  const sent = createPile<SentNote>((notes) => queue.keepSent(lastOfEach(notes)));
  const copies = createPile<SentCopy>(queue.keepCopies, { once: true });
  const lists = createPile<MessageRef & { workspaceId: string }>(queue.dropCopies, { once: true });
  const refused = createPile<{ accountId: string; reason: string }>(queue.refuse);
  const summaries = createPile<SummaryNote>(queue.summarise);
  const released = createPile<{ id: string; told: boolean }>(queue.release);
  return {
    sent(note, { copy }) {
      const { workspaceId, recipientId, address, message, sentAt } = note;
      const { channelId, messageId, ids } = message;
      sent.add(note);
      if (copy) copies.add({ workspaceId, recipientId, address, channelId, messageId, copy, sentAt });
      // One that was a copy until news of other tasks was added to it.
      else if (ids.length > 1) lists.add({ workspaceId, channelId, messageId });
    },
    refused: (note) => refused.add(note),
    summary: (note) => summaries.add(note),
    released: (rows) => released.add(...rows),
    async write() {
      await sent.write();
      await refused.write();
      await summaries.write();
      await released.write();
    },
    async writeCopies() {
      await copies.write();
      await lists.write();
    },
  };
}

/** Gathers until it is written; what could not be written stays, except where it is not worth another try. */
function createPile<Note>(write: (notes: readonly Note[]) => Promise<void>, { once = false } = {}) {
  let notes: Note[] = [];
  return {
    add: (...more: Note[]) => void notes.push(...more),
    async write(): Promise<void> {
      if (notes.length === 0) return;
      const all = [...notes];
      if (once) notes = [];
      await write(all);
      if (!once) notes = notes.slice(all.length);
    },
  };
}

const lastOfEach = (notes: readonly SentNote[]): SentNote[] => [
  ...new Map(notes.map((note) => [note.accountId, note])).values(),
];
