import type { Messages } from '../core/messages.ts';
import type { Field, Form } from '../core/view.ts';
import { priorityOptions } from './forms.ts';

/** Slack's inputs take no more; a longer description is left out rather than cut. */
export const LONGEST_DESCRIPTION = 3_000;

/** Everything of a task that is not its state or its people. */
export function editForm(
  values: { number: number; title: string; description: string; due: string; priority: string; mode: string },
  { carried, messages, nonce }: { carried: Record<string, string>; messages: Messages; nonce: string },
): Form {
  const { forms } = messages;
  const { number, title, description, due, priority, mode } = values;
  const fields: Field[] = [
    { type: 'text', name: 'title', label: forms.what, maxLength: 300, value: title },
    ...(description.length <= LONGEST_DESCRIPTION
      ? [
          {
            type: 'text' as const,
            name: 'description',
            label: forms.more,
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
      label: forms.when,
      placeholder: forms.whenExample,
      hint: forms.whenHintEmpty,
      optional: true,
      maxLength: 60,
      ...(due ? { value: due } : {}),
    },
    {
      type: 'select',
      name: 'priority',
      label: forms.priority,
      options: priorityOptions(messages),
      value: priority,
    },
    {
      type: 'select',
      name: 'mode',
      label: forms.several,
      options: [
        { value: 'anyone', label: forms.firstCloses },
        { value: 'everyone', label: forms.everyoneFinishes },
      ],
      value: mode,
    },
  ];
  return {
    title: forms.edit(number),
    submit: forms.save,
    intent: { action: 'edit', args: { task: String(number), form: 'sent', ...carried } },
    nonce,
    fields,
  };
}
