import { createRequire } from 'node:module';
import { readDataset } from '../../src/teams/card-data.ts';
import type { Outgoing } from '../../src/teams/connector.ts';

/**
 * What Teams refuses, drops in silence or reads as markup, checked from its documentation and apart from the
 * renderer's own numbers: learn.microsoft.com, "Cards", "Adaptive Cards in Teams", "Text formatting".
 */
export type Complaint = string;
type Element = Record<string, unknown>;

const adaptivecards = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');

const CARD_BYTES = 28 * 1024;
const MESSAGE_BYTES = 100 * 1024;
const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/** Everything that is wrong with a message; empty for a good one. */
export function outgoingComplaints(message: Outgoing): Complaint[] {
  const { summary = '', text, attachments = [] } = message;
  return [
    ...check(summary.trim() !== '' && summary.length <= 250, 'the summary is empty or too long for a toast'),
    ...check(Buffer.byteLength(JSON.stringify(message)) <= MESSAGE_BYTES, 'the message is too large'),
    ...check((text === undefined) === (attachments.length === 1), 'not one of a text and a card'),
    ...(text === undefined ? [] : textMessageComplaints(message, text)),
    ...attachments.flatMap(({ contentType, content }) => [
      ...check(contentType === CARD_TYPE, `an attachment is ${contentType}`),
      ...cardComplaints(content),
    ]),
    ...textsOf(message).flatMap(unclean),
  ];
}

function textMessageComplaints({ textFormat }: Outgoing, text: string): Complaint[] {
  return [
    ...check(text !== '', 'an empty text'),
    ...check(textFormat === 'plain', `a text that is read as ${textFormat}`),
    ...check(!/[<>]/.test(text), 'a tag in a text'),
  ];
}

/** Mentions stand in a card's `msteams`; an image's says only that it may be opened large. */
const isMentioning = (one: object): boolean =>
  'type' in one && one.type === 'Image'
    ? 'msteams' in one && JSON.stringify(one.msteams) !== '{"allowExpand":true}'
    : 'msteams' in one || ('type' in one && one.type === 'mention');

/** Everything that is wrong with a card. */
export function cardComplaints(given: unknown): Complaint[] {
  const card = asJson(given);
  const all = elements(card);
  return [
    ...check(Buffer.byteLength(JSON.stringify(card)) <= CARD_BYTES, 'the card is too large'),
    ...check(isElement(card) && card.type === 'AdaptiveCard' && card.version === '1.5', 'not a card 1.5'),
    ...check(isElement(card) && card.$schema !== undefined, 'a card without its schema'),
    ...check(!all.some((one) => isMentioning(one)), 'a mention'),
    ...parserComplaints(card),
    ...all.flatMap(elementComplaints),
    ...noncesComplaints(all),
    ...inputIdComplaints(all),
  ];
}

/** What Microsoft's own parser has against a card. */
export function parserComplaints(card: unknown): Complaint[] {
  const context = new adaptivecards.SerializationContext(adaptivecards.Versions.v1_5);
  const parsed = new adaptivecards.AdaptiveCard();
  // Teams' own limit; the parser's default is five.
  parsed.hostConfig = new adaptivecards.HostConfig({ actions: { maxActions: 6 } });
  parsed.parse(withoutTeamsOwn(asJson(card)), context);
  const found: Complaint[] = [];
  for (let index = 0; index < context.eventCount; index++) found.push(context.getEventAt(index).message);
  for (const { message } of parsed.validateProperties().validationEvents ?? []) found.push(message);
  return found;
}

/** Teams takes `choices.data` in cards of any version ("Typeahead search in Adaptive Cards"); the parser from 1.6 on. */
const withoutTeamsOwn = (card: unknown): unknown =>
  JSON.parse(JSON.stringify(card, (key, value: unknown) => (key === 'choices.data' ? undefined : value)));

function elementComplaints(element: Element): Complaint[] {
  switch (element.type) {
    case 'ActionSet':
      return actionCountComplaints(element.actions);
    case 'AdaptiveCard':
      return element.actions === undefined ? [] : actionCountComplaints(element.actions);
    case 'Action.Execute':
      return executeComplaints(element);
    case 'Data.Query':
      return check(readDataset(element.dataset) !== undefined, 'a list that nothing finds');
    case 'Action.ShowCard':
      return titleComplaints(element);
    case 'Action.OpenUrl':
      return check(/^https?:\/\//i.test(String(element.url)), `a link to ${String(element.url)}`);
    case 'TextBlock':
      return textBlockComplaints(element);
    case 'RichTextBlock':
      return check(Array.isArray(element.inlines) && element.inlines.length > 0, 'a text without words');
    case 'TextRun':
      return check(typeof element.text === 'string' && element.text !== '', 'an empty run of text');
    case 'Image':
      return imageComplaints(element);
    case 'Input.Text':
    case 'Input.ChoiceSet':
    case 'Input.Toggle':
      return inputComplaints(element);
    case 'Container':
    case 'ColumnSet':
    case 'Column':
      return [];
    default:
      return element.type === undefined ? [] : [`Teams has no ${String(element.type)} that all clients draw`];
  }
}

const actionCountComplaints = (actions: unknown): Complaint[] =>
  check(Array.isArray(actions) && actions.length >= 1 && actions.length <= 6, 'not one to six actions');

/** What a click sends must lead back to an intent. */
function executeComplaints(action: Element): Complaint[] {
  const data = isElement(action.data) ? action.data.crewline : undefined;
  const own = isElement(data) ? data : {};
  const args = isElement(own.args) ? Object.values(own.args) : [undefined];
  return [
    ...titleComplaints(action),
    ...check(typeof action.verb === 'string' && action.verb !== '', 'an action without a verb'),
    ...check(own.action === action.verb, 'a verb that is not its action'),
    ...check(typeof own.nonce === 'string' && own.nonce !== '', 'an action without a nonce'),
    ...check(
      args.every((value) => typeof value === 'string'),
      'arguments that are not strings',
    ),
  ];
}

const titleComplaints = ({ title }: Element): Complaint[] =>
  check(typeof title === 'string' && title.trim() !== '' && title.length <= 40, 'a bad title of a button');

const MOMENT =
  /\{\{(?:DATE\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, (?:SHORT|COMPACT|LONG)\)|TIME\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\))\}\}/g;

/** Only a TextBlock reads Markdown: besides moments there may be no sign in it that means something. */
function textBlockComplaints({ text, wrap }: Element): Complaint[] {
  const words = String(text).replace(MOMENT, '');
  return [
    ...check(typeof text === 'string' && text.trim() !== '', 'an empty text block'),
    ...check(wrap === true, 'a text block that does not wrap'),
    ...check(
      !/[*_~`#[\]<>{}|\\!&@/]|^\s*(?:[-+]|\d+[.)])\s/m.test(words),
      `Markdown in “${words.slice(0, 80)}”`,
    ),
  ];
}

/** Clients fetch images without signing in; data URIs are drawn by some of them only. */
const imageComplaints = ({ url, altText }: Element): Complaint[] => [
  ...check(
    /^https:\/\/|^data:image\/png;base64,/.test(String(url)),
    `an image at ${String(url).slice(0, 40)}`,
  ),
  ...check(typeof altText === 'string' && altText !== '', 'an image without words for it'),
];

function inputComplaints(input: Element): Complaint[] {
  return [
    ...check(typeof input.id === 'string' && input.id !== '', 'an input without an id'),
    ...check(typeof input.label === 'string' && input.label.trim() !== '', 'an input without a label'),
    ...check(input.isRequired !== true || Boolean(input.errorMessage), 'a needed input that does not say so'),
    ...(input.type === 'Input.ChoiceSet' ? choiceComplaints(input) : []),
  ];
}

function choiceComplaints({ choices, value, isMultiSelect }: Element): Complaint[] {
  const all = Array.isArray(choices) ? choices.filter(isElement) : [];
  const values = all.map((choice) => choice.value);
  const chosen =
    typeof value === 'string' && value !== '' ? (isMultiSelect ? value.split(',') : [value]) : [];
  const titles = all.map((choice) => String(choice.title));
  return [
    ...check(new Set(values).size === values.length, 'two choices with one value'),
    ...check(
      chosen.every((one) => values.includes(one)),
      `${chosen.join(',')} is not among the choices`,
    ),
    ...check(
      titles.every((title) => title.trim() !== ''),
      'a choice without words',
    ),
    // Boxes to tick draw their titles as Markdown.
    ...titles
      .filter((title) => isMultiSelect === true && /\]\(|[*_`]|<\/?at/i.test(title))
      .map((title) => `Markdown in a choice, ${title}`),
  ];
}

function noncesComplaints(all: readonly Element[]): Complaint[] {
  const nonces = all
    .filter(({ type }) => type === 'Action.Execute')
    .map(({ data }) => (isElement(data) && isElement(data.crewline) ? data.crewline.nonce : undefined));
  return check(new Set(nonces).size === nonces.length, 'two buttons with one nonce');
}

function inputIdComplaints(all: readonly Element[]): Complaint[] {
  const ids = all.filter(({ type }) => String(type).startsWith('Input.')).map(({ id }) => id);
  return check(new Set(ids).size === ids.length, 'two inputs with one id');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/** What no client can show: half a surrogate pair, control characters, a change of the writing direction. */
function unclean(text: string): Complaint[] {
  return [
    ...check(text.isWellFormed(), `half a surrogate pair in “${text.slice(0, 40)}”`),
    ...check(!CONTROL.test(text), `a control character in “${text.slice(0, 40)}”`),
    ...check(!turnsDirection(text), `a change of direction in “${text.slice(0, 40)}”`),
  ];
}

/** What people read: what is sent back travels as it is. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isElement(value)) return [];
  const { data: _sent, verb: _same, ...read } = value;
  if (!isOfChoices(value)) return Object.values(read).flatMap(textsOf);
  const { value: _chosen, ...words } = read;
  return Object.values(words).flatMap(textsOf);
}

/** Every object anywhere in a card, without what a click sends. */
function elements(value: unknown): Element[] {
  if (Array.isArray(value)) return value.flatMap(elements);
  if (!isElement(value)) return [];
  const parts = Object.entries(value).filter(([key]) => key !== 'data');
  return [value, ...parts.flatMap(([, part]) => elements(part))];
}

const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isOfChoices = (value: Element): boolean =>
  value.type === 'Input.ChoiceSet' || ('title' in value && 'value' in value && !('type' in value));
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const check = (good: boolean, complaint: Complaint): Complaint[] => (good ? [] : [complaint]);

/** Words that are set apart as a whole turn nothing but themselves. */
const turnsDirection = (text: string): boolean =>
  /[\u202a-\u202e\u2066-\u2069]/.test(text.replace(/\u2068[^\u2068\u2069]*\u2069/g, ''));
