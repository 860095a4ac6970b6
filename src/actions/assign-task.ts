import { z } from 'zod';
import type { Typed } from '../core/action.ts';
import type { CommandLine } from '../core/command-line.ts';
import { type Reply, text } from '../core/view.ts';
import { answerAssignment, assignTask, claimTask, listed, unassignTask } from '../services/assign-task.ts';
import { readAway } from '../services/away.ts';
import { readTask } from '../services/task-record.ts';
import { awayWords } from '../views/away.ts';
import { assignForm, noteForm } from '../views/forms.ts';
import { changed } from '../views/task-changed.ts';
import { names, taskName } from '../views/words.ts';
import {
  optionalText,
  people,
  readTaskOnly,
  references,
  takeTask,
  taskAndRest,
  taskNumber,
  theTask,
} from './arguments.ts';
import { action, type Context } from './context.ts';
import { peopleToChoose } from './people-options.ts';

function readPeople(line: CommandLine, { mentions }: Typed): Record<string, string> {
  const task = takeTask(line);
  line.keyword('to');
  const persons = references(line.people(), mentions) || bareNames(line);
  line.keyword('because', 'as');
  const because = line.rest();
  return {
    ...(task ? { task } : {}),
    ...(persons ? { people: persons } : {}),
    ...(because ? { because } : {}),
  };
}

/** `assign 42 wes`: people forget the @. */
function bareNames(line: CommandLine): string {
  const word = line.word();
  return word && !/^because$/i.test(word)
    ? word.toLowerCase() === 'me'
      ? 'me'
      : `name:${word.replaceAll(',', ' ')}`
    : '';
}

const args = z.object({ task: taskNumber, people, because: optionalText(500) });

export const assignToPeople = action({
  name: 'assign',
  aliases: ['reassign', 'give'],
  usage: ['assign <n> @who [because <reason>]'],
  summary: 'give a task to somebody',
  topic: 'manage',
  access: 'manager',
  effect: 'change',
  read: readPeople,
  opensForm: (given) => !given.people,
  args,
  async run(context, { task, people: who, because }) {
    const number = await theTask(context, task);
    if (!who?.length) return askWho(context, number);
    const {
      task: found,
      added,
      removed,
    } = await assignTask(context, {
      number,
      references: who,
      ...(because ? { because } : {}),
    });
    const from = removed.length > 0 ? `, no longer ${listed(removed)}’s` : '';
    const to = added.length > 0 ? names(added.map(({ name }) => name)) : 'the others';
    const away = awayWords(await readAway(context, added), writtenFor(context));
    return changed(found, {
      sentence: text`${taskName(found)} is now with ${to}${from}.${away}`,
      ack: `#${number} is assigned.`,
    });
  },
});

const writtenFor = ({ messages, actor, now }: Context) => ({ messages, reader: actor, now });

async function askWho(context: Context, number: number): Promise<Reply> {
  const { task } = await readTask(context.db, { actor: context.actor, number });
  const people = await peopleToChoose(context, {
    projectId: task.project?.id ?? null,
    chosen: task.assignees.map(({ id, name }) => ({ id, name })),
  });
  return { kind: 'form', form: assignForm(task, { people, nonce: context.newId() }) };
}

export const unassignFromPeople = action({
  name: 'unassign',
  usage: ['unassign <n> [@who]'],
  summary: 'take a task from somebody, or from everyone',
  topic: 'manage',
  access: 'manager',
  effect: 'change',
  read: readPeople,
  args,
  async run(context, { task, people: who }) {
    const number = await theTask(context, task);
    const { task: found, removed } = await unassignTask(context, { number, references: who ?? [] });
    return changed(found, {
      sentence: text`${taskName(found)} is no longer ${listed(removed)}’s.`,
      ack: `#${number} is unassigned.`,
    });
  },
});

const justTask = z.object({ task: taskNumber });

export const claimOpenTask = action({
  name: 'claim',
  aliases: ['take', 'mine'],
  usage: ['claim <n>'],
  summary: 'take a task that nobody has',
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: readTaskOnly,
  args: justTask,
  async run(context, { task }) {
    const number = await theTask(context, task);
    const claimed = await claimTask(context, { number });
    return changed(claimed, {
      sentence: text`${taskName(claimed)} is yours.`,
      ack: `#${number} is claimed.`,
    });
  },
});

export const acceptTask = action({
  name: 'accept',
  usage: ['accept <n>'],
  summary: 'say yes to a task that you were given',
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: readTaskOnly,
  args: justTask,
  async run(context, { task }) {
    const number = await theTask(context, task);
    const accepted = await answerAssignment(context, { number, answer: 'accepted' });
    return changed(accepted, {
      sentence: text`You have accepted ${taskName(accepted)}.`,
      ack: `#${number} is accepted.`,
    });
  },
});

export const declineTask = action({
  name: 'decline',
  aliases: ['reject'],
  usage: ['decline <n> <reason>'],
  summary: 'say no to a task that you were given, and why',
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: (line) => taskAndRest(line, 'note'),
  opensForm: ({ note }) => !note,
  args: z.object({ task: taskNumber, note: optionalText(500) }),
  async run(context, { task, note }) {
    const number = await theTask(context, task);
    if (!note) return askReason(context, number);
    const declined = await answerAssignment(context, { number, answer: 'declined', reason: note });
    return changed(declined, {
      sentence: text`You have declined ${taskName(declined)}.`,
      ack: `#${number} is declined.`,
    });
  },
});

function askReason(context: Context, number: number): Reply {
  return {
    kind: 'form',
    form: noteForm({
      title: `Decline #${number}`,
      submit: 'Decline',
      label: 'Why not?',
      longest: 500,
      intent: { action: 'decline', args: { task: String(number) } },
      nonce: context.newId(),
    }),
  };
}
