import { legible, oneLine } from '../core/clean.ts';
import { type Messages, messagesFor } from '../core/messages.ts';
import { timesInWords } from '../core/times-in-words.ts';
import {
  type ImageNode,
  type ListRow,
  plain,
  type RichText,
  type Tone,
  toPlain,
  type View,
  type ViewNode,
} from '../core/view.ts';
import { buttonRows, note, type Pen, type Press, penFor, pressed } from './buttons.ts';
import { buttonData, REFRESH } from './card-data.ts';
import type { Outgoing } from './connector.ts';
import { cut, cutText, type Element, showsEveryMoment, textElement, textElements } from './rich-text.ts';

/** Teams refuses messages from about 100 KB with 413; cards are safe up to 28 KB. In bytes, with room for addressing. */
export const CARD_LIMIT = 27_000;
/** A toast shows one or two lines, in characters. */
const SUMMARY_LIMIT = 200;

/** No card holds more, even of the shortest: saves drawing thousands in vain. */
const MOST_PARTS = 250;

/** How much is drawn; stepped down until the card fits. */
interface Budget {
  rows: number;
  nodes: number;
  /** Characters a text */
  text: number;
  pictures: boolean;
}

/** A view as a message. `nonce` must be new for each drawing: it tells a click on this card from one on the next. */
export function renderMessage(view: View, nonce: string, press: Press = pressed): Outgoing {
  const sentence = plainSentence(view);
  if (sentence === undefined) return cardMessage(view.summary, renderCard(view, nonce, press));
  return { type: 'message', text: sentence, textFormat: 'plain', summary: summaryOf(view.summary) };
}

/** A card and nothing beside it: Teams refuses an update that has text and a card. */
export function cardMessage(summary: string, card: Element): Outgoing {
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content: card };
  return { type: 'message', summary: summaryOf(summary), attachments: [attachment] };
}

/** Never empty: the toast would say "Sent a card". */
const summaryOf = (summary: string): string => cutText(oneLine(summary), SUMMARY_LIMIT) || 'Crewline';

/** A view as an Adaptive Card 1.5, the newest that all Teams clients draw. What doesn't fit is cut, and said to be. */
export function renderCard(given: View, nonce: string, press: Press = pressed): Element {
  const view = showsEveryMoment(given) ? given : timesInWords(given);
  const messages = messagesFor(view.language ?? 'en');
  for (const budget of budgets(view)) {
    const card = {
      ...draw(view, { pen: penFor(nonce, press), messages }, budget),
      ...refreshOf(view, nonce),
    };
    if (Buffer.byteLength(JSON.stringify(card)) <= CARD_LIMIT) return card;
  }
  return adaptiveCard([note(messages.teams.answerTooLong)]);
}

/** One unstyled sentence reads best as a plain bubble. Plain text is read neither as Markdown nor as HTML. */
function plainSentence(view: View): string | undefined {
  const [node] = view.nodes;
  if (view.title !== undefined || view.nodes.length !== 1 || node?.type !== 'text' || node.muted)
    return undefined;
  if ((view.tone ?? 'neutral') !== 'neutral') return undefined;
  if (!node.text.every((span) => span.type === 'text' && span.style === undefined)) return undefined;
  const sentence = legible(toPlain(node.text)).trim();
  // Without an entity beside it `<at>` names nobody, but some clients hide the tag.
  return sentence !== '' && sentence.length <= 2_000 && !/[<>]/.test(sentence) ? sentence : undefined;
}

function* budgets(view: View): Generator<Budget> {
  const listed = view.nodes.reduce((sum, node) => sum + (node.type === 'list' ? node.rows.length : 0), 0);
  const rows = Math.min(listed, MOST_PARTS);
  const nodes = Math.min(view.nodes.length, MOST_PARTS);
  for (const pictures of [true, false]) {
    for (const text of [4_000, 1_000, 300]) yield { rows, nodes, text, pictures };
  }
  for (let left = Math.min(rows - 1, 60); left > 0; left -= Math.ceil(left / 12)) {
    yield { rows: left, nodes, text: 300, pictures: false };
  }
  for (let left = Math.min(nodes, 40); left > 0; left = Math.floor(left / 2))
    yield { rows: 0, nodes: left, text: 200, pictures: false };
}

function draw(view: View, { pen, messages }: { pen: Pen; messages: Messages }, budget: Budget): Element {
  const rows = { left: budget.rows };
  const drawn = view.nodes
    .slice(0, budget.nodes)
    .map((node) => drawNode(node, { pen, messages, rows, text: budget.text, pictures: budget.pictures }));
  if (view.nodes.length > budget.nodes) drawn.push([note(messages.teams.more)]);
  return adaptiveCard(toned(view, [heading(view), ...drawn]));
}

/** The readers' own clients ask for the card again, each for themselves, when it is looked at or was changed. */
function refreshOf({ readers }: View, nonce: string): Element {
  if (!readers?.length) return {};
  const data = buttonData({ action: REFRESH, args: {} }, `${nonce}.refresh`);
  const action = { type: 'Action.Execute', title: 'Refresh', verb: REFRESH, data };
  return { refresh: { action, userIds: readers } };
}

export const adaptiveCard = (body: readonly Element[]): Element => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body,
});

/** Teams' "attention" is its red, and "warning" its yellow. */
const containers: Record<Tone, string | undefined> = {
  neutral: undefined,
  good: 'good',
  attention: 'warning',
  warning: 'attention',
};

function heading({ title }: View): Element[] {
  return title === undefined ? [] : [textElement(plain(cutText(oneLine(title), 300)), { heading: true })];
}

/** The view's tone as a band behind the first of its parts. */
function toned(view: View, parts: readonly Element[][]): Element[] {
  const style = containers[view.tone ?? 'neutral'];
  const [first, ...rest] = parts.filter((part) => part.length > 0);
  if (!style || !first) return parts.flat();
  return [{ type: 'Container', style, bleed: true, items: first }, ...rest.flat()];
}

interface Drawing {
  pen: Pen;
  messages: Messages;
  /** List rows that may still be drawn, over all lists of the card. */
  rows: { left: number };
  text: number;
  pictures: boolean;
}

function drawNode(node: ViewNode, drawing: Drawing): Element[] {
  switch (node.type) {
    case 'text':
      return textElements(cut(node.text, drawing.text), { muted: node.muted ?? false });
    case 'fields':
      return node.items.map((item) => field(item, drawing.text));
    case 'list':
      return list(node, drawing);
    case 'actions':
      return buttonRows(node.buttons, { pen: drawing.pen, words: drawing.messages.teams });
    case 'image':
      return [image(node, drawing)];
    case 'divider':
      return [{ type: 'Container', separator: true, spacing: 'Medium', items: [] }];
    default:
      return node satisfies never;
  }
}

/** The picture itself stands in the card: nobody but those who see the card can fetch it anywhere. */
function image({ png, alt, missing }: ImageNode, { pictures, text }: Drawing): Element {
  if (!png || !pictures) return textElement(cut(missing, text), { muted: true });
  const url = `data:image/png;base64,${png}`;
  // Teams opens it large at a press (learn.microsoft.com, "Stageview for images in Adaptive Cards").
  return {
    type: 'Image',
    url,
    altText: cutText(alt, 1_000),
    size: 'Stretch',
    msteams: { allowExpand: true },
  };
}

/** A FactSet would read the values as Markdown; columns take rich text. The label's width in pixels leaves a phone two thirds. */
function field(item: { label: string; value: RichText }, limit: number): Element {
  const label = textElement(plain(cutText(item.label, 60)), { muted: true });
  const value = textElement(cut(item.value, limit));
  return {
    type: 'ColumnSet',
    spacing: 'Small',
    columns: [
      { type: 'Column', width: '88px', items: [label] },
      { type: 'Column', width: 'stretch', items: [value] },
    ],
  };
}

function list(node: Extract<ViewNode, { type: 'list' }>, drawing: Drawing): Element[] {
  if (node.rows.length === 0) return [textElement(cut(node.empty, drawing.text), { muted: true })];
  const shown = node.rows.slice(0, drawing.rows.left);
  drawing.rows.left -= shown.length;
  const rows = shown.map((row) => listRow(row, drawing));
  const missing = node.rows.length - shown.length;
  return missing > 0 ? [...rows, note(drawing.messages.words.more(missing))] : rows;
}

/** A row's buttons stand below its words: beside them they would squeeze the words on a phone. */
function listRow(row: ListRow, drawing: Drawing): Element {
  const items = [textElement(cut(row.title, Math.min(drawing.text, 300)))];
  if (row.detail) {
    items.push({
      ...textElement(cut(row.detail, Math.min(drawing.text, 300)), { muted: true }),
      spacing: 'None',
    });
  }
  if (row.buttons?.length)
    items.push(...buttonRows(row.buttons, { pen: drawing.pen, words: drawing.messages.teams }));
  return { type: 'Container', separator: true, items };
}
