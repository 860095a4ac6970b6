import type { Messages } from '../core/messages.ts';
import { bold, code, plain, type Reply, say, text, type View } from '../core/view.ts';
import type { Added } from '../services/add-to-team.ts';
import type { TeamPage } from '../services/read-team.ts';
import type { Removal } from '../services/remove-from-team.ts';
import { facts } from './words.ts';

/** Who is on the team, a screen at a time. */
export function teamList({ people, total, page, pages }: TeamPage, messages: Messages): View {
  const { team, words } = messages;
  const turn = (label: string, to: number) => ({
    label,
    intent: { action: 'team', args: { page: String(to) } },
  });
  const buttons = [
    ...(page > 1 ? [turn(messages.buttons.previous, page - 1)] : []),
    ...(page < pages ? [turn(messages.buttons.next(page, pages), page + 1)] : []),
  ];
  return {
    title: team.heading(total),
    summary: team.summary(total),
    nodes: [
      {
        type: 'list',
        empty: plain(team.nobody),
        rows: people.map((person) => ({
          title: text`${bold(person.name)} ${team.roles[person.role]}`,
          detail: facts([
            words.openTasks(person.open),
            person.managerName && person.role === 'worker' ? team.with(person.managerName) : undefined,
            person.email ?? undefined,
            person.linked ? undefined : team.silent,
          ]),
        })),
      },
      ...(buttons.length > 0 ? [{ type: 'actions' as const, buttons }] : []),
    ],
  };
}

/** Says who is on the team now, and what they must do to be known. */
export function addedToTeam({ person, role, as, email }: Added, { team, crew }: Messages): Reply {
  const tell = { new: team.added, back: team.back, role: team.changedRole }[as];
  const news = tell(bold(person.name), crew.roles[role]);
  const known = email ? text` ${team.knownBy(email)}` : text``;
  return say(text`${news}${known}`, { to: 'user', tone: 'good', ack: team.changed });
}

/** Before somebody is taken off: what becomes of what is theirs. */
export function removalAsked(
  { person, heir, tasks, projects, lead }: Removal,
  { root, messages: { team } }: { root: string; messages: Messages },
): Reply {
  const args = { who: `person:${person.id}`, sure: 'yes', ...(heir ? { heir: `person:${heir.id}` } : {}) };
  const question = team.takeOff(bold(person.name));
  const command = code(`${root}team remove @${firstName(person.name)} to @who`);
  const fate =
    tasks.length === 0
      ? text``
      : heir
        ? text` ${team.goesTo(heir.name, tasks.length)}`
        : text` ${team.goesToNobody(tasks.length, command)}`;
  const leads = projects.length > 0 ? text` ${team.willLead(lead.name, projects)}` : text``;
  return say(text`${question}${fate}${leads}`, {
    to: 'user',
    tone: 'attention',
    ack: team.askedInPrivate,
    buttons: [{ label: team.remove, tone: 'danger', intent: { action: 'team-remove', args } }],
  });
}

/** After it. */
export function removed({ person, heir, tasks }: Removal, { team }: Messages): Reply {
  const fate =
    tasks.length === 0
      ? text``
      : text` ${heir ? team.theirsNow(tasks.length, heir.name) : team.nobodysNow(tasks.length)}`;
  const reply = say(text`${team.removed(bold(person.name))}${fate}`, {
    to: 'user',
    ack: team.changed,
  });
  return reply.kind === 'view' ? { ...reply, replaceOriginal: true } : reply;
}

const firstName = (name: string): string => name.split(' ')[0] ?? name;
