import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import type { Messages } from '../core/messages.ts';
import { shorten } from '../core/shorten.ts';
import { bold, code, plain, type Reply, say, text, type View } from '../core/view.ts';
import { type Link, linkChannel, listLinks, unlinkChannel } from '../services/channel-links.ts';
import { findProject, listProjects, type ProjectSummary } from '../services/projects.ts';
import { projectView } from '../views/project.ts';
import { projectFacts } from '../views/project-facts.ts';
import { facts } from '../views/words.ts';
import { optionalText } from './arguments.ts';
import { action, type Context } from './context.ts';

/** `project list`; the other verbs are actions of their own, see manage-projects.ts. */
export const projectCommand = action({
  name: 'project',
  aliases: ['projects'],
  usage: ['project list', 'project <KEY>'],
  topic: 'look',
  access: 'member',
  effect: 'query',
  read(line) {
    const verb = line.word();
    return verb ? { verb: verb.toLowerCase() } : {};
  },
  args: z.object({ verb: optionalText(40) }),
  async run(context, { verb = 'list' }) {
    const key = verb === 'list' ? undefined : verb.toUpperCase();
    const found = await listProjects(context, key === undefined ? {} : { key });
    if (key !== undefined) {
      const [meant] = found;
      if (meant) return showProject(context, meant);
      throw new AppError('invalid_arguments', {
        userMessage: ({ input }) => input.projectVerb(shorten(verb, 20)),
      });
    }
    const { projects, buttons } = context.messages;
    const view: View = {
      title: projects.yours,
      summary: projects.yoursShort(found.map(({ key }) => key)),
      nodes: [
        {
          type: 'list',
          empty: plain(projects.none),
          rows: found.map((project) => ({
            title: text`${bold(project.key)} ${project.name}`,
            detail: projectFacts(project, context.messages),
            buttons: [{ label: buttons.tasks, intent: { action: 'list', args: { query: project.key } } }],
          })),
        },
      ],
    };
    return { kind: 'view', to: 'user', view };
  },
});

/** Which tasks a link shows. */
function shownTasks({ projects, words }: Messages, priority: Link['leastPriority']): string {
  if (!priority) return projects.newTasks;
  const name = words.priorities[priority];
  return priority === 'urgent' ? projects.newTasksOf(name) : projects.newTasksFrom(name);
}

/** `project DOCK` */
async function showProject(context: Context, project: ProjectSummary): Promise<Reply> {
  context.audit({ target: `project:${project.id}` });
  const { roles } = context.actor;
  const view = projectView(project, {
    manages: roles.manager || roles.admin,
    messages: context.messages,
  });
  return { kind: 'view', to: 'user', view };
}

const projectKey = z.object({ project: optionalText(20) });

export const linkProject = action({
  name: 'link',
  usage: ['link <PROJECT> [!high]'],
  topic: 'setup',
  access: 'manager',
  effect: 'change',
  read(line) {
    const project = line.word();
    const priority = line.priority();
    return { ...(project ? { project } : {}), ...(priority ? { priority } : {}) };
  },
  args: z.object({
    project: optionalText(20),
    priority: z.enum(['low', 'normal', 'high', 'urgent']).optional(),
  }),
  async run(context, { project: key, priority }): Promise<Reply> {
    if (!key) throw new AppError('invalid_arguments', { userMessage: ({ input }) => input.projectToLink });
    const project = await findProject(context, key);
    await linkChannel(context, { project, ...(priority ? { leastPriority: priority } : {}) });
    const { projects } = context.messages;
    const who = context.actor.name;
    const { name } = project;
    const shown = shownTasks(context.messages, priority);
    return {
      kind: 'view',
      to: 'channel',
      view: {
        summary: projects.linkedShort(who, project.key),
        nodes: [
          { type: 'text', text: projects.linked({ who, key: bold(project.key), name, shown }) },
          { type: 'text', text: projects.howToUnlink(code(`${context.root}unlink`)), muted: true },
        ],
      },
    };
  },
});

export const unlinkProject = action({
  name: 'unlink',
  usage: ['unlink [PROJECT]'],
  topic: 'setup',
  access: 'manager',
  effect: 'change',
  read(line) {
    const project = line.word();
    return project ? { project } : {};
  },
  args: projectKey,
  async run(context, { project }): Promise<Reply> {
    const link = await unlinkChannel(context, project);
    const {
      actor,
      messages: { projects },
    } = context;
    return {
      kind: 'view',
      to: 'channel',
      view: {
        summary: projects.unlinkedShort(actor.name, link.projectKey),
        nodes: [{ type: 'text', text: projects.unlinked(actor.name, bold(link.projectKey)) }],
      },
    };
  },
});

const channelWords = (name: string, { projects }: Messages): string =>
  name === '' ? projects.unnamedChannel : `#${name.replace(/^#/, '')}`;

export const listChannelLinks = action({
  name: 'links',
  usage: ['links'],
  topic: 'setup',
  access: 'member',
  effect: 'query',
  read: () => ({}),
  args: z.object({}),
  async run(context) {
    const links = await listLinks(context);
    const { messages } = context;
    const { projects, words } = messages;
    const here = context.invocation.place.channelId;
    if (links.length === 0) {
      return say(plain(projects.noLinks), { to: 'user' });
    }
    const rows = links.map((link) => ({
      title: projects.inChannelNamed(
        bold(link.projectKey),
        link.channelId === here ? projects.thisChannel : channelWords(link.channelName, messages),
      ),
      detail: facts([
        projects.linkedBy(link.createdBy),
        link.leastPriority ? projects.from(words.priorities[link.leastPriority]) : undefined,
      ]),
    }));
    const view: View = {
      title: projects.links,
      summary: projects.linksShort(links.length),
      nodes: [{ type: 'list', rows, empty: plain('') }],
    };
    return { kind: 'view', to: 'user', view };
  },
});
