import { clean, legible } from '../core/clean.ts';
import { shorten } from '../core/shorten.ts';
import { tellsATime, textsOf } from '../core/times-in-words.ts';
import { plain, type RichText, type Span, type View } from '../core/view.ts';

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
  const spans = tidy(rich);
  return showsMoment(spans) ? textBlock(spans, style) : richTextBlock(spans, style);
}

/** The same, where a line with a moment may stand as an element of its own, so that it can be shown in the reader's time zone. */
export function textElements(rich: RichText, style: TextStyle = {}): Element[] {
  const parts: Span[][] = [];
  for (const line of linesOf(rich)) {
    const last = parts.at(-1);
    if (!last || showsMoment(line) || showsMoment(last)) parts.push([...line]);
    else last.push(...plain('\n'), ...line);
  }
  return parts.map((part, index) => ({
    ...textElement(part, style),
    ...(index > 0 ? { spacing: 'None' } : {}),
  }));
}

/** Whether every moment of a view can be shown in its reader's zone: a card never tells times in two forms. */
export const showsEveryMoment = (view: View): boolean =>
  view.nodes.every((node) => {
    if (node.type === 'text') return linesOf(node.text).every(isShowable);
    return textsOf({ ...view, nodes: [node] }).every((text) => isShowable(tidy(text)));
  });

const isShowable = (spans: RichText): boolean => !tellsATime(spans) || showsMoment(spans);

const showsMoment = (spans: RichText): boolean =>
  spans.some((span) => span.type === 'time') && spans.every(isInert);

function linesOf(rich: RichText): RichText[] {
  const lines: Span[][] = [[]];
  for (const span of tidy(rich)) {
    if (span.type !== 'text') {
      lines.at(-1)?.push(span);
      continue;
    }
    for (const [index, words] of span.text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (words) lines.at(-1)?.push({ ...span, text: words });
    }
  }
  return lines;
}

/** Only what can be shown, in as few runs as can be. */
function tidy(rich: RichText): RichText {
  const spans: Span[] = [];
  for (const span of rich.map(cleaned)) {
    const last = spans.at(-1);
    if (span.type !== 'text' || last?.type !== 'text' || span.style !== last.style) spans.push(span);
    else spans[spans.length - 1] = { ...last, text: last.text + span.text };
  }
  return spans.filter((span) => span.type === 'time' || span.text !== '');
}

const cleaned = (span: Span): Span =>
  span.type === 'time' ? { ...span, fallback: clean(span.fallback) } : { ...span, text: legible(span.text) };

function richTextBlock(spans: RichText, style: TextStyle): Element {
  const shown = spans.length > 0 ? spans : plain(' ');
  return { type: 'RichTextBlock', inlines: shown.map((span) => run(span, style)) };
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

/** Words without any sign that Markdown, autolinks or card templates could read: letters, digits, light punctuation, the signs of states. */
const INERT = /^[\p{L}\p{M}\p{N} ,;:'’“”«»¿¡"()?%€$·–—…→○◐■◇●×]*\.?$/u;

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

/** The same of a string, of which only what can be shown is left. */
export function cutText(given: string, limit: number): string {
  const text = clean(given);
  // Of words that were set apart, the end may have been cut off.
  return text.length <= limit ? text : clean(shorten(text, limit));
}
