import { HOUR, MINUTE } from '../time-zone.ts';
import type { Half, Piece, Present } from './reading.ts';
import { type Form, wholeWords } from './text.ts';

type ClockForm = Form<Piece, Present>;

const NIGHT = { time: 20 * HOUR, half: 'pm' } as const;

const PARTS_OF_DAY = new Map<string, { time: number; half: 'am' | 'pm' }>([
  ['morning', { time: 9 * HOUR, half: 'am' }],
  ['afternoon', { time: 14 * HOUR, half: 'pm' }],
  ['evening', { time: 18 * HOUR, half: 'pm' }],
  ['night', NIGHT],
]);

/** `5pm`, `5:30 p.m.`, `17:00`, `17h30`, `noon`, `morning`, `eod`. The more exact form stands before the looser one. */
export const CLOCK_FORMS: readonly ClockForm[] = [
  {
    pattern: wholeWords(String.raw`(\d{1,2})(?:[:.](\d{2}))? ?([ap])\.?m\.?`),
    read: ([, hour, minute, half]) => twelveHourClock(Number(hour), Number(minute ?? 0), half),
  },
  {
    pattern: wholeWords(String.raw`(\d{1,2})[:.](\d{2})(?::\d{2})?(?: uhr)?`),
    read: ([, hour, minute], { context }) =>
      clock(Number(hour), Number(minute), halfOf(hour, { asksBack: context.hourCycle === 'h12' })),
  },
  {
    pattern: wholeWords(String.raw`(\d{1,2})h(\d{2})?`),
    read: ([, hour, minute]) => clock(Number(hour), Number(minute ?? 0), 'known'),
  },
  {
    pattern: wholeWords(String.raw`(?<=(?:^|[ ,])(?:at|by|before|until|till) )(\d{1,2})(?: ?o'?clock)?`),
    read: ([, hour], { context }) =>
      clock(Number(hour), 0, halfOf(hour, { asksBack: context.hourCycle !== 'h23' })),
  },
  { pattern: wholeWords('noon|midday'), read: () => clock(12, 0, 'known') },
  // Who says "Friday midnight" means the end of Friday.
  { pattern: wholeWords('midnight'), read: () => clock(24, 0, 'known') },
  {
    pattern: wholeWords('eod|cob|end of (?:the |this )?(?:business |working |work)?day'),
    read: () => ({ type: 'endOfDay' }),
  },
  {
    pattern: wholeWords('tonight'),
    read: () => ({ type: 'partOfDay', ...NIGHT, today: true, lastsAllDay: true }),
  },
  {
    pattern: wholeWords('(this |in the )?(morning|afternoon|evening|night)'),
    read: ([, before, name]) => {
      const part = PARTS_OF_DAY.get(name ?? '');
      return part && { type: 'partOfDay', ...part, today: before === 'this ', lastsAllDay: false };
    },
  },
];

function twelveHourClock(hour: number, minute: number, half: string | undefined): Piece | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return clock((hour % 12) + (half === 'p' ? 12 : 0), minute, 'known');
}

function clock(hour: number, minute: number, half: Half): Piece | undefined {
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return undefined;
  return { type: 'clock', time: hour * HOUR + minute * MINUTE, half };
}

/** Nobody writes a leading zero on a twelve-hour clock, and twelve itself is read as noon. */
function halfOf(hour: string | undefined, options: { asksBack: boolean }): Half {
  if (!/^(?:[1-9]|1[01])$/.test(hour ?? '')) return 'known';
  return options.asksBack ? 'unknown' : 'guessed';
}
