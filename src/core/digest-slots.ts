import { timeOf } from './quiet-time.ts';
import type { TimeOfDay } from './settings.ts';
import { DAY, HOUR, instantOf, startOfDay, type WallTime, wallTime } from './time-zone.ts';

/** A time of day on one day in one zone, for all who have their digest then. */
export interface Slot {
  zone: string;
  at: TimeOfDay;
  /** YYYY-MM-DD, of the calendar in that zone */
  date: string;
  /** ISO: 1 is Monday */
  weekday: number;
  instant: Date;
  dayEnd: Date;
}

/** A digest of a day that has just ended is still read; a later one is nobody's morning any more. */
const LATE_MS = 2 * HOUR;

/**
 * The slots after one moment, up to and with another. A time that clocks skip comes when they go on; of one that they show
 * twice, the first counts. After downtime the slots of a day that is over are left out.
 */
export function slotsBetween({
  zones,
  times,
  after,
  until,
}: {
  zones: readonly string[];
  times: readonly TimeOfDay[];
  after: Date;
  until: Date;
}): Slot[] {
  return zones.flatMap((zone) => {
    const today = startOfDay(wallTime(until, zone));
    return [today - DAY, today].flatMap((day) =>
      times.flatMap((at) => {
        const instant = instantOf(day + timeOf(at), zone);
        if (instant <= after || instant > until) return [];
        if (day < today && until.getTime() - instant.getTime() > LATE_MS) return [];
        return [slotOf({ zone, at, instant }, day)];
      }),
    );
  });
}

function slotOf(slot: Pick<Slot, 'zone' | 'at' | 'instant'>, day: WallTime): Slot {
  const date = new Date(day);
  return {
    ...slot,
    date: date.toISOString().slice(0, 10),
    weekday: ((date.getUTCDay() + 6) % 7) + 1,
    dayEnd: instantOf(day + DAY, slot.zone),
  };
}

/** Whether a digest that is sent now is still that of the day which it was made for. */
export const isStillRead = (now: Date, { instant, dayEnd }: { instant: Date; dayEnd: Date }): boolean =>
  now < dayEnd || now.getTime() - instant.getTime() <= LATE_MS;
