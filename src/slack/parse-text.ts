import type { Mention } from '../core/action.ts';
import { mentionToken, stripReserved } from '../core/command-line.ts';

export interface ParsedText {
  text: string;
  mentions: Mention[];
}

/**
 * Slack's text as people typed it: mentions become tokens, links, channels and groups their words.
 * The bot's own mention is left out. Source: docs.slack.dev/messaging/formatting-message-text.
 */
export function parseText(raw: string, botUserId?: string): ParsedText {
  const mentions: Mention[] = [];
  const text = stripReserved(raw).replace(/<([^<>]*)>|&(amp|lt|gt);/g, (_match, inside, entity) =>
    typeof entity === 'string' ? (characters[entity] ?? '') : angled(String(inside), mentions, botUserId),
  );
  return { text: text.trim(), mentions };
}

const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>' };
const decodeEntities = (text: string): string =>
  text.replace(/&(amp|lt|gt);/g, (match, entity) => characters[String(entity)] ?? match);

function angled(inside: string, mentions: Mention[], botUserId: string | undefined): string {
  const bar = inside.indexOf('|');
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? undefined : decodeEntities(inside.slice(bar + 1));
  if (target.startsWith('@')) return mention(target.slice(1), label, mentions, botUserId);
  if (target.startsWith('#')) return `#${label || target.slice(1)}`;
  if (target.startsWith('!subteam^')) return group(target.slice('!subteam^'.length), label, mentions);
  if (target.startsWith('!')) return special(target.slice(1), label);
  return linkWords(decodeEntities(target), label);
}

function mention(userId: string, name: string | undefined, mentions: Mention[], botUserId?: string): string {
  if (userId === botUserId) return '';
  mentions.push({ userId, ...(name ? { name } : {}) });
  return mentionToken(mentions.length - 1);
}

/** `!subteam^S1|@crew` */
function group(groupId: string, label: string | undefined, mentions: Mention[]): string {
  if (!groupId) return label ?? '';
  const name = (label ?? '').replace(/^@/, '') || 'group';
  mentions.push({ userId: groupId, name, group: true });
  return mentionToken(mentions.length - 1);
}

/** `!channel`, `!here`, `!date^…|fallback`: words, never a call to anyone. */
function special(target: string, label: string | undefined): string {
  if (target.startsWith('date^')) return label ?? '';
  const word = (label || target.split('^')[0]) ?? target;
  return word.startsWith('@') ? word : `@${word}`;
}

/** Slack makes links of what looks like one: `pump.in` arrives as `<http://pump.in|pump.in>`. */
function linkWords(url: string, label: string | undefined): string {
  if (!label) return url.replace(/^(mailto|tel):/, '');
  const bare = url.replace(/^(https?:\/\/|mailto:|tel:)/, '').replace(/\/$/, '');
  return bare === label.replace(/^https?:\/\//, '').replace(/\/$/, '')
    ? label
    : url.replace(/^(mailto|tel):/, '');
}
