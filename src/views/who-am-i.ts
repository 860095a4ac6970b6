import type { Messages } from '../core/messages.ts';
import { type Button, plain, type View } from '../core/view.ts';
import { formatWhen } from '../core/when.ts';
import type { OwnProfile } from '../services/profile.ts';
import { zoneWords } from './settings-words.ts';
import type { Reader } from './words.ts';

/** Who somebody is to us: role, projects, time, and where they are connected. */
export function whoAmIView(
  profile: OwnProfile,
  { reader, now, messages }: { reader: Reader; now: Date; messages: Messages },
): View {
  const { connect, words } = messages;
  const roles = words.and(
    (['admin', 'manager', 'worker'] as const)
      .filter((role) => profile[role])
      .map((role) => connect.roles[role]),
  );
  const { managerName, projects, email } = profile;
  const role = managerName ? connect.with(roles, managerName) : roles;
  const facts: [string, string][] = [
    [connect.role, role],
    [connect.projects, projects.join(', ') || connect.noProjects],
    [connect.email, email ?? connect.noEmail],
    [connect.time, `${formatWhen(now, { now, ...reader })} (${zoneWords(profile.timeZone)})`],
    [connect.connected, accountsWords(profile, messages)],
  ];
  return {
    title: profile.name,
    summary: connect.you(profile.name, roles),
    nodes: [
      { type: 'fields', items: facts.map(([label, value]) => ({ label, value: plain(value) })) },
      { type: 'actions', buttons: buttonsOf(profile, messages) },
    ],
  };
}

function accountsWords({ accounts, missing }: OwnProfile, { connect }: Messages): string {
  const where = connect.accounts(
    accounts.map(({ platform, workspace }) => {
      const name = connect.platforms[platform];
      return workspace === name ? name : `${name} (${workspace})`;
    }),
  );
  return missing.length > 0
    ? connect.notOn(
        where,
        missing.map((platform) => connect.platforms[platform]),
      )
    : where;
}

function buttonsOf({ missing }: OwnProfile, { connect, settings }: Messages): Button[] {
  const [platform] = missing;
  return [
    { label: settings.homeButton, intent: { action: 'settings', args: {} } },
    ...(platform
      ? [
          {
            label: connect.connectButton(connect.platforms[platform]),
            intent: { action: 'connect', args: {} },
          },
        ]
      : []),
  ];
}
