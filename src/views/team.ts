import { bold, code, plain, type Reply, say, text, type View } from '../core/view.ts';
import type { Added } from '../services/add-to-team.ts';
import type { Role, TeamPage } from '../services/read-team.ts';
import type { Removal } from '../services/remove-from-team.ts';
import { counted, facts, listWords } from './words.ts';

const roles: Record<Role, string> = { worker: 'worker', manager: 'manager', admin: 'admin' };
const articles: Record<Role, string> = { worker: 'a worker', manager: 'a manager', admin: 'an admin' };

/** Who is on the team, a screen at a time. */
export function teamList({ people, total, page, pages }: TeamPage): View {
  const turn = (label: string, to: number) => ({
    label,
    intent: { action: 'team', args: { page: String(to) } },
  });
  const buttons = [
    ...(page > 1 ? [turn('Previous', page - 1)] : []),
    ...(page < pages ? [turn(`Next (${page} of ${pages})`, page + 1)] : []),
  ];
  return {
    title: `Your team (${total})`,
    summary: `${counted(total, 'person').replace('persons', 'people')} on your team`,
    nodes: [
      {
        type: 'list',
        empty: plain('Nobody yet.'),
        rows: people.map((person) => ({
          title: text`${bold(person.name)} ${roles[person.role]}`,
          detail: facts([
            text`${counted(person.open, 'open task')}`,
            person.managerName && person.role === 'worker' ? text`with ${person.managerName}` : undefined,
            person.email ? text`${person.email}` : undefined,
            person.linked ? undefined : text`has not written yet`,
          ]),
        })),
      },
      ...(buttons.length > 0 ? [{ type: 'actions' as const, buttons }] : []),
    ],
  };
}

/** Says who is on the team now, and what they must do to be known. */
export function addedToTeam({ person, role, as, email }: Added): Reply {
  const news = {
    new: text`${bold(person.name)} is on the team now, as ${articles[role]}.`,
    back: text`${bold(person.name)} is back on the team, as ${articles[role]}.`,
    role: text`${bold(person.name)} is ${articles[role]} now.`,
  }[as];
  const known = email ? text` I know them by ${email} when they write to me.` : text``;
  return say(text`${news}${known}`, { to: 'user', tone: 'good', ack: 'The team is changed.' });
}

/** Before somebody is taken off: what becomes of what is theirs. */
export function removalAsked({ person, heir, tasks, projects, lead }: Removal, root: string): Reply {
  const args = { who: `person:${person.id}`, sure: 'yes', ...(heir ? { heir: `person:${heir.id}` } : {}) };
  const theirs = text`${bold(person.name)} has ${counted(tasks.length, 'open task')}.`;
  const fate =
    tasks.length === 0
      ? text``
      : heir
        ? text` ${heir.name} gets ${tasks.length === 1 ? 'it' : 'them'}.`
        : text` ${tasks.length === 1 ? 'It' : 'They'} will be nobody’s; ${code(`${root}team remove @${firstName(person.name)} to @who`)} gives them to somebody.`;
  const leads = projects.length > 0 ? text` ${lead.name} will manage ${listWords(projects)}.` : text``;
  return say(text`${theirs}${fate}${leads}`, {
    to: 'user',
    tone: 'attention',
    ack: 'I have asked you in private.',
    buttons: [{ label: 'Remove', tone: 'danger', intent: { action: 'team-remove', args } }],
  });
}

/** After it. */
export function removed({ person, heir, tasks }: Removal): Reply {
  const fate =
    tasks.length === 0
      ? text``
      : text` ${counted(tasks.length, 'open task')} ${tasks.length === 1 ? 'is' : 'are'} ${heir ? `${heir.name}’s` : 'nobody’s'} now.`;
  const reply = say(text`${bold(person.name)} is off the team.${fate}`, {
    to: 'user',
    ack: 'The team is changed.',
  });
  return reply.kind === 'view' ? { ...reply, replaceOriginal: true } : reply;
}

const firstName = (name: string): string => name.split(' ')[0] ?? name;
