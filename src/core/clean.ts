// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/**
 * What may be sent: no control characters, no half of a surrogate pair, nothing that turns the writing direction
 * of what follows (a title could make its task's state read backwards; letters of both directions need none of it).
 */
export const clean = (text: string): string => text.toWellFormed().replace(UNSEEN, '');
