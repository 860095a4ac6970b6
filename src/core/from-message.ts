import { shorten } from './shorten.ts';

/** A message that somebody wrote, and where it stands. */
export interface QuotedMessage {
  /** As people read it, without a platform's markup */
  text: string;
  /** Its permanent address, where the platform tells */
  url?: string | undefined;
}

/** One line of a list; the whole stands in the description. */
const LONGEST_TITLE = 120;
/** What an input takes on both platforms. */
const LONGEST_QUOTE = 3_000;
/** A card shows that much of a description: below a longer text the address would be cut off. */
const SHOWN = 500;

/** The title and the description of a task to be. Empty ones are left out, and what the title says already. */
export function taskFromMessage(message: QuotedMessage): { title?: string; description?: string } {
  const first = message.text.split('\n').find((line) => line.trim() !== '');
  const title = first && shorten(first.replace(/\s+/g, ' ').trim(), LONGEST_TITLE);
  const isTitleAlone = message.text.replace(/\s+/g, ' ').trim() === title;
  const description = quote(isTitleAlone ? { ...message, text: '' } : message);
  return { ...(title ? { title } : {}), ...(description ? { description } : {}) };
}

/** The text with its address: below it, or above where it is long. */
export function quote({ text, url }: QuotedMessage): string {
  const said = text.trim();
  if (!url) return shorten(said, LONGEST_QUOTE);
  const whole = shorten(said, LONGEST_QUOTE - url.length - 1);
  const parts = whole.length + url.length < SHOWN ? [whole, url] : [url, whole];
  return parts.filter(Boolean).join('\n');
}
