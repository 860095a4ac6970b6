import { languageOf } from './core/messages.ts';
import type { Clock, OwnCards } from './core/ports.ts';
import { inLanguage } from './core/spoken.ts';
import type { View } from './core/view.ts';
import type { Database } from './lib/database.ts';
import { type CardReader, readViewer } from './services/card-readers.ts';
import { rightsOf } from './services/rights.ts';
import { maySee, readTasks, type TaskRecord } from './services/task-record.ts';
import { buttonsDiffer, taskCard } from './views/task-card.ts';

/** Teams draws a card anew for so many people: learn.microsoft.com, "User specific views". */
const MOST_READERS = 60;

/** Cards of channels as one person sees them: in their zone and language, with the buttons that they may press. */
export function createOwnCards({ db, clock }: { db: Database; clock: Clock }): OwnCards {
  return {
    async draw(looks) {
      const viewer = await readViewer(db, looks);
      if (!viewer) return undefined;
      const [task] = await readTasks(db, [viewer.taskId]);
      const seen = task && { task, standing: viewer.standing };
      if (!seen || !maySee(seen, viewer.personId)) return undefined;
      const may = rightsOf(seen, viewer.personId);
      const card = taskCard(task, { reader: viewer, now: clock(), may });
      return { ...inLanguage(card, languageOf(viewer.locale)), readers: [viewer.userId] };
    },
  };
}

/** A card with those for whom it is to be drawn anew when they look at it. */
export function withReaders(card: View, task: TaskRecord, people: readonly CardReader[]): View {
  const readers = people
    .filter(({ personId, standing }) => buttonsDiffer(task, rightsOf({ task, standing }, personId)))
    .slice(0, MOST_READERS)
    .map(({ userId }) => userId);
  return readers.length > 0 ? { ...card, readers } : card;
}
