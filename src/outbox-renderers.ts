import { languageOf } from './core/messages.ts';
import type { Clock, NewId, OpenHomes } from './core/ports.ts';
import { inLanguage } from './core/spoken.ts';
import type { View } from './core/view.ts';
import { drawDigests, isDigest } from './digest-renderers.ts';
import type {
  CardToDraw,
  ClaimedCard,
  Drawing,
  Drawn,
  RenderCards,
  RenderNotifications,
  RenderReplies,
} from './jobs/index.ts';
import type { Database } from './lib/database.ts';
import { sql } from './lib/sql.ts';
import { withReaders } from './own-cards.ts';
import { readCopyReaders } from './services/card-copies.ts';
import { readCardReaders } from './services/card-readers.ts';
import { MOST_HELD, readHeld, readNotificationContent } from './services/outbox-content.ts';
import { rightsOf } from './services/rights.ts';
import { maySee, readTasks } from './services/task-record.ts';
import { readReplies, tellHistory } from './services/tell-history.ts';
import { bundleView } from './views/bundle.ts';
import { cardCopy } from './views/card-copy.ts';
import { historyReply } from './views/history.ts';
import { taskCard } from './views/task-card.ts';

/** In the reader's language, also what the platform's renderer adds. */
const spokenTo = <Shown extends View | undefined>({ locale }: { locale: string }, view: Shown) =>
  view && inLanguage(view, languageOf(locale));

/** Teams alone can show one message differently to each of its readers. */
const isDrawnForEach = ({ copy, platform }: CardToDraw): boolean => !copy && platform === 'teams';

/** What the delivery jobs send: made at the time of sending, from the state at that time. */
export function outboxRenderers({
  db,
  clock,
  newId,
  homes,
}: {
  db: Database;
  clock: Clock;
  newId: NewId;
  /** Pages that have to follow what is sent */
  homes?: Pick<OpenHomes, 'touch'>;
}) {
  /** A page that does not follow is drawn anew when it is opened: what is sent must not wait for it. */
  const touch = async (news: Parameters<OpenHomes['touch']>[0]): Promise<void> => {
    await homes?.touch(news).catch(() => undefined);
  };

  const render: RenderNotifications = async (drawings) => {
    await touch({ personIds: drawings.flatMap(({ rows }) => rows.map(({ recipientId }) => recipientId)) });
    const digests = drawings.filter(isDigest);
    const [news, daily] = await Promise.all([
      drawNews(drawings.filter((drawing) => !isDigest(drawing))),
      drawDigests(db, digests, clock()),
    ]);
    return new Map([...news, ...daily]);
  };

  const drawNews: RenderNotifications = async (drawings) => {
    if (drawings.length === 0) return new Map();
    const summaries = drawings.filter(({ rows }) => rows[0]?.kind === 'summary');
    const held = await readHeld(
      db,
      summaries.flatMap(({ rows }) => rows.map(({ recipientId }) => recipientId)),
    );
    const heldFor = ({ rows }: Drawing): string[] => held.get(rows[0]?.recipientId ?? '') ?? [];
    const ids = drawings.flatMap((drawing) => [...idsOf(drawing), ...heldFor(drawing)]);
    const contents = await readNotificationContent(db, ids);
    const byId = new Map(contents.map((content) => [content.id, content]));
    const contentsOf = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
    return new Map(
      drawings.flatMap((drawing): [string, Drawn][] => {
        const along = heldFor(drawing);
        const isSummary = summaries.includes(drawing);
        const drawn = bundleView(contentsOf(isSummary ? along : idsOf(drawing)), {
          now: clock(),
          held: drawing.rows[0]?.data.rest !== undefined,
        });
        if (!drawn) return [];
        if (!isSummary) return [[drawing.key, drawn]];
        const told = new Set(drawing.rows.map(({ id }) => id));
        return [
          [
            drawing.key,
            {
              view: drawn.view,
              told,
              along: along.map((id) => ({ id, told: drawn.told.has(id) })),
              isFull: along.length === MOST_HELD,
            },
          ],
        ];
      }),
    );
  };

  const renderCards: RenderCards = async (cards) => {
    const taskIds = [...new Set(cards.map(({ taskId }) => taskId))];
    await touch({ taskIds });
    const tasks = await readTasks(db, taskIds);
    const copies = cards.filter(({ copy }) => copy !== undefined);
    const readers = await readCopyReaders(
      db,
      copies.map(({ id }) => id),
    );
    const audiences = await readCardReaders(db, cards.filter(isDrawnForEach));
    const byId = new Map(tasks.map((task) => [task.id, task]));
    const now = clock();
    await tellHistory({ db, clock, newId }, { cards: cards.filter(({ tells }) => tells), tasks: byId });
    const draw = ({ id, taskId, copy }: CardToDraw): View | undefined => {
      const task = byId.get(taskId);
      if (!task) return undefined;
      if (!copy) {
        const card = spokenTo(task.createdBy, taskCard(task, { reader: task.createdBy, now }));
        return withReaders(card, task, audiences.get(id) ?? []);
      }
      const reader = readers.get(id);
      if (!reader) return undefined;
      const seen = { task, standing: reader.standing };
      const may = maySee(seen, reader.id) ? rightsOf(seen, reader.id) : undefined;
      return spokenTo(reader, cardCopy(task, { news: copy.news, reader, may, now }));
    };
    const drawn = cards.map((card) => [card.id, draw(card)] as const);
    return new Map(drawn.filter((entry): entry is [string, View] => entry[1] !== undefined));
  };

  const renderReplies: RenderReplies = async (ids) => {
    const replies = await readReplies(db, ids);
    const drawn = replies.map((reply) => [reply.id, historyReply(reply)] as const);
    return new Map(drawn.filter((entry): entry is [string, View] => entry[1] !== undefined));
  };

  /** Tells who asked for a card that it can't be posted. */
  async function notPosted(card: ClaimedCard, reason: string): Promise<void> {
    const { platform, channelName } = card;
    const data = { reason, platform, ...(channelName ? { channelName } : {}) };
    await db.rows(sql`INSERT INTO notifications
        (id, organization_id, recipient_id, kind, task_id, data, dedupe_key, next_attempt_at, created_at)
      SELECT ${newId()}, t.organization_id, ${card.requestedById}, 'card_not_posted', t.id,
        ${JSON.stringify(data)}::jsonb, ${`card_not_posted:${card.id}`}, ${clock()}, ${clock()}
      FROM tasks t WHERE t.id = ${card.taskId}
      ON CONFLICT (dedupe_key) DO NOTHING`);
  }

  return { render, renderCards, renderReplies, notPosted };
}

/** Oldest first: ids are ULIDs. */
const idsOf = ({ before, rows }: Drawing): string[] => [...before, ...rows.map(({ id }) => id)].sort();
