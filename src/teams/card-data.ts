import { languageOf } from '../core/messages.ts';
import type { Field, Form, Intent } from '../core/view.ts';
import { isJson, json, strings, textOf } from './json.ts';

/**
 * What a button or a form of ours carries. Nothing of it is trusted: the intent is parsed and authorised again,
 * and a form's description only serves to show the form again with its errors.
 */
export type CardData =
  | { type: 'button'; intent: Intent; nonce: string }
  | {
      type: 'form';
      intent: Intent;
      nonce: string;
      form: Form | undefined;
      values: Record<string, string>;
      /** A dialog's: the message whose button opened it. */
      opener: string | undefined;
    };

/** What a card asks for by itself, so that its reader gets their own: no action of anybody's. */
export const REFRESH = 'refresh';

/** Inputs are merged into a card's data: a prefix keeps a field from ever being taken for it. */
const FIELD = 'field.';

export const inputId = (field: Field): string => `${FIELD}${field.name}`;

export function buttonData(intent: Intent, nonce: string): object {
  return { crewline: { action: intent.action, args: intent.args, nonce } };
}

/** What a button sends that opens a dialog. */
export const dialogData = (intent: Intent, nonce: string): object => ({
  ...buttonData(intent, nonce),
  msteams: { type: 'task/fetch' },
});

/** `withForm` carries the form along, so that no server memory is needed to show it again. */
export function formData(
  form: Form,
  { withForm, opener }: { withForm: boolean; opener?: string | undefined },
): object {
  const { intent, nonce, ...rest } = form;
  const blank = rest.fields.map(({ value: _typed, ...field }) => field);
  const own = { action: intent.action, args: intent.args, nonce, ...(opener ? { opener } : {}) };
  return { crewline: { ...own, form: withForm ? { ...rest, fields: blank } : {} } };
}

/** Undefined for data that no card of ours sends. */
export function readCardData(value: unknown): CardData | undefined {
  const own = json(json(value).crewline);
  const action = textOf(own.action);
  const nonce = textOf(own.nonce);
  if (!action || !nonce) return undefined;
  const intent = { action, args: strings(own.args) };
  if (!isJson(own.form)) return { type: 'button', intent, nonce };
  const values = fieldValues(value);
  const form = readForm(own.form, { intent, nonce }, values);
  return { type: 'form', intent, nonce, values, form, opener: textOf(own.opener) };
}

function fieldValues(value: unknown): Record<string, string> {
  const inputs = Object.entries(strings(value)).filter(([id]) => id.startsWith(FIELD));
  return Object.fromEntries(inputs.map(([id, typed]) => [id.slice(FIELD.length), typed]));
}

function readForm(
  stored: unknown,
  own: Pick<Form, 'intent' | 'nonce'>,
  values: Record<string, string>,
): Form | undefined {
  const title = textOf(json(stored).title);
  const submit = textOf(json(stored).submit);
  const language = textOf(json(stored).language);
  const fields = json(stored).fields;
  if (!title || !submit || !Array.isArray(fields) || !fields.every(isField)) return undefined;
  return {
    ...own,
    title,
    submit,
    fields: fields.map((field) => withValue(field, values[field.name])),
    ...(language ? { language: languageOf(language) } : {}),
  };
}

const withValue = (field: Field, value: string | undefined): Field =>
  value === undefined ? field : { ...field, value };

function isField(value: unknown): value is Field {
  const field = json(value);
  if (!textOf(field.name) || !textOf(field.label)) return false;
  if (field.type === 'text') return true;
  const options = field.options;
  if (field.searched !== undefined && !textOf(json(field.searched).action)) return false;
  return (
    (field.type === 'select' || field.type === 'multiselect') &&
    Array.isArray(options) &&
    options.every(
      (option) => typeof json(option).value === 'string' && typeof json(option).label === 'string',
    )
  );
}

/** The name of a list that Teams asks for while one types: the intent that finds it. */
export const datasetOf = ({ action, args }: Intent): string => `${action}?${new URLSearchParams(args)}`;

/** Undefined for a list that no card of ours names. */
export function readDataset(dataset: unknown): Intent | undefined {
  const [, action, args = ''] = /^(find-[a-z]+)\?(.*)$/s.exec(textOf(dataset) ?? '') ?? [];
  return action === undefined ? undefined : { action, args: Object.fromEntries(new URLSearchParams(args)) };
}
