import type { Option } from '../../../src/core/view.ts';
import { editForm } from '../../../src/views/edit-form.ts';
import { addToTaskForm, assignForm, newTaskForm, noteForm } from '../../../src/views/forms.ts';
import { crowd, pump } from '../data.ts';
import { type Sample, samplesOf } from '../sample.ts';
import type { World } from '../world.ts';

const people = (world: World, count: number) => ({
  options: crowd(world, count).map(({ id, name }) => ({ value: `person:${id}`, label: name })),
  searched: count > 100,
  projectId: 'p1',
});

const projects = ({ words }: World): Option[] => [
  { value: words.projectKey, label: `${words.projectKey} ${words.projectName}` },
  { value: 'YARD', label: 'YARD Yard' },
];

const task = { intent: { action: 'block', args: { task: '42' } }, nonce: 'n' };

const values = ({ words }: World) => ({
  title: words.title,
  description: words.description,
  due: 'tomorrow 2pm',
  assignees: 'person:p1,person:p2',
  priority: 'high',
  project: words.projectKey,
});

export const formSamples: readonly Sample[] = [
  ...samplesOf(newTaskForm, {
    empty: (world) =>
      newTaskForm({}, { ...world.context, projects: projects(world), people: people(world, 6), nonce: 'n' }),
    'filled in': (world) =>
      newTaskForm(values(world), {
        ...world.context,
        projects: projects(world),
        people: people(world, 6),
        nonce: 'n',
        offered: true,
      }),
    'with many people': (world) =>
      newTaskForm(values(world), {
        ...world.context,
        projects: projects(world),
        people: people(world, 105),
        nonce: 'n',
      }),
    'of a worker': (world) =>
      newTaskForm({}, { ...world.context, projects: [], people: undefined, nonce: 'n' }),
  }),
  ...samplesOf(assignForm, {
    'a few': (world) =>
      assignForm(pump(world, { assignees: crowd(world, 1) }), {
        ...world.context,
        people: people(world, 6),
        nonce: 'n',
      }),
    many: (world) => assignForm(pump(world), { ...world.context, people: people(world, 105), nonce: 'n' }),
  }),
  ...samplesOf(addToTaskForm, {
    'a message': (world) =>
      addToTaskForm(
        {
          tasks: [pump(world), pump(world, { number: 57, title: world.words.otherTitle })],
          body: world.words.comment,
        },
        { ...world.context, nonce: 'n' },
      ),
  }),
  ...samplesOf(noteForm, {
    'one question': () => noteForm({ title: 'Block #42', submit: 'Block', label: 'What stops it?', ...task }),
  }),
  ...samplesOf(editForm, {
    'a task': (world) =>
      editForm(
        { ...values(world), number: 42, mode: 'everyone', due: 'tomorrow 2pm' },
        { ...world.context, carried: {}, nonce: 'n' },
      ),
    'of a long description': (world) =>
      editForm(
        { ...values(world), number: 42, mode: 'anyone', due: '', description: 'x'.repeat(4_000) },
        { ...world.context, carried: { after: 'show 42' }, nonce: 'n' },
      ),
  }),
];
