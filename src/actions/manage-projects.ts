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
import { counted, facts, listWords, names } from '../views/words.ts';
import { optionalText, people, reference } from './arguments.ts';
import { action, type Context } from './context.ts';

/** Names that one line of a phone shows */
const MOST_NAMES = 40;

const startProject = action({
  name: 'project-create',
  usage: ['project create <KEY> <name>'],
  summary: 'start a project, which you manage',
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
    return say(
      text`Started ${bold(project.key)} ${project.name}. ${code(`${context.root}project members ${project.key} +@who`)} lets people in, ${code(`${context.root}link ${project.key}`)} in a channel shows it there.`,
      { to: 'user', tone: 'good', ack: `${project.key} is started.` },
    );
  },
});

const projectMembers = action({
  name: 'project-members',
  usage: ['project members <KEY> [+@who] [-@who]'],
  summary: 'who is in a project; managers let people in and out',
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
    const list = (found: readonly { name: string }[]): string =>
      names(
        found.map(({ name }) => name),
        10,
      );
    return say(
      facts([
        text`${bold(project.key)} ${project.name}`,
        added.length > 0 ? text`in: ${list(added)}` : undefined,
        removed.length > 0 ? text`out: ${list(removed)}` : undefined,
        left > 0
          ? text`${counted(left, 'open task')} there ${left === 1 ? 'is' : 'are'} still theirs`
          : undefined,
      ]),
      { to: 'user', tone: 'good', ack: `The members of ${project.key} are changed.` },
    );
  },
});

async function showMembers(context: Context, key: string): Promise<Reply> {
  const { project, owner, members } = await readMembers(context, key);
  context.audit({ target: `project:${project.id}` });
  const others = members.filter(({ id }) => id !== owner.id).map(({ name }) => name);
  const list = others.length > 0 ? names(others, MOST_NAMES) : 'nobody else yet';
  return say(text`${bold(project.key)} ${project.name}: ${owner.name}, who manages it, and ${list}.`, {
    to: 'user',
  });
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
  summary: 'end a project; its tasks stay readable',
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
    const done = say(text`Archived: ${bold(project.key)} ${project.name}`, {
      to: 'user',
      ack: `${project.key} is archived.`,
    });
    return done.kind === 'view' ? { ...done, replaceOriginal: true } : done;
  },
});

/** It can't be taken back, so it is asked for twice. */
async function askWhetherToArchive(context: Context, key: string): Promise<Reply> {
  const { project, open, links } = await readArchivable(context, key);
  context.audit({ target: `project:${project.id}`, details: { asked: 'whether to archive' } });
  const ends = [
    'its tasks stay readable',
    'there are no new ones',
    ...(links > 0 ? [`${counted(links, 'channel')} no longer ${links === 1 ? 'shows' : 'show'} it`] : []),
  ];
  return say(
    text`${bold(project.key)} ${project.name} has ${counted(open, 'open task')}. Archived, ${listWords(ends)}.`,
    {
      to: 'user',
      tone: 'attention',
      ack: 'I have asked you in private.',
      buttons: [
        {
          label: 'Archive',
          tone: 'danger',
          intent: { action: 'project-archive', args: { project: project.key, sure: 'yes' } },
        },
      ],
    },
  );
}

export const projectManagement = [startProject, projectMembers, endProject];
