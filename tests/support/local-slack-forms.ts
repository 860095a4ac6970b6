import type { Block, InputElement, Option } from './local-slack-blocks.ts';

/** What someone puts into a field: text, the label of an option, or the labels of several. */
export type FormInput = string | readonly string[];

type State = Record<string, Record<string, object>>;

/** A modal's state when these fields, named by their labels, were filled in and the others left as they were. */
export function stateOf(blocks: readonly Block[], inputs: Record<string, FormInput>): State {
  const fields = blocks.filter(({ type }) => type === 'input');
  const labels = fields.map(({ label }) => label?.text);
  for (const name of Object.keys(inputs)) {
    if (!labels.includes(name)) throw new Error(`No field "${name}" but: ${labels.join(', ')}`);
  }
  const state: State = {};
  for (const { block_id, label, element } of fields) {
    if (!block_id || !label || !element) throw new Error('A field lacks its block_id, label or element.');
    state[block_id] = { [element.action_id]: filledIn(element, inputs[label.text]) };
  }
  return state;
}

function filledIn(element: InputElement, input: FormInput | undefined): object {
  const { type } = element;
  switch (type) {
    case 'plain_text_input':
      return { type, value: input ?? element.initial_value ?? null };
    case 'datepicker':
      return { type, selected_date: input ?? element.initial_date ?? null };
    case 'checkboxes':
    case 'multi_static_select': {
      const labels = typeof input === 'string' ? [input] : input;
      const chosen = labels?.map((label) => option(element, label)) ?? element.initial_options ?? [];
      return { type, selected_options: chosen };
    }
    case 'static_select':
    case 'radio_buttons': {
      const chosen = input === undefined ? element.initial_option : option(element, String(input));
      return { type, selected_option: chosen ?? null };
    }
    default:
      throw new Error(`No way yet to fill in a ${type}.`);
  }
}

function option({ options = [] }: InputElement, label: string): Option {
  const found = options.find(({ text }) => text.text === label);
  if (!found) throw new Error(`No option "${label}" but: ${options.map(({ text }) => text.text).join(', ')}`);
  return found;
}
