import type { RichText, Span } from '../core/view.ts';

export type Element = Readonly<Record<string, unknown>>;

export interface TextStyle {
  /** Small grey print. */
  muted?: boolean;
  heading?: boolean;
}

/**
 * Rich text as a card element. Runs of a RichTextBlock are plain text on every client: what people typed is never read
 * as Markdown, link or mention, and nothing has to be escaped. Only a TextBlock shows a moment in the reader's own time
 * zone, but reads Markdown: it is taken where all other words are free of it.
 */
export function textElement(rich: RichText, style: TextStyle = {}): Element {
  const hasTime = rich.some((span) => span.type === 'time');
  return hasTime && rich.every(isInert) ? textBlock(rich, style) : richTextBlock(rich, style);
}

function richTextBlock(rich: RichText, style: TextStyle): Element {
  const inlines =
    rich.length === 0 ? [run({ type: 'text', text: ' ' }, style)] : rich.map((span) => run(span, style));
  return { type: 'RichTextBlock', inlines };
}

function run(span: Span, style: TextStyle): Element {
  return { type: 'TextRun', ...look(style), ...spanRun(span) };
}

function spanRun(span: Span): Element {
  switch (span.type) {
    case 'text':
      return { text: span.text, ...styles[span.style ?? 'none'] };
    case 'link':
      return isWebLink(span.url)
        ? { text: span.text, selectAction: { type: 'Action.OpenUrl', url: span.url } }
        : { text: span.text };
    case 'time':
      return { text: span.fallback };
    default:
      return span satisfies never;
  }
}

const styles = {
  none: {},
  bold: { weight: 'Bolder' },
  italic: { italic: true },
  strike: { strikethrough: true },
  code: { fontType: 'Monospace' },
} as const;

function look({ muted, heading }: TextStyle): Element {
  return {
    ...(muted ? { isSubtle: true, size: 'Small' } : {}),
    ...(heading ? { size: 'Medium', weight: 'Bolder' } : {}),
  };
}

const isWebLink = (url: string): boolean => /^https?:\/\//i.test(url);

/** Words without any sign that Markdown, autolinks or card templates could read: letters, digits, light punctuation. */
const INERT = /^[\p{L}\p{M}\p{N} ,;:'"()?%€$·–—…]*\.?$/u;

function isInert(span: Span): boolean {
  if (span.type === 'time') return true;
  return span.type === 'text' && span.style === undefined && INERT.test(span.text);
}

function textBlock(rich: RichText, style: TextStyle): Element {
  const text = rich.map((span) => (span.type === 'time' ? moment(span) : span.text)).join('');
  return { type: 'TextBlock', wrap: true, text, ...look(style) };
}

/** Card functions take whole seconds in UTC, without a fraction (learn.microsoft.com, "Text features"). */
function moment(span: Extract<Span, { type: 'time' }>): string {
  const iso = `${new Date(span.at).toISOString().slice(0, 19)}Z`;
  const date = `{{DATE(${iso}, SHORT)}}`;
  return span.format === 'date' ? date : `${date} {{TIME(${iso})}}`;
}

/** Cuts to a number of characters, visibly and never through a surrogate pair. */
export function cut(rich: RichText, limit: number): RichText {
  let left = limit;
  const kept: Span[] = [];
  for (const span of rich) {
    const words = span.type === 'time' ? span.fallback : span.text;
    if (words.length <= left) {
      kept.push(span);
      left -= words.length;
      continue;
    }
    kept.push(
      span.type === 'time' ? { type: 'text', text: '…' } : { ...span, text: cutText(span.text, left) },
    );
    return kept;
  }
  return kept;
}

export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, Math.max(0, limit - 1));
  return `${/[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head}…`;
}
