import type { Messages } from '../core/messages.ts';
import { shorten } from '../core/shorten.ts';
import type { Field, Form, Intent, Option } from '../core/view.ts';

interface NoteForm {
  title: string;
  submit: string;
  label: string;
  intent: Intent;
  nonce: string;
  /** Name of the argument; `note` if left out */
  name?: string;
  longest?: number;
}

/** One question, answered in a few words. */
export function noteForm({
  title,
  submit,
  label,
  intent,
  nonce,
  name = 'note',
  longest = 1_000,
}: NoteForm): Form {
  return {
    title,
    submit,
    intent,
    nonce,
    fields: [{ type: 'text', name, label, multiline: true, maxLength: longest }],
  };
}

/** Slack's options are no longer. */
const LONGEST_LABEL = 75;

export const priorityOptions = ({ words }: Messages): Option[] =>
  Object.entries(words.priorities).map(([value, label]) => ({ value, label }));

/** People to choose from; searched where they are more than fit. */
export interface PeopleToChoose {
  options: readonly Option[];
  searched: boolean;
  /** Its members come first. */
  projectId: string | null;
}

const choiceOf = ({ options, searched, projectId }: PeopleToChoose) => ({
  options,
  ...(searched ? { searched: { action: 'find-people', args: projectId ? { project: projectId } : {} } } : {}),
});

export interface NewTaskValues {
  title?: string;
  description?: string;
  assignees?: string;
  due?: string;
  priority?: string;
  project?: string;
}

/** A new task, with what was typed filled in. Who can't give tasks to others isn't asked for whom. */
export function newTaskForm(
  values: NewTaskValues,
  {
    projects,
    people,
    messages,
    nonce,
    offered = false,
  }: {
    projects: readonly Option[];
    /** Undefined for who can't give tasks to others */
    people: PeopleToChoose | undefined;
    messages: Messages;
    nonce: string;
    /** Opened from a message that asked whether to: the answer takes its place. */
    offered?: boolean;
  },
): Form {
  const { forms } = messages;
  const given = (name: keyof NewTaskValues) => (values[name] ? { value: values[name] } : {});
  const fields: Field[] = [
    { type: 'text', name: 'title', label: forms.what, maxLength: 300, ...given('title') },
    ...(people
      ? [
          {
            type: 'multiselect' as const,
            name: 'assignees',
            label: forms.who,
            ...choiceOf(people),
            optional: true,
            ...given('assignees'),
          },
        ]
      : []),
    {
      type: 'text',
      name: 'due',
      label: forms.when,
      placeholder: forms.whenExample,
      hint: forms.whenHint,
      optional: true,
      maxLength: 60,
      ...given('due'),
    },
    {
      type: 'select',
      name: 'priority',
      label: forms.priority,
      options: priorityOptions(messages),
      value: values.priority ?? 'normal',
    },
    ...(projects.length > 0
      ? [
          {
            type: 'select' as const,
            name: 'project',
            label: forms.project,
            options: projects,
            optional: true,
            ...given('project'),
          },
        ]
      : []),
    {
      type: 'text',
      name: 'description',
      label: forms.more,
      multiline: true,
      optional: true,
      maxLength: 3_000,
      ...given('description'),
    },
  ];
  return {
    title: forms.newTask,
    submit: forms.add,
    intent: { action: 'add', args: { form: 'sent', ...(offered ? { offered: 'yes' } : {}) } },
    nonce,
    fields,
  };
}

/** Who shall do it. */
export function assignForm(
  task: { number: number; assignees: readonly { id: string }[] },
  { people, messages: { forms }, nonce }: { people: PeopleToChoose; messages: Messages; nonce: string },
): Form {
  const known = task.assignees.filter(({ id }) =>
    people.options.some(({ value }) => value === `person:${id}`),
  );
  return {
    title: forms.assign(task.number),
    submit: forms.assignSubmit,
    intent: { action: 'assign', args: { task: String(task.number) } },
    nonce,
    fields: [
      {
        type: 'multiselect',
        name: 'people',
        label: forms.who,
        ...choiceOf(people),
        ...(known.length > 0 ? { value: known.map(({ id }) => `person:${id}`).join(',') } : {}),
      },
      { type: 'text', name: 'because', label: forms.why, optional: true, maxLength: 500 },
    ],
  };
}

/** On which task a message is to be kept. */
export function addToTaskForm(
  { tasks, body }: { tasks: readonly { number: number; title: string }[]; body?: string | undefined },
  { messages: { forms }, nonce }: { messages: Messages; nonce: string },
): Form {
  return {
    title: forms.addToTask,
    submit: forms.add,
    intent: { action: 'comment', args: {} },
    nonce,
    fields: [
      {
        type: 'select',
        name: 'task',
        label: forms.which,
        options: tasks.map(({ number, title }) => ({
          value: String(number),
          label: shorten(`#${number} ${title}`, LONGEST_LABEL),
        })),
      },
      {
        type: 'text',
        name: 'body',
        label: forms.comment,
        multiline: true,
        maxLength: 3_000,
        ...(body ? { value: body } : {}),
      },
    ],
  };
}
