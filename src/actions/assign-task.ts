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
    const { messages } = context;
    const { changes } = messages;
    const newcomers = added.map(({ name }) => name);
    const people = newcomers.length > 0 ? names(newcomers, messages) : changes.theOthers;
    const former = listed(removed);
    const away = awayWords(await readAway(context, added), writtenFor(context));
    const given = former
      ? changes.withInsteadOf({ task: taskName(found), people, former })
      : changes.with(taskName(found), people);
    return changed(found, {
      messages,
      sentence: text`${given}${away}`,
      ack: changes.assignedShort(number),
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
  return {
    kind: 'form',
    form: assignForm(task, { people, messages: context.messages, nonce: context.newId() }),
  };
}

export const unassignFromPeople = action({
  name: 'unassign',
  usage: ['unassign <n> [@who]'],
  topic: 'manage',
  access: 'manager',
  effect: 'change',
  read: readPeople,
  args,
  async run(context, { task, people: who }) {
    const number = await theTask(context, task);
    const { task: found, removed } = await unassignTask(context, { number, references: who ?? [] });
    return changed(found, {
      messages: context.messages,
      sentence: context.messages.changes.noLonger(taskName(found), listed(removed)),
      ack: context.messages.changes.unassignedShort(number),
    });
  },
});

const justTask = z.object({ task: taskNumber });

export const claimOpenTask = action({
  name: 'claim',
  aliases: ['take', 'mine'],
  usage: ['claim <n>'],
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: readTaskOnly,
  args: justTask,
  async run(context, { task }) {
    const number = await theTask(context, task);
    const claimed = await claimTask(context, { number });
    return changed(claimed, {
      messages: context.messages,
      sentence: context.messages.changes.yours(taskName(claimed)),
      ack: context.messages.changes.claimedShort(number),
    });
  },
});

export const acceptTask = action({
  name: 'accept',
  usage: ['accept <n>'],
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: readTaskOnly,
  args: justTask,
  async run(context, { task }) {
    const number = await theTask(context, task);
    const accepted = await answerAssignment(context, { number, answer: 'accepted' });
    return changed(accepted, {
      messages: context.messages,
      sentence: context.messages.changes.accepted(taskName(accepted)),
      ack: context.messages.changes.acceptedShort(number),
    });
  },
});

export const declineTask = action({
  name: 'decline',
  aliases: ['reject'],
  usage: ['decline <n> <reason>'],
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
      messages: context.messages,
      sentence: context.messages.changes.declined(taskName(declined)),
      ack: context.messages.changes.declinedShort(number),
    });
  },
});

function askReason(context: Context, number: number): Reply {
  const { forms, buttons } = context.messages;
  return {
    kind: 'form',
    form: noteForm({
      title: forms.decline(number),
      submit: buttons.decline,
      label: forms.whyNot,
      longest: 500,
      intent: { action: 'decline', args: { task: String(number) } },
      nonce: context.newId(),
    }),
  };
}
