import type { Messages } from '../core/messages.ts';
import type { Away } from '../services/away.ts';
import { untilWords } from './settings-words.ts';
import type { Reader } from './words.ts';

/** " Wes is away until Tue 1 Dec, 07:00.", to stand behind another sentence; empty when nobody is. */
export function awayWords(
  away: readonly Away[],
  { messages, reader, now }: { messages: Messages; reader: Reader; now: Date },
): string {
  return away
    .map(({ name, until }) => ` ${messages.bundles.away(name, untilWords(until, { now, ...reader }))}`)
    .join('');
}
