import { oneLine } from '../core/clean.ts';
import { messagesFor } from '../core/messages.ts';
import { type Field, type Form, type Intent, type Option, plain } from '../core/view.ts';
import { note, type TeamsWords } from './buttons.ts';
import { datasetOf, formData, inputId } from './card-data.ts';
import type { Outgoing } from './connector.ts';
import { adaptiveCard, CARD_LIMIT, cardMessage } from './render.ts';
import { cutText, type Element, textElement } from './rich-text.ts';

/** From here on a list is one to type into. */
const FILTER_FROM = 9;

/**
 * A form as a card in the chat: where it was asked for in words, for a dialog opens only from a button. It works on every
 * client, and can be left and filled in later. Its price: in a channel others would see it, so there it is sent to the personal chat.
 */
export function renderForm(form: Form, errors: Record<string, string> = {}): Outgoing {
  return cardMessage(form.title, renderFormCard(form, errors));
}

/** Where a form stands. */
export interface FormPlace {
  in: 'message' | 'dialog';
  /** A dialog's: the message whose button opened it. */
  opener?: string | undefined;
}

/** With errors: the same card again, filled in as it was sent, each error at its field. */
export function renderFormCard(
  form: Form,
  errors: Record<string, string> = {},
  place: FormPlace = { in: 'message' },
): Element {
  const words = messagesFor(form.language ?? 'en').teams;
  for (const budget of budgets) {
    const card = draw(form, errors, { ...budget, place, words });
    if (Buffer.byteLength(JSON.stringify(card)) <= CARD_LIMIT) return card;
  }
  return adaptiveCard([note(words.formTooLong)]);
}

interface Budget {
  options: number;
  value: number;
  withForm: boolean;
}

type Drawing = Budget & { place: FormPlace; words: TeamsWords };

/** What is given up first: the copy that lets errors stand at their fields, then the tails of long option lists. */
const budgets: readonly Budget[] = [
  { options: 200, value: 4_000, withForm: true },
  { options: 200, value: 4_000, withForm: false },
  { options: 100, value: 2_000, withForm: false },
  { options: 40, value: 1_000, withForm: false },
  { options: 10, value: 300, withForm: false },
];

function draw(form: Form, errors: Record<string, string>, drawing: Drawing): Element {
  const title = textElement(plain(cutText(form.title, 200)), { heading: true });
  const named = new Set(form.fields.map((field) => field.name));
  const elsewhere = Object.entries(errors).filter(([name]) => !named.has(name));
  const body = [
    // A dialog has a title of its own.
    ...(drawing.place.in === 'dialog' ? [] : [title]),
    ...elsewhere.map(([, message]) => errorLine(message)),
    ...form.fields.flatMap((field) => drawField(field, errors[field.name], drawing)),
    { type: 'ActionSet', actions: [submit(form, drawing)] },
  ];
  return adaptiveCard(body);
}

function submit(form: Form, { withForm, place }: Drawing): Element {
  const pressing =
    place.in === 'dialog' ? { type: 'Action.Submit' } : { type: 'Action.Execute', verb: form.intent.action };
  return {
    ...pressing,
    title: cutText(form.submit, 40),
    style: 'positive',
    associatedInputs: 'auto',
    data: formData(form, { withForm, opener: place.opener }),
  };
}

function drawField(field: Field, error: string | undefined, drawing: Drawing): Element[] {
  const lines = [input(field, drawing)];
  const hidden = field.type === 'text' || field.searched ? 0 : field.options.length - drawing.options;
  if (hidden > 0) lines.push(note(drawing.words.optionsLess(hidden)));
  if (field.hint)
    lines.push({ ...textElement(plain(cutText(field.hint, 300)), { muted: true }), spacing: 'None' });
  if (error) lines.push(errorLine(error));
  return lines;
}

/** In words as well as in red. */
function errorLine(message: string): Element {
  const text = `⚠ ${cutText(message, 300)}`;
  return {
    type: 'RichTextBlock',
    spacing: 'Small',
    inlines: [{ type: 'TextRun', text, color: 'Attention', weight: 'Bolder' }],
  };
}

function input(field: Field, budget: Drawing): Element {
  const common = {
    id: inputId(field),
    label: cutText(field.label, 100),
    ...(mustBeFilled(field) ? { isRequired: true, errorMessage: budget.words.needed } : {}),
  };
  switch (field.type) {
    case 'text':
      return {
        type: 'Input.Text',
        ...common,
        ...(field.value === undefined ? {} : { value: cutText(field.value, budget.value) }),
        ...(field.placeholder ? { placeholder: cutText(field.placeholder, 200) } : {}),
        ...(field.multiline ? { isMultiline: true } : {}),
        ...(field.maxLength ? { maxLength: field.maxLength } : {}),
      };
    case 'select':
      return {
        type: 'Input.ChoiceSet',
        ...common,
        ...choiceStyle(field.options),
        ...choices(field, budget),
        ...typeahead(field),
      };
    case 'multiselect':
      return {
        type: 'Input.ChoiceSet',
        ...common,
        isMultiSelect: true,
        ...choices(field, budget),
        ...typeahead(field),
      };
    default:
      return field satisfies never;
  }
}

/** A short list that shows a choice can't be left empty: no star has to say so. */
function mustBeFilled(field: Field): boolean {
  if (field.optional) return false;
  if (field.type !== 'select' || field.searched || field.options.length >= FILTER_FROM) return true;
  return !field.options.some(({ value }) => value !== '' && value === field.value);
}

const choiceStyle = (options: readonly Option[]) => ({
  style: options.length < FILTER_FROM ? 'compact' : 'filtered',
});

/** Typing asks for those that are not among the choices (learn.microsoft.com, "Typeahead search in Adaptive Cards"). */
const typeahead = ({ searched }: { searched?: Intent }): Element =>
  searched ? { style: 'filtered', 'choices.data': { type: 'Data.Query', dataset: datasetOf(searched) } } : {};

/** What there is to choose from and what is chosen of it; the chosen ones come first where not all fit. */
function choices({ options, type, value = '' }: ChoiceField, budget: Budget): Element {
  const wanted = type === 'multiselect' ? value.split(',') : [value];
  const sendable = options.filter((option) => option.value !== '');
  const isChosen = (option: Option) => wanted.includes(option.value);
  const ordered =
    sendable.length > budget.options
      ? [...sendable.filter(isChosen), ...sendable.filter((option) => !isChosen(option))]
      : sendable;
  const shown = ordered.slice(0, budget.options);
  const chosen = shown.filter(isChosen).map((option) => option.value);
  return {
    choices: shown.map(({ value, label }) => ({
      title: unmarked(cutText(oneLine(label), 100)) || '–',
      value,
    })),
    ...(chosen.length > 0 ? { value: chosen.join(',') } : {}),
  };
}

type ChoiceField = Extract<Field, { type: 'select' | 'multiselect' }>;

/** Check boxes draw their titles as Markdown: a zero-width space keeps a link from forming, and marks become their twins. */
const unmarked = (label: string): string =>
  label
    .replace(/\]\(/g, ']\u200b(')
    .replace(/<(?=\/?at)/gi, '<\u200b')
    .replace(/[*_`~]/g, (mark) => twins[mark] ?? mark);

const twins: Record<string, string> = { '*': '∗', _: '＿', '`': 'ˋ', '~': '∼' };
