import { isStillRead } from './core/digest-slots.ts';
import { languageOf } from './core/messages.ts';
import type { Report } from './core/report.ts';
import { periodOf } from './core/report-period.ts';
import { inLanguage } from './core/spoken.ts';
import type { View } from './core/view.ts';
import type { ClaimedNotification, Drawing, Drawn } from './jobs/index.ts';
import type { Database } from './lib/database.ts';
import { readChannelDigests } from './services/channel-digest.ts';
import { readDigests } from './services/digest-content.ts';
import { readReport } from './services/report.ts';
import { readWeeklyReports, type WeeklyReport } from './services/weekly-report.ts';
import { channelDigestView } from './views/channel-digest.ts';
import { digestView } from './views/digest.ts';
import { weeklyReportView } from './views/weekly-report.ts';

/** In the reader's language, also what the platform's renderer adds. */
const spokenTo = ({ locale }: { locale: string }, view: View | undefined) =>
  view && inLanguage(view, languageOf(locale));

const KINDS = ['digest', 'channel_digest', 'weekly_report'] as const;
type Kind = (typeof KINDS)[number];
const DAY_MS = 24 * 60 * 60 * 1_000;

export const isDigest = ({ rows }: Drawing): boolean => KINDS.some((kind) => rows[0]?.kind === kind);

/** Digests and reports as they are at the time of sending; left out: nothing is in it any more, or its day is over. */
export async function drawDigests(
  db: Database,
  drawings: readonly Drawing[],
  now: Date,
): Promise<Map<string, Drawn>> {
  const rows = drawings.flatMap(({ rows }) => rows).filter((row) => isStillRead(now, momentsOf(row, now)));
  const of = (kind: Kind) => rows.filter((row) => row.kind === kind);
  const drawn = new Map<string, Drawn>();
  const add = (id: string, view: View | undefined, held: readonly string[] = []): void => {
    const along = held.map((heldId) => ({ id: heldId, told: true }));
    if (view) drawn.set(id, { view, told: new Set([id]), along });
  };
  const asks = of('digest').map((row) => ({
    id: row.id,
    personId: row.recipientId,
    now,
    ...momentsOf(row, now),
  }));
  for (const content of await readDigests(db, asks))
    add(content.id, spokenTo(content.recipient, digestView(content, now)), content.held);

  const weekly = of('weekly_report').map(({ id, recipientId, recipient }) => ({
    ...{ id, personId: recipientId, now },
    ...lastWeek(recipient, now),
  }));
  for (const report of await readWeeklyReports(db, weekly)) {
    const row = rows.find(({ id }) => id === report.id);
    const picture = row && (await pictureOf(db, report, { row, now }));
    add(report.id, spokenTo(report.recipient, weeklyReportView(report, picture)));
  }

  const channels = of('channel_digest');
  const contents = await readChannelDigests(
    db,
    channels.map((row) => ({ id: row.data.digest ?? '', now, ...momentsOf(row, now) })),
  );
  for (const { id, data } of channels) {
    const content = contents.find((one) => one.id === data.digest);
    if (content) add(id, spokenTo(content.reader, channelDigestView(content, now)));
  }
  return drawn;
}

/** The last whole week of their calendar, which the picture shows too. */
function lastWeek(reader: { timeZone: string; locale: string }, now: Date): { since: Date; until: Date } {
  const { moments, before } = periodOf({ period: 'week', back: 1 }, { reader, now });
  return { since: moments[before - 1] ?? now, until: moments.at(-1) ?? now };
}

/** The last whole week of the manager's calendar. Where it takes too long to count, the words go without it. */
function pictureOf(
  db: Database,
  { recipient: { id, timeZone, locale } }: WeeklyReport,
  { row, now }: { row: ClaimedNotification; now: Date },
): Promise<Report | undefined> {
  const actor = { personId: id, organizationId: row.organizationId, timeZone, locale };
  const asked = { subject: { type: 'owned' }, period: 'week', back: 1 } as const;
  return readReport({ db, now, actor }, asked).catch(() => undefined);
}

function momentsOf({ data }: ClaimedNotification, now: Date) {
  const moment = (name: string, otherwise: Date): Date => (data[name] ? new Date(data[name]) : otherwise);
  return {
    instant: moment('instant', now),
    dayEnd: moment('dayEnd', now),
    since: moment('since', new Date(now.getTime() - DAY_MS)),
  };
}
