import type { types } from '@slack/bolt';
import { clean } from '../core/clean.ts';
import type { Language } from '../core/messages.ts';
import type { Field, Form, Intent, Option } from '../core/view.ts';
import { encodeMetadata, type FormOrigin } from './form-metadata.ts';
import { clip, limits } from './limits.ts';
import { plainText } from './render-text.ts';
import { type SlackWords, wordsFor } from './words.ts';

export const FORM_CALLBACK = 'crewline-form';
/** Every input's action_id: its block_id names the field. */
export const INPUT_ACTION = 'value';

/** The block of a field; Slack wants errors addressed to it. */
export const fieldBlockId = (name: string): string => `field:${name}`;

/** A form as a Slack modal. `origin` says where it was asked for, so that its answer goes there. Throws RangeError when its intent is too long to be carried. */
export function renderForm(form: Form, origin: FormOrigin): types.ModalView {
  const words = wordsFor(form.language);
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    title: plainText(form.title, limits.viewTitle),
    submit: plainText(form.submit, limits.viewTitle),
    close: plainText(words.cancel, limits.viewTitle),
    private_metadata: encodeMetadata({
      intent: form.intent,
      nonce: form.nonce,
      ...origin,
      ...searchesOf(form.fields),
    }),
    blocks: form.fields.slice(0, limits.modalBlocks).map((field) => fieldBlock(field, words)),
  };
}

/** What Slack asks for options while somebody types, by field. */
function searchesOf(fields: readonly Field[]): { searches?: Record<string, Intent> } {
  const searches = fields.flatMap((field) =>
    field.type !== 'text' && field.searched ? [[field.name, field.searched] as const] : [],
  );
  return searches.length > 0 ? { searches: Object.fromEntries(searches) } : {};
}

export interface Notice {
  sentence: string;
  language: Language;
}

/** A modal that only says something: while a form is made, or when there is nothing more to fill in. */
export function renderNotice(title: string, { sentence, language }: Notice): types.ModalView {
  return {
    type: 'modal',
    callback_id: 'crewline-notice',
    title: plainText(title, limits.viewTitle),
    close: plainText(wordsFor(language).close, limits.viewTitle),
    blocks: [{ type: 'section', block_id: 'notice', text: plainText(sentence, limits.sectionText) }],
  };
}

function fieldBlock(field: Field, words: SlackWords): types.KnownBlock {
  const element = fieldElement(field);
  if (!element) return nothingToChoose(field, words);
  const hint = [field.hint, shortened(field, words)].filter(Boolean).join(' ');
  return {
    type: 'input',
    block_id: fieldBlockId(field.name),
    label: plainText(field.label, limits.inputLabel),
    optional: field.optional ?? false,
    element,
    ...(hint ? { hint: plainText(hint, limits.inputHint) } : {}),
  };
}

/** Slack refuses a select without options. */
function nothingToChoose(field: Field, words: SlackWords): types.KnownBlock {
  const text = plainText(words.nothingToChoose(field.label), limits.contextText);
  return { type: 'context', block_id: fieldBlockId(field.name), elements: [text] };
}

/** What the field can't show of what there is, said in its hint. */
function shortened(field: Field, words: SlackWords): string | undefined {
  if (field.type === 'text') {
    const max = maxLength(field);
    const tooLong = (field.value?.length ?? 0) > max;
    return tooLong ? words.cut(max) : undefined;
  }
  if (field.searched) return undefined;
  const hidden = field.options.length - shownOptions(field.options, []).length;
  return hidden > 0 ? words.hidden(hidden) : undefined;
}

type InputElement = types.InputBlock['element'];

function fieldElement(field: Field): InputElement | undefined {
  switch (field.type) {
    case 'text':
      return textInput(field);
    case 'select':
      return select(field);
    case 'multiselect':
      return multiselect(field);
    default:
      return field satisfies never;
  }
}

type TextField = Extract<Field, { type: 'text' }>;

function maxLength(field: TextField): number {
  return Math.min(field.maxLength ?? limits.inputValue, limits.inputValue);
}

function textInput(field: TextField): InputElement {
  const max = maxLength(field);
  return {
    type: 'plain_text_input',
    action_id: INPUT_ACTION,
    multiline: field.multiline ?? false,
    max_length: max,
    ...(field.value ? { initial_value: clip(clean(field.value), max) } : {}),
    ...(field.placeholder ? { placeholder: plainText(field.placeholder, limits.placeholder) } : {}),
  };
}

function select(field: Extract<Field, { type: 'select' }>): InputElement | undefined {
  const options = shownOptions(field.options, field.value ? [field.value] : []);
  const initial = options.find((option) => option.value === field.value);
  if (field.searched) {
    return { type: 'external_select', ...searchInput, ...(initial ? { initial_option: initial } : {}) };
  }
  if (options.length === 0) return undefined;
  return {
    type: 'static_select',
    action_id: INPUT_ACTION,
    options,
    // The local Slack shows what is chosen only as a placeholder.
    ...(initial
      ? { initial_option: initial, placeholder: plainText(initial.text.text, limits.placeholder) }
      : {}),
  };
}

/** Up to ten are boxes to tick, which is one tap each on a phone; more are a list to search in. */
function multiselect(field: Extract<Field, { type: 'multiselect' }>): InputElement | undefined {
  const chosen = field.value ? field.value.split(',') : [];
  const options = shownOptions(field.options, chosen);
  const initial = options.filter((option) => chosen.includes(option.value));
  const chosenOnes = initial.length > 0 ? { initial_options: initial } : {};
  if (field.searched) return { type: 'multi_external_select', ...searchInput, ...chosenOnes };
  if (options.length === 0) return undefined;
  const common = { action_id: INPUT_ACTION, options, ...chosenOnes };
  return options.length <= limits.checkboxOptions
    ? { type: 'checkboxes', ...common }
    : { type: 'multi_static_select', ...common };
}

/** Asks at once, so that the likeliest are offered before anything is typed. */
const searchInput = { action_id: INPUT_ACTION, min_query_length: 0 };

export type ShownOption = types.PlainTextOption & { value: string };

/** The chosen ones come first, so that they are never among those that don't fit. */
export function shownOptions(options: readonly Option[], chosen: readonly string[]): ShownOption[] {
  const fits = options.length <= limits.options;
  const sorted = fits ? options : [...options].sort((a, b) => rank(b, chosen) - rank(a, chosen));
  return sorted
    .filter((option) => option.value !== '' && option.value.length <= limits.optionValue)
    .slice(0, limits.options)
    .map(({ value, label }) => ({ value, text: plainText(label, limits.optionText) }));
}

const rank = (option: Option, chosen: readonly string[]): number => (chosen.includes(option.value) ? 1 : 0);
