import {
  codeRefused,
  codeSaid,
  connectAsked,
  connected,
  separated,
  separationAsked,
} from '../../../src/views/connect.ts';
import { whoAmIView } from '../../../src/views/who-am-i.ts';
import { type Sample, samplesOf } from '../sample.ts';
import type { World } from '../world.ts';

const code = 'K7QPM-3XDFA';
const separation = { platform: 'teams' as const, others: ['slack' as const] };

const profile = ({ words, reader }: World) => ({
  name: words.worker,
  email: words.email,
  timeZone: reader.timeZone,
  worker: true,
  manager: false,
  admin: false,
  managerName: words.manager,
  projects: [words.projectKey, 'YARD'],
  accounts: [{ platform: 'slack' as const, workspace: 'Harbor Works' }],
  missing: ['teams' as const],
});

export const connectSamples: readonly Sample[] = [
  ...samplesOf(codeSaid, {
    'on Slack': ({ messages }) => codeSaid({ code, elsewhere: ['teams'] }, messages),
  }),
  ...samplesOf(connectAsked, {
    'known twice': ({ words, messages }) =>
      connectAsked(
        { owner: { name: words.worker, email: words.email }, platforms: ['slack', 'teams'] },
        { code, messages },
      ),
    'without an address': ({ words, messages }) =>
      connectAsked(
        { owner: { name: words.worker, email: null }, platforms: ['slack', 'teams'] },
        { code, messages },
      ),
  }),
  ...samplesOf(connected, {
    'on both': ({ words, messages }) =>
      connected({ name: words.worker, platforms: ['slack', 'teams'] }, messages),
  }),
  ...samplesOf(codeRefused, { 'a wrong one': ({ messages, root }) => codeRefused(messages, root) }),
  ...samplesOf(separationAsked, { 'of Teams': ({ messages }) => separationAsked(separation, messages) }),
  ...samplesOf(separated, { 'of Teams': ({ messages }) => separated(separation, messages) }),
  ...samplesOf(whoAmIView, {
    'a worker on Slack': (world) => whoAmIView(profile(world), world.context),
    'an admin on both': (world) =>
      whoAmIView(
        {
          ...profile(world),
          admin: true,
          manager: true,
          managerName: null,
          email: null,
          projects: [],
          accounts: [
            { platform: 'slack', workspace: 'Harbor Works' },
            { platform: 'teams', workspace: 'Teams' },
          ],
          missing: [],
        },
        world.context,
      ),
  }),
];
