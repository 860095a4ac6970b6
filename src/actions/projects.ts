import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { shorten } from '../core/shorten.ts';
import { bold, code, plain, type Reply, say, text, type View } from '../core/view.ts';
import { linkChannel, listLinks, unlinkChannel } from '../services/channel-links.ts';
import { findProject, listProjects, type ProjectSummary } from '../services/projects.ts';
import { projectView } from '../views/project.ts';
import { projectFacts } from '../views/project-facts.ts';
import { counted, facts } from '../views/words.ts';
import { optionalText } from './arguments.ts';
import { action, type Context } from './context.ts';

/** `project list`; the other verbs are actions of their own, see manage-projects.ts. */
export const projectCommand = action({
  name: 'project',
  aliases: ['projects'],
  usage: ['project list', 'project <KEY>'],
  summary: 'your projects and how they stand',
  topic: 'look',
  access: 'member',
  effect: 'query',
  read(line) {
    const verb = line.word();
    return verb ? { verb: verb.toLowerCase() } : {};
  },
  args: z.object({ verb: optionalText(40) }),
  async run(context, { verb = 'list' }) {
    const projects = await listProjects(context);
    if (verb !== 'list') {
      const meant = projects.find(({ key }) => key === verb.toUpperCase());
      if (meant) return showProject(context, meant);
      throw new AppError('invalid_arguments', {
        userMessage: ({ input }) => input.projectVerb(shorten(verb, 20)),
      });
    }
    const view: View = {
      title: 'Your projects',
      summary: `Your projects: ${projects.map(({ key }) => key).join(', ') || 'none'}`,
      nodes: [
        {
          type: 'list',
          empty: plain('You are in no project yet. A manager can make you a member.'),
          rows: projects.map((project) => ({
            title: text`${bold(project.key)} ${project.name}`,
            detail: projectFacts(project, context.messages),
            buttons: [{ label: 'Tasks', intent: { action: 'list', args: { query: project.key } } }],
          })),
        },
      ],
    };
    return { kind: 'view', to: 'user', view };
  },
});

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
  summary: 'show a project’s tasks in this channel',
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
    const shown = priority
      ? `New tasks of ${priority} priority${priority === 'urgent' ? '' : ' or above'}`
      : 'New tasks of the project';
    return {
      kind: 'view',
      to: 'channel',
      view: {
        summary: `${context.actor.name} linked ${project.key} to this channel`,
        nodes: [
          {
            type: 'text',
            text: text`${context.actor.name} linked ${bold(project.key)} ${project.name} to this channel. ${shown} are shown here, and tasks added here belong to it.`,
          },
          { type: 'text', text: text`${code(`${context.root}unlink`)} ends it.`, muted: true },
        ],
      },
    };
  },
});

export const unlinkProject = action({
  name: 'unlink',
  usage: ['unlink [PROJECT]'],
  summary: 'stop showing a project in this channel',
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
    return {
      kind: 'view',
      to: 'channel',
      view: {
        summary: `${context.actor.name} unlinked ${link.projectKey} from this channel`,
        nodes: [
          {
            type: 'text',
            text: text`${context.actor.name} unlinked ${bold(link.projectKey)} from this channel. Cards that stand here stay true.`,
          },
        ],
      },
    };
  },
});

export const listChannelLinks = action({
  name: 'links',
  usage: ['links'],
  summary: 'which channels show which projects',
  topic: 'setup',
  access: 'member',
  effect: 'query',
  read: () => ({}),
  args: z.object({}),
  async run(context) {
    const links = await listLinks(context);
    const here = context.invocation.place.channelId;
    if (links.length === 0) {
      return say(
        plain('No channel shows one of your projects yet. In a channel, a manager types `link <PROJECT>`.'),
        { to: 'user' },
      );
    }
    const rows = links.map((link) => ({
      title: text`${bold(link.projectKey)} in ${link.channelId === here ? 'this channel' : `#${link.channelName.replace(/^#/, '')}`}`,
      detail: facts([
        text`linked by ${link.createdBy}`,
        link.leastPriority ? text`${link.leastPriority} priority and above` : undefined,
      ]),
    }));
    const view: View = {
      title: 'Linked channels',
      summary: `${counted(links.length, 'link')} between channels and projects`,
      nodes: [{ type: 'list', rows, empty: plain('') }],
    };
    return { kind: 'view', to: 'user', view };
  },
});
