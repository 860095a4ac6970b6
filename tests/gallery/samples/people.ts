import { guestReply } from '../../../src/views/guest.ts';
import { joinAsked, joined } from '../../../src/views/join.ts';
import { addedToTeam, removalAsked, removed, teamList } from '../../../src/views/team.ts';
import { maya, priya, wes } from '../data.ts';
import { type Sample, samplesOf } from '../sample.ts';
import type { World } from '../world.ts';

const guest = ({ words }: World) => ({
  organizationId: 'o',
  workspaceId: 'w',
  sessionId: 's',
  profile: { name: words.stranger, email: words.email },
});

const teamPage = (world: World) => ({
  people: [
    {
      ...maya(world),
      role: 'admin' as const,
      email: 'maya@harbor-works.example',
      managerName: null,
      open: 1,
      linked: true,
    },
    {
      ...wes(world),
      role: 'worker' as const,
      email: world.words.email,
      managerName: world.words.manager,
      open: 12,
      linked: true,
    },
    { ...priya(world), role: 'manager' as const, email: null, managerName: null, open: 0, linked: false },
  ],
  total: 24,
  page: 2,
  pages: 3,
});

const removal = (world: World) => ({
  person: wes(world),
  heir: priya(world),
  tasks: [
    { id: 't', number: 42 },
    { id: 't2', number: 43 },
  ],
  projects: [world.words.projectKey, 'YARD'],
  lead: maya(world),
});

export const peopleSamples: readonly Sample[] = [
  ...samplesOf(guestReply, { 'somebody unknown': (world) => guestReply(guest(world)) }),
  ...samplesOf(joinAsked, {
    'for the first time': ({ words }) =>
      joinAsked({ name: words.stranger, email: words.email, request: 'r1' }),
    'to come back': ({ words }) =>
      joinAsked({ name: words.stranger, email: words.email, request: 'r1', before: words.worker }),
  }),
  ...samplesOf(joined, {
    new: ({ words }) => joined({ by: words.manager }),
    back: ({ words }) => joined({ by: words.manager, as: 'back' }),
    'a second account': ({ words }) => joined({ by: words.manager, as: 'known' }),
  }),
  ...samplesOf(teamList, { 'a page': (world) => teamList(teamPage(world)) }),
  ...samplesOf(addedToTeam, {
    new: (world) => addedToTeam({ person: wes(world), role: 'worker', as: 'new', email: world.words.email }),
    back: (world) => addedToTeam({ person: wes(world), role: 'manager', as: 'back', email: undefined }),
    'another role': (world) =>
      addedToTeam({ person: wes(world), role: 'admin', as: 'role', email: undefined }),
  }),
  ...samplesOf(removalAsked, {
    'with an heir': (world) => removalAsked(removal(world), world.root),
    'without an heir': (world) => removalAsked({ ...removal(world), heir: undefined }, world.root),
    'of an idle one': (world) => removalAsked({ ...removal(world), tasks: [], projects: [] }, world.root),
  }),
  ...samplesOf(removed, {
    'with an heir': (world) => removed(removal(world)),
    'of an idle one': (world) => removed({ ...removal(world), tasks: [] }),
  }),
];
