import { guestReply } from '../../../src/views/guest.ts';
import { joinAsked, joined } from '../../../src/views/join.ts';
import { addedToTeam, removalAsked, removed, teamList } from '../../../src/views/team.ts';
import { greeting, welcomeView } from '../../../src/views/welcome.ts';
import { maya, priya, wes } from '../data.ts';
import { type Sample, samplesOf } from '../sample.ts';
import type { World } from '../world.ts';

const guest = ({ words, reader }: World) => ({
  organizationId: 'o',
  workspaceId: 'w',
  sessionId: 's',
  profile: { name: words.stranger, email: words.email, locale: reader.locale },
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
  ...samplesOf(welcomeView, {
    worker: ({ words, messages }) => welcomeView({ name: words.worker, leads: false }, messages),
    manager: ({ words, messages }) => welcomeView({ name: words.manager, leads: true }, messages),
  }),
  ...samplesOf(greeting, {
    'by somebody': ({ words, context }) =>
      greeting({ who: words.manager, root: context.root }, context.messages),
  }),
  ...samplesOf(joinAsked, {
    'for the first time': ({ words, messages }) =>
      joinAsked({ name: words.stranger, email: words.email, request: 'r1' }, messages),
    'to come back': ({ words, messages }) =>
      joinAsked({ name: words.stranger, email: words.email, request: 'r1', before: words.worker }, messages),
  }),
  ...samplesOf(joined, {
    new: ({ words, messages }) => joined({ by: words.manager }, messages),
    back: ({ words, messages }) => joined({ by: words.manager, as: 'back' }, messages),
    'a second account': ({ words, messages }) => joined({ by: words.manager, as: 'known' }, messages),
  }),
  ...samplesOf(teamList, { 'a page': (world) => teamList(teamPage(world), world.messages) }),
  ...samplesOf(addedToTeam, {
    new: (world) =>
      addedToTeam(
        { person: wes(world), role: 'worker', as: 'new', email: world.words.email },
        world.messages,
      ),
    back: (world) =>
      addedToTeam({ person: wes(world), role: 'manager', as: 'back', email: undefined }, world.messages),
    'another role': (world) =>
      addedToTeam({ person: wes(world), role: 'admin', as: 'role', email: undefined }, world.messages),
  }),
  ...samplesOf(removalAsked, {
    'with an heir': (world) => removalAsked(removal(world), world.context),
    'without an heir': (world) => removalAsked({ ...removal(world), heir: undefined }, world.context),
    'of an idle one': (world) => removalAsked({ ...removal(world), tasks: [], projects: [] }, world.context),
  }),
  ...samplesOf(removed, {
    'with an heir': (world) => removed(removal(world), world.messages),
    'of an idle one': (world) => removed({ ...removal(world), tasks: [] }, world.messages),
  }),
];
