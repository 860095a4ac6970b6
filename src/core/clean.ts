// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066\u2067]/g;
/** Words that were set apart (see isolate.ts), or half of that */
const SET_APART = /\u2068[^\u2068\u2069]*\u2069|[\u2068\u2069]/g;

/**
 * What may be sent: no control characters, no half of a surrogate pair, nothing that turns the writing direction
 * of what follows (a title could make its task's state read backwards; letters of both directions need none of it). Words that are set apart as a whole turn nothing else.
 */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(UNSEEN, '')
    .replace(SET_APART, (found) => (found.length > 1 ? found : ''));

/** The same of what is read and not edited: no more than one empty line in a row, so that nobody fills a screen with nothing. */
export const legible = (text: string): string => clean(text).replace(/\n(?:[^\S\n]*\n){2,}/g, '\n\n');

/** The same on one line: for summaries, titles and labels. */
export const oneLine = (text: string): string => clean(text).replace(/\s+/g, ' ').trim();
