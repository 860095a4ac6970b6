import type { types } from '@slack/bolt';
import { clean } from '../../src/core/clean.ts';
import type { Span, View } from '../../src/core/view.ts';

/**
 * What Slack would read as markup in these blocks although the view asked for none there: styles, links, quotes.
 * It reads the text as Slack does (docs.slack.dev/messaging/formatting-message-text), apart from the renderer.
 */
export function unaskedMarkup(view: View, blocks: readonly types.KnownBlock[]): string[] {
  const asked = spansOf(view);
  return mrkdwnOf(blocks).flatMap((text) => unasked(text, asked));
}

const marks = [
  ['code', '`'],
  ['bold', '*'],
  ['italic', '_'],
  ['strike', '~'],
] as const;

function unasked(text: string, asked: readonly Span[]): string[] {
  const links = new Set(asked.flatMap((span) => (span.type === 'link' ? [hrefOf(span.url)] : [])));
  const linked = [...text.matchAll(/<((?:https?|mailto):[^|>]*)\|/g)].map(([, url = '']) => url);
  const words = withoutAsked(text.replace(/<(?:!date|https?:|mailto:)[^>]*>/g, ''), asked);
  return [
    ...linked.filter((url) => !links.has(url)).map((url) => `a link to ${url}`),
    ...(words.match(/[*_~`]/g) ?? []).map((mark) => `${mark} in “${text.slice(0, 80)}”`),
    ...(/^\s*&gt;/m.test(words) ? [`a quote in “${text.slice(0, 80)}”`] : []),
  ];
}

function withoutAsked(text: string, asked: readonly Span[]): string {
  return marks.reduce((words, [style, mark]) => {
    const styled = asked.flatMap((span) => (span.type === 'text' && span.style === style ? [span.text] : []));
    const longestFirst = styled.map((one) => escaped(clean(one))).sort((a, b) => b.length - a.length);
    return longestFirst.reduce((rest, one) => rest.replaceAll(`${mark}${one}${mark}`, ''), words);
  }, text);
}

function hrefOf(url: string): string {
  if (!URL.canParse(url)) return url;
  return escaped(new URL(url).href.replaceAll('|', '%7C').replaceAll('>', '%3E'));
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Every run of text in a view. */
export function spansOf(value: unknown): Span[] {
  if (Array.isArray(value)) return value.flatMap(spansOf);
  if (typeof value !== 'object' || value === null) return [];
  if (isSpan(value)) return [value];
  return [...labelOf(value), ...Object.values(value).flatMap(spansOf)];
}

/** The label of a field is drawn bold. */
const labelOf = (value: object): Span[] =>
  'label' in value && 'value' in value ? [{ type: 'text', text: String(value.label), style: 'bold' }] : [];

const isSpan = (value: object): value is Span =>
  ('type' in value && value.type === 'link') ||
  ('type' in value && value.type === 'text' && 'text' in value && typeof value.text === 'string');

function mrkdwnOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnOf);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return [String(value.text)];
  return Object.values(value).flatMap(mrkdwnOf);
}
