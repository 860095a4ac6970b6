import type { Clock, NewId, WorkspaceRef } from '../core/ports.ts';
import type { Database } from '../lib/database.ts';
import { sql } from '../lib/sql.ts';
import { type HistoryEntry, happenings } from './history.ts';
import { readAssignees, readSnapshot, type Snapshot, snapshotOf } from './task-changes.ts';
import type { TaskRecord } from './task-record.ts';

/** A card whose thread tells what happens to its task. */
export interface TellingCard {
  id: string;
  taskId: string;
  platform: string;
  workspace: WorkspaceRef;
  channelId: string;
  toldVersion: number;
  toldSince: Date;
}

interface Change {
  taskId: string;
  version: number;
  before: unknown;
  /** Else `before` is only what reports need: see historyRows */
  undoable: boolean;
  /** ISO times */
  at: string;
  undoneAt: string | null;
  byId: string;
  by: string;
}

interface Said {
  id: string;
  taskId: string;
  by: string;
  externalId: string | null;
  at: string;
}

interface Told {
  id: string;
  cardId: string;
  isSent: boolean;
  commentIds: string[];
}

/** What comes within this time becomes one message, in ms. */
const GATHER_MS = 3_000;
/** Older news is no news: what could not be told for so long is left out. In ms. */
const NEWS_MS = 24 * 60 * 60 * 1_000;

interface Deps {
  db: Database;
  clock: Clock;
  newId: NewId;
}

/**
 * Puts what happened since the last time into the queue of the cards' threads. Changes are read from what undo keeps,
 * so a commit has nothing to write for this. `tasks` were read before: what is newer comes up with the next refresh.
 * Only who holds a card's lease may tell for it.
 */
export async function tellHistory(
  deps: Deps,
  { cards, tasks }: { cards: readonly TellingCard[]; tasks: ReadonlyMap<string, TaskRecord> },
): Promise<void> {
  const telling = cards.filter(({ taskId }) => tasks.has(taskId));
  if (telling.length === 0) return;
  const { changes, comments, told } = await readNews(deps, telling);
  const news = telling.map((card) => {
    const task = tasks.get(card.taskId);
    const own = told.filter(({ cardId }) => cardId === card.id);
    const entries = task
      ? [
          ...changesFor(card, task, changes),
          ...commentsFor(card, comments, new Set(own.flatMap(({ commentIds }) => commentIds))),
        ].sort((a, b) => a.at.localeCompare(b.at))
      : [];
    const unsent = own.find(({ isSent }) => !isSent)?.id;
    return { card, version: task?.version ?? card.toldVersion, entries, unsent };
  });
  const worth = news.filter(({ entries, version, card }) => entries.length > 0 || version > card.toldVersion);
  if (worth.length > 0) await keepNews(deps, worth);
}

async function readNews({ db, clock }: Deps, cards: readonly TellingCard[]) {
  const since = new Date(clock().getTime() - NEWS_MS);
  const [row] = await db.rows<{ changes: Change[] | null; comments: Said[] | null; told: Told[] | null }>(sql`
    WITH card AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(cards)}::jsonb)
      AS c(id text, "taskId" text, "toldVersion" int, "toldSince" timestamptz)),
    about AS (SELECT "taskId" AS id, min("toldVersion") AS version, greatest(min("toldSince"), ${since}::timestamptz) AS since
      FROM card GROUP BY 1)
    SELECT
      (SELECT json_agg(json_build_object('taskId', c.task_id, 'version', c.version, 'before', c.before, 'undoable', c.undoable, 'at', c.created_at,
          'undoneAt', c.undone_at, 'byId', p.id, 'by', p.name) ORDER BY c.version)
        FROM about a JOIN task_changes c ON c.task_id = a.id AND c.version >= a.version JOIN persons p ON p.id = c.person_id) AS changes,
      (SELECT json_agg(json_build_object('id', c.id, 'taskId', c.task_id, 'by', p.name, 'externalId', c.external_id, 'at', c.created_at))
        FROM about a JOIN comments c ON c.task_id = a.id AND c.created_at >= a.since JOIN persons p ON p.id = c.author_id) AS comments,
      (SELECT json_agg(json_build_object('id', r.id, 'cardId', r.card_id, 'isSent', r.message_id IS NOT NULL OR r.state = 'dead',
          'commentIds', r.comment_ids) ORDER BY r.id)
        FROM card_replies r WHERE r.card_id IN (SELECT id FROM card) AND r.created_at > ${since}::timestamptz) AS told`);
  return { changes: row?.changes ?? [], comments: row?.comments ?? [], told: row?.told ?? [] };
}

function changesFor(card: TellingCard, task: TaskRecord, all: readonly Change[]): HistoryEntry[] {
  const own = all.filter(({ taskId, version }) => taskId === task.id && version <= task.version);
  const states = statesBefore(own, snapshotOf(task));
  const undone = new Set(own.flatMap(({ version, undoneAt }) => (undoneAt ? [version] : [])));
  return own.flatMap(({ version, at, undoneAt, by, byId }, index): HistoryEntry[] => {
    const before = states[index];
    const after = states[index + 1];
    const isOld = version <= card.toldVersion || new Date(at) < card.toldSince;
    // An undo is the very next version. What was taken back before anybody could read of it has not happened.
    if (undoneAt && version === card.toldVersion && task.version > version)
      return [{ who: by, at: timeOf(undoneAt), kind: 'undone' }];
    if (isOld || undoneAt || undone.has(version - 1) || !before || !after) return [];
    return happenings(before, after, byId).map((happening) => ({ who: by, at: timeOf(at), ...happening }));
  });
}

/** The task before each of its changes, and at last as it is now. */
function statesBefore(changes: readonly Change[], now: Snapshot): Snapshot[] {
  const states = [now];
  let next = now;
  for (const { before, undoable } of changes.toReversed()) {
    next = undoable ? readSnapshot(before) : { ...next, assignees: assigneesBefore(before, next) };
    states.unshift(next);
  }
  return states;
}

/** Of a change that can't be undone, who had the task is known, by name those who still have it. */
function assigneesBefore(before: unknown, next: Snapshot): Snapshot['assignees'] {
  const had = readAssignees(before);
  return next.assignees.filter(({ id }) => had.some((one) => one.id === id));
}

/** What was said in the card's own thread stands there already. */
function commentsFor(card: TellingCard, all: readonly Said[], told: ReadonlySet<string>): HistoryEntry[] {
  const here = `${card.platform}:${card.workspace.externalId}:${card.channelId}:`;
  return all.flatMap(({ id, taskId, by, externalId, at }): HistoryEntry[] => {
    if (taskId !== card.taskId || new Date(at) < card.toldSince) return [];
    if (told.has(id) || externalId?.startsWith(here)) return [];
    return [{ kind: 'comment', id, who: by, at: timeOf(at) }];
  });
}

const timeOf = (at: string): string => new Date(at).toISOString();

interface News {
  card: TellingCard;
  version: number;
  entries: readonly HistoryEntry[];
  /** A reply that was not posted yet: it tells this too. */
  unsent: string | undefined;
}

async function keepNews({ db, clock, newId }: Deps, news: readonly News[]): Promise<void> {
  const now = clock();
  const rows = news.map(({ card, version, entries, unsent }) => ({
    cardId: card.id,
    version,
    unsent,
    id: newId(),
    entries,
    comments: entries.flatMap((entry) => (entry.kind === 'comment' ? [entry.id] : [])),
    isNew: entries.length > 0 && unsent === undefined,
  }));
  await db.rows(sql`WITH s AS (SELECT *, ARRAY(SELECT jsonb_array_elements_text(comments)) AS ids
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s("cardId" text, version int, unsent text, id text,
        entries jsonb, comments jsonb, "isNew" boolean)),
    told AS (UPDATE task_cards c SET told_version = greatest(c.told_version, s.version) FROM s WHERE c.id = s."cardId"),
    more AS (UPDATE card_replies r SET entries = r.entries || s.entries, comment_ids = r.comment_ids || s.ids,
        revision = r.revision + 1, state = 'pending',
        next_attempt_at = CASE WHEN r.state = 'sent' THEN ${now}::timestamptz ELSE r.next_attempt_at END
      FROM s WHERE r.id = s.unsent AND r.state <> 'dead')
    INSERT INTO card_replies (id, card_id, entries, comment_ids, next_attempt_at, created_at)
    SELECT s.id, s."cardId", s.entries, s.ids, ${new Date(now.getTime() + GATHER_MS)}::timestamptz, ${now}::timestamptz
    FROM s WHERE s."isNew"`);
}

/** A reply with all that it tells, as it reads now. */
export interface TellingReply {
  id: string;
  createdAt: Date;
  entries: readonly HistoryEntry[];
  /** Bodies of the comments that are still there */
  comments: Readonly<Record<string, string>>;
  /** As the card is worded */
  reader: { timeZone: string; locale: string };
}

export async function readReplies(db: Database, ids: readonly string[]): Promise<TellingReply[]> {
  const rows = await db.rows<
    TellingReply & { timeZone: string; locale: string }
  >(sql`SELECT r.id, r.created_at AS "createdAt", r.entries,
      coalesce((SELECT json_object_agg(c.id, c.body) FROM comments c WHERE c.id = ANY(r.comment_ids)), '{}'::json) AS comments,
      json_build_object('timeZone', p.time_zone, 'locale', p.locale) AS reader
    FROM card_replies r JOIN task_cards k ON k.id = r.card_id JOIN tasks t ON t.id = k.task_id JOIN persons p ON p.id = t.created_by_id
    WHERE r.id = ANY(${[...ids]}::text[])`);
  return rows.map(({ id, createdAt, entries, comments, reader }) => ({
    id,
    createdAt,
    entries,
    comments,
    reader,
  }));
}
