import type { Mention } from '../core/action.ts';
import { mentionToken, stripReserved } from '../core/command-line.ts';
import type { Incoming } from './incoming.ts';

export interface MessageText {
  text: string;
  mentions: Mention[];
  /** The bot itself was named: in a channel the sign that it is spoken to. */
  addressed: boolean;
}

/**
 * What a person typed. Teams writes a mention as `<at>Name</at>` and names its bearer in an entity of its own;
 * spaces and angle brackets come as HTML entities.
 */
export function readText(incoming: Incoming): MessageText {
  const mentions: Mention[] = [];
  let addressed = false;
  let text = stripReserved(incoming.text);
  for (const { userId, name, text: tag, group } of incoming.mentions) {
    const own = userId === incoming.botId;
    addressed ||= own;
    if (!text.includes(tag)) continue;
    const token = own ? ' ' : mentionToken(mentions.length);
    text = text.replace(tag, () => token);
    if (!own)
      mentions.push({
        userId,
        ...(name === undefined ? {} : { name }),
        ...(group ? { group: true as const } : {}),
      });
  }
  text = joinSplitMentions(plainText(text, incoming.textFormat), mentions);
  return { text, mentions, addressed };
}

/** What people read there, without the bot's own name. */
export function spokenWords(incoming: Incoming): MessageText {
  const { text, mentions, addressed } = readText(incoming);
  const named = mentions.reduce(
    (words, { name }, index) => words.replace(mentionToken(index), () => `@${name ?? '…'}`),
    text,
  );
  return { text: named.trim(), mentions, addressed };
}

/** Where somebody shortened a name while typing, Teams sends one person's words as mentions of their own. */
function joinSplitMentions(text: string, mentions: readonly Mention[]): string {
  let joined = text;
  for (const [index, mention] of mentions.entries()) {
    if (mention.userId !== mentions[index - 1]?.userId) continue;
    joined = joined.replace(`${mentionToken(index - 1)} ${mentionToken(index)}`, mentionToken(index - 1));
  }
  return joined;
}

export function plainText(text: string, format: string | undefined): string {
  const lines = text.replace(/<br\s*\/?>|<\/(?:p|div|li)>/gi, '\n').replace(/<\/?at(?:\s[^<>]*)?>/gi, '');
  // In plain text an angle bracket is one that somebody typed.
  const bare = format === 'xml' || format === 'html' ? lines.replace(/<\/?[a-z][^<>]*>/gi, '') : lines;
  return decodeEntities(bare)
    .replace(/\u00a0/g, ' ')
    .trim();
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** In one pass, so that `&amp;lt;` stays `&lt;`. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? stripReserved(String.fromCodePoint(point)) : whole;
  });
}
