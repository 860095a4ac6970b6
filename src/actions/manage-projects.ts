import { z } from 'zod';
import type { Typed } from '../core/action.ts';
import type { CommandLine } from '../core/command-line.ts';
import { AppError } from '../core/errors.ts';
import { bold, code, type Reply, say, text } from '../core/view.ts';
import {
  archiveProject,
  changeMembers,
  createProject,
  readArchivable,
  readMembers,
} from '../services/manage-projects.ts';
import { facts, names } from '../views/words.ts';
import { optionalText, people, reference } from './arguments.ts';
import { action, type Context } from './context.ts';

/** Names that one line of a phone shows */
const MOST_NAMES = 40;

const startProject = action({
  name: 'project-create',
  usage: ['project create <KEY> <name>'],
  topic: 'setup',
  access: 'manager',
  effect: 'change',
  read(line) {
    const key = line.word();
    const name = line.rest();
    return { ...(key ? { key } : {}), ...(name ? { name } : {}) };
  },
  args: z.object({ key: optionalText(40), name: optionalText(500) }),
  async run(context, { key, name }): Promise<Reply> {
    if (!key || !name) {
      throw new AppError('invalid_arguments', { userMessage: ({ input }) => input.newProject });
    }
    const project = await createProject(context, { key, name: name.replace(/\s+/g, ' ') });
    const { projects } = context.messages;
    return say(
      projects.started({
        key: bold(project.key),
        name: project.name,
        letIn: code(`${context.root}project members ${project.key} +@who`),
        link: code(`${context.root}link ${project.key}`),
      }),
      { to: 'user', tone: 'good', ack: projects.startedShort(project.key) },
    );
  },
});

const projectMembers = action({
  name: 'project-members',
  usage: ['project members <KEY> [+@who] [-@who]'],
  topic: 'setup',
  access: 'member',
  effect: 'change',
  read: readMembersChange,
  args: z.object({ project: optionalText(20), add: people, remove: people, problem: optionalText(60) }),
  async run(context, { project: key, add = [], remove = [], problem }): Promise<Reply> {
    if (!key || problem) {
      throw new AppError('invalid_arguments', {
        userMessage: ({ input }) => (problem ? input.memberProblem(problem) : input.members),
      });
    }
    if (add.length === 0 && remove.length === 0) return showMembers(context, key);
    const { project, added, removed, left } = await changeMembers(context, { key, add, remove });
    const { projects } = context.messages;
    const list = (found: readonly { name: string }[]): string =>
      names(
        found.map(({ name }) => name),
        context.messages,
        10,
      );
    return say(
      facts([
        text`${bold(project.key)} ${project.name}`,
        added.length > 0 ? projects.letIn(list(added)) : undefined,
        removed.length > 0 ? projects.takenOut(list(removed)) : undefined,
        left > 0 ? projects.stillTheirs(left) : undefined,
      ]),
      { to: 'user', tone: 'good', ack: projects.membersChanged(project.key) },
    );
  },
});

async function showMembers(context: Context, key: string): Promise<Reply> {
  const { project, owner, members } = await readMembers(context, key);
  context.audit({ target: `project:${project.id}` });
  const { messages } = context;
  const { projects } = messages;
  const found = members.filter(({ id }) => id !== owner.id).map(({ name }) => name);
  const others = found.length > 0 ? names(found, messages, MOST_NAMES) : projects.nobodyElse;
  const { name } = project;
  return say(projects.whoIsIn({ key: bold(project.key), name, owner: owner.name, others }), { to: 'user' });
}

/** `DOCK +@wes @tom -@ana`, or with add and remove: a sign counts until the next one. */
function readMembersChange(line: CommandLine, { mentions }: Typed): Record<string, string> {
  const project = line.word();
  const found = { add: [] as string[], remove: [] as string[] };
  let to: keyof typeof found = 'add';
  let problem: string | undefined;
  while (!line.done && !problem) {
    const person = line.person();
    if (person) {
      found[to].push(reference(person, mentions));
      continue;
    }
    const word = line.word() ?? '';
    const [, sign, rest = ''] = /^(\+|-|–|add$|remove$|and$|,$)(.*)$/i.exec(word) ?? [];
    if (sign === undefined) problem = word;
    else if (/^(\+|add)$/i.test(sign)) to = 'add';
    else if (/^(-|–|remove)$/i.test(sign)) to = 'remove';
    const name = rest.replace(/^@/, '').replace(/,$/, '');
    if (name) found[to].push(name.includes('@') ? `email:${name}` : `name:${name}`);
  }
  return {
    ...(project ? { project } : {}),
    ...(found.add.length > 0 ? { add: found.add.join(',') } : {}),
    ...(found.remove.length > 0 ? { remove: found.remove.join(',') } : {}),
    ...(problem ? { problem } : {}),
  };
}

const endProject = action({
  name: 'project-archive',
  usage: ['project archive <KEY>'],
  topic: 'setup',
  access: 'manager',
  effect: 'change',
  read(line) {
    const project = line.word();
    return project ? { project } : {};
  },
  args: z.object({ project: optionalText(20), sure: z.string().optional() }),
  async run(context, { project: key, sure }): Promise<Reply> {
    if (!key) throw new AppError('invalid_arguments', { userMessage: ({ input }) => input.projectToArchive });
    if (!sure) return askWhetherToArchive(context, key);
    const project = await archiveProject(context, key);
    const { projects } = context.messages;
    const done = say(projects.archivedNow(bold(project.key), project.name), {
      to: 'user',
      ack: projects.archivedShort(project.key),
    });
    return done.kind === 'view' ? { ...done, replaceOriginal: true } : done;
  },
});

/** It can't be taken back, so it is asked for twice. */
async function askWhetherToArchive(context: Context, key: string): Promise<Reply> {
  const { project, open, links } = await readArchivable(context, key);
  context.audit({ target: `project:${project.id}`, details: { asked: 'whether to archive' } });
  const { projects, team } = context.messages;
  const ends = [
    projects.staysReadable,
    projects.noNewTasks,
    ...(links > 0 ? [projects.noLongerShown(links)] : []),
  ];
  const intent = { action: 'project-archive', args: { project: project.key, sure: 'yes' } };
  return say(projects.whetherToArchive({ key: bold(project.key), name: project.name, open, ends }), {
    to: 'user',
    tone: 'attention',
    ack: team.askedInPrivate,
    buttons: [{ label: projects.archive, tone: 'danger', intent }],
  });
}

export const projectManagement = [startProject, projectMembers, endProject];
