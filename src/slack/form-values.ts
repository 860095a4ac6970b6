import { fieldBlockId, INPUT_ACTION } from './forms.ts';
import { clip, limits } from './limits.ts';
import type { ViewState } from './payloads.ts';

/** What was filled in, by field: several options separated by commas, an empty field as an empty string. */
export function formValues(state: ViewState): Record<string, string> {
  const values: Record<string, string> = {};
  const prefix = fieldBlockId('');
  for (const [blockId, inputs] of Object.entries(state)) {
    const input = inputs[INPUT_ACTION];
    if (!blockId.startsWith(prefix) || !input) continue;
    const several = input.selected_options?.map((option) => option.value).join(',');
    values[blockId.slice(prefix.length)] = several ?? input.selected_option?.value ?? input.value ?? '';
  }
  return values;
}

/** Errors at the blocks of their fields. Slack refuses an error at a block that isn't there: those stand at the first field. */
export function fieldErrors(errors: Record<string, string>, state: ViewState): Record<string, string> {
  const blocks = Object.keys(state);
  const [first] = blocks;
  const placed: Record<string, string> = {};
  for (const [name, sentence] of Object.entries(errors)) {
    const block = blocks.includes(fieldBlockId(name)) ? fieldBlockId(name) : first;
    if (block === undefined) continue;
    placed[block] = clip([placed[block], sentence].filter(Boolean).join(' '), limits.fieldError);
  }
  return placed;
}
