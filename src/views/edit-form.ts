import type { Field, Form } from '../core/view.ts';
import { priorityOptions } from './forms.ts';

/** Slack's inputs take no more; a longer description is left out rather than cut. */
export const LONGEST_DESCRIPTION = 3_000;

/** Everything of a task that is not its state or its people. */
export function editForm(
  values: { number: number; title: string; description: string; due: string; priority: string; mode: string },
  { carried, nonce }: { carried: Record<string, string>; nonce: string },
): Form {
  const { number, title, description, due, priority, mode } = values;
  const fields: Field[] = [
    { type: 'text', name: 'title', label: 'What is to be done?', maxLength: 300, value: title },
    ...(description.length <= LONGEST_DESCRIPTION
      ? [
          {
            type: 'text' as const,
            name: 'description',
            label: 'Anything else to know?',
            multiline: true,
            optional: true,
            maxLength: LONGEST_DESCRIPTION,
            ...(description ? { value: description } : {}),
          },
        ]
      : []),
    {
      type: 'text',
      name: 'due',
      label: 'Until when?',
      placeholder: 'tomorrow 2pm',
      hint: 'Like “fri”, “in 2h” or “30 nov”; empty for no date',
      optional: true,
      maxLength: 60,
      ...(due ? { value: due } : {}),
    },
    { type: 'select', name: 'priority', label: 'Priority', options: priorityOptions, value: priority },
    {
      type: 'select',
      name: 'mode',
      label: 'With several people',
      options: [
        { value: 'anyone', label: 'The first to finish closes it' },
        { value: 'everyone', label: 'Everyone has a part to do' },
      ],
      value: mode,
    },
  ];
  return {
    title: `Edit #${number}`,
    submit: 'Save',
    intent: { action: 'edit', args: { task: String(number), form: 'sent', ...carried } },
    nonce,
    fields,
  };
}
