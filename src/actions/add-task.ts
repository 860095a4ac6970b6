import { z } from 'zod';
import type { Typed } from '../core/action.ts';
import { type AddOptions, type CommandLine, readAdd } from '../core/command-line.ts';
import { AppError } from '../core/errors.ts';
import { messagesFor, type Sentence } from '../core/messages.ts';
import { shorten } from '../core/shorten.ts';
import type { Reply } from '../core/view.ts';
import { worded } from '../core/worded.ts';
import { readAway } from '../services/away.ts';
import { linksHere } from '../services/channel-links.ts';
import { createTask, type NewTask } from '../services/create-task.ts';
import { whenContext } from '../services/due.ts';
import { findPeople } from '../services/people.ts';
import { ownProjects } from '../services/projects.ts';
import { awayWords } from '../views/away.ts';
import { type NewTaskValues, newTaskForm } from '../views/forms.ts';
import { taskCreated } from '../views/task-created.ts';
import { optionalText, people, references, title } from './arguments.ts';
import { action, type Context } from './context.ts';
import { MOST_OPTIONS, peopleToChoose } from './people-options.ts';

/** What a new task can be given, here and as a part of another one. */
export const createArgs = {
  title,
  description: optionalText(),
  assignees: people,
  due: optionalText(100),
  priority: z
    .enum(['', 'low', 'normal', 'high', 'urgent'], worded('input', 'priority'))
    .transform((priority) => priority || undefined)
    .optional(),
  project: optionalText(20),
  everyone: z.string().optional(),
  problems: optionalText(300),
};

const args = z.object({
  ...createArgs,
  /** Set by the form: what is missing then is an error at its field. */
  form: z.string().optional(),
  /** Set where a task is made of a message: what is given is filled in, and still asked about. offer: in a message that asked first. */
  ask: z.enum(['yes', 'offer'], worded('input', 'buttonOutOfDate')).optional(),
  /** Set by that form: the answer takes the place of the question. */
  offered: z.string().optional(),
});

export const addTask = action({
  name: 'add',
  aliases: ['new', 'create', 'todo'],
  usage: ['add <title> [@who] [due <when>] [!high] [in <PROJECT>]', 'add'],
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: readNewTask,
  opensForm: ({ title, form, ask }) => !form && (Boolean(ask) || !title?.trim()),
  args,
  async run(context, { title, form, ask, offered, ...given }) {
    if (!form && (ask || !title)) return askForTask(context, { title, ask, ...given });
    if (!title) {
      const userMessage: Sentence = ({ input }) => input.title;
      throw new AppError('invalid_arguments', { userMessage, fields: { title: userMessage } });
    }
    const { problems } = given;
    if (problems) {
      throw new AppError('invalid_arguments', { userMessage: ({ input }) => input.addProblems(problems) });
    }
    const created = await createTask(context, {
      ...newTaskOf({ title, ...given }),
      ...(given.project ? { project: given.project } : {}),
    });
    context.rememberTask(created.number);
    const { actor, messages, now } = context;
    const away = await readAway(context, created.assignees);
    const reply = taskCreated(created, {
      reader: actor,
      now,
      away: awayWords(away, { messages, reader: actor, now }),
    });
    return offered && reply.kind === 'view' ? { ...reply, replaceOriginal: true } : reply;
  },
});

interface Given {
  title: string;
  description?: string | undefined;
  assignees?: string[] | undefined;
  due?: string | undefined;
  priority?: NewTask['priority'] | undefined;
  everyone?: string | undefined;
}

/** The arguments as a new task; to which project it belongs is said apart. */
export const newTaskOf = ({ title, description, assignees, due, priority, everyone }: Given): NewTask => ({
  title,
  assignees: assignees ?? [],
  everyone: everyone === 'yes',
  priority: priority ?? 'normal',
  ...(description ? { description } : {}),
  ...(due ? { due } : {}),
});

export function readNewTask(line: CommandLine, typed: Typed): Record<string, string> {
  const options: AddOptions = { when: whenContext(typed, typed.now) };
  const add = readAdd(line, options);
  return {
    ...(add.title ? { title: add.title } : {}),
    ...(add.assignees.length > 0 ? { assignees: references(add.assignees, typed.mentions) } : {}),
    ...(add.due ? { due: add.due } : {}),
    ...(add.priority ? { priority: add.priority } : {}),
    ...(add.project ? { project: add.project } : {}),
    ...(add.everyone ? { everyone: 'yes' } : {}),
    ...(add.problems.length > 0 ? { problems: inWords(add.problems.slice(0, 3), typed.locale) } : {}),
  };
}

function inWords(problems: readonly string[], locale: string): string {
  const { words } = messagesFor(locale);
  return words.and(problems.map((problem) => words.quoted(shorten(problem, 60))));
}

const personOption = ({ id }: { id: string }): string => `person:${id}`;

async function askForTask(
  context: Context,
  given: {
    title?: string | undefined;
    ask?: 'yes' | 'offer' | undefined;
    description?: string | undefined;
    assignees?: string[] | undefined;
    due?: string | undefined;
    priority?: string | undefined;
    project?: string | undefined;
  },
): Promise<Reply> {
  const { roles } = context.actor;
  const [projects, links] = await Promise.all([ownProjects(context), linksHere(context)]);
  const here = projects.find(({ id }) => links.some((link) => link.projectId === id));
  const chosen = given.project?.toUpperCase() ?? here?.key;
  const manages = roles.manager || roles.admin;
  const named = manages
    ? await findPeople(context, { references: given.assignees ?? [], argument: 'assignees', groups: true })
    : [];
  const people = manages
    ? await peopleToChoose(context, { projectId: here?.id ?? null, chosen: named })
    : undefined;
  const values: NewTaskValues = {
    ...(given.title ? { title: given.title } : {}),
    ...(given.description ? { description: given.description } : {}),
    ...(named.length > 0 ? { assignees: named.map(personOption).join(',') } : {}),
    ...(given.due ? { due: given.due } : {}),
    ...(given.priority ? { priority: given.priority } : {}),
    ...(chosen && projects.some(({ key }) => key === chosen) ? { project: chosen } : {}),
  };
  const form = newTaskForm(values, {
    projects: projects
      .slice(0, MOST_OPTIONS)
      .map(({ key, name }) => ({ value: key, label: `${key}: ${name}` })),
    people,
    messages: context.messages,
    nonce: context.newId(),
    offered: given.ask === 'offer',
  });
  return { kind: 'form', form };
}
