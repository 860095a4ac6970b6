import type { types } from '@slack/bolt';
import { clean, legible } from '../core/clean.ts';
import type { RichText, Span } from '../core/view.ts';
import { clip } from './limits.ts';

export type TextObject = types.MrkdwnElement | types.PlainTextElement;
type TextSpan = Extract<Span, { type: 'text' }>;

/** Slack decodes exactly these three: docs.slack.dev/messaging/formatting-message-text#escaping. */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => entities[character] ?? character);
}
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Rich text as Slack's text object.
 *
 * mrkdwn has no escape for `*`, `_`, `~`, backtick and a quote's `>`: a title with one of them could start
 * formatting. Zero-width characters don't stop it (they count as word borders, which is what formatting needs)
 * and `rich_text` can hold neither a row's button nor a context line. So text that contains one goes as
 * `plain_text`, where nothing is markup: it loses its bold, and shows exactly what was typed. `verbatim`
 * keeps Slack from turning `@channel`, `#dock` and bare addresses in the rest into mentions and links.
 */
export function textObject(rich: RichText, max: number): TextObject {
  const spans = rich.map(cleaned).filter((span) => span.type !== 'text' || span.text !== '');
  if (!spans.every(isHarmless)) return plainText(plainWords(spans), max);
  return { type: 'mrkdwn', text: mrkdwn(spans, max), verbatim: true };
}

/** Text without any markup. An empty one becomes a dash: Slack refuses empty texts. */
export function plainText(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: clip(legible(text), max).trim() || '–', emoji: true };
}

function cleaned(span: Span): Span {
  if (span.type === 'time') return { ...span, fallback: clean(span.fallback) };
  return { ...span, text: legible(span.text) };
}

/** A quote's mark counts only where a line begins. */
const markup = /[*_~`]|^\s*>/m;

function isHarmless(span: Span): boolean {
  switch (span.type) {
    case 'text':
      // Inside code only a backtick is special: `list team_x` may stand there.
      return span.style === 'code' ? !/[`\n]/.test(span.text) : !markup.test(span.text);
    case 'link':
      return !markup.test(span.text) && !/[|\n]/.test(span.text);
    case 'time':
      return !markup.test(span.fallback) && !/[|^<\n]/.test(span.fallback);
    default:
      return span satisfies never;
  }
}

function plainWords(spans: readonly Span[]): string {
  return spans.map(plainSpan).join('');
}

function plainSpan(span: Span): string {
  if (span.type === 'time') return span.fallback;
  return span.type === 'link' && span.text !== span.url ? `${span.text} (${span.url})` : span.text;
}

function mrkdwn(spans: readonly Span[], max: number): string {
  let rendered = '';
  for (const [index, span] of spans.entries()) {
    const markupAllowed = standsFree(spans, index);
    const piece = spanMrkdwn(span, markupAllowed);
    if (rendered.length + piece.length <= max) {
      rendered += piece;
      continue;
    }
    return rendered + cutSpan(span, max - rendered.length);
  }
  return rendered.trim() === '' ? '–' : rendered;
}

/** The last span that is shown, without its style: what doesn't fit is cut visibly. */
function cutSpan(span: Span, room: number): string {
  if (room < 1) return '';
  return escapeText(clip(plainSpan(span), room, (part) => escapeText(part).length));
}

function spanMrkdwn(span: Span, markupAllowed: boolean): string {
  switch (span.type) {
    case 'text':
      return markupAllowed ? styled(span) : escapeText(span.text);
    case 'link':
      return linkMrkdwn(span.text, span.url);
    case 'time':
      return timeMrkdwn(span.at, span.format, span.fallback);
    default:
      return span satisfies never;
  }
}

const marks = { bold: '*', italic: '_', strike: '~', code: '`' } as const;

function styled(span: TextSpan): string {
  if (!span.style) return escapeText(span.text);
  const mark = marks[span.style];
  return `${mark}${escapeText(span.text)}${mark}`;
}

/** Slack formats only what stands between spaces or punctuation, on one line; else it would show the marks. */
function standsFree(spans: readonly Span[], index: number): boolean {
  const span = spans[index];
  if (span?.type !== 'text' || !span.style) return true;
  if (span.text.trim() !== span.text || span.text.includes('\n')) return false;
  const before = plainWords(spans.slice(index - 1, index)).at(-1) ?? ' ';
  const after = plainWords(spans.slice(index + 1, index + 2)).at(0) ?? ' ';
  return /[\s([{"'“‘—–·•:,/]/.test(before) && /[\s.,:;!?)\]}"'”’—–·•/]/.test(after);
}

/** A link to the web or to a mail address; any other scheme stays words. */
function linkMrkdwn(label: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !['http:', 'https:', 'mailto:'].includes(url.protocol)) return escapeText(label);
  return `<${escapeText(url.href.replaceAll('|', '%7C').replaceAll('>', '%3E'))}|${escapeText(label)}>`;
}

/** docs.slack.dev/messaging/formatting-message-text#date-formatting: seconds, in the reader's own zone. */
function timeMrkdwn(at: number, format: 'date' | 'datetime', fallback: string): string {
  const pattern = format === 'date' ? '{date_short_pretty}' : '{date_short_pretty} {time}';
  return `<!date^${Math.floor(at / 1_000)}^${pattern}|${escapeText(fallback)}>`;
}
