export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What a phone shows of a message without being opened. */
export const lockScreen = (words: string): string => `<p class="lock" dir="auto">${escapeHtml(words)}</p>`;

/** JSON inside a page: no text of it can end the script element. */
export const jsonScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
