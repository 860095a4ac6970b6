import { messagesFor } from '../../../src/core/messages.ts';
import { type DigestContent, digestSections } from '../../../src/services/digest-content.ts';
import { channelDigestView } from '../../../src/views/channel-digest.ts';
import { channelSentence, digestAsked, digestView } from '../../../src/views/digest.ts';
import { weeklyReportView } from '../../../src/views/weekly-report.ts';
import { content, pump, row, taskPage } from '../data.ts';
import { type Sample, samplesOf } from '../sample.ts';
import { momentOf, type World } from '../world.ts';

/** What was kept for the digest: news of a task, and of none. */
const kept = (world: World) => [
  content(world, {
    id: 'n2',
    kind: 'accepted',
    actorName: world.words.worker,
    task: pump(world, { number: 92 }),
  }),
  content(world, {
    id: 'n3',
    kind: 'join_asked',
    task: null,
    data: { name: world.words.stranger, email: world.words.email, request: 'r1' },
  }),
];

function day(world: World): DigestContent {
  const [first, second, blocked, review] = taskPage(world).rows;
  return {
    id: 'n1',
    held: [],
    news: kept(world),
    recipient: { id: 'maya', name: world.words.manager, manages: true, ...world.reader },
    sections: [
      { section: 'overdue', total: 1, tasks: [row(world, { dueAt: momentOf(-1, 15), priority: 'high' })] },
      { section: 'today', total: 7, tasks: [first, second].flatMap((task) => task ?? []) },
      { section: 'waiting', total: 1, tasks: review ? [review] : [] },
      { section: 'blocked', total: 1, tasks: blocked ? [blocked] : [] },
      { section: 'late', total: 1, tasks: [row(world, { number: 88, dueAt: momentOf(-2, 12) })] },
      { section: 'fresh', total: 1, tasks: [row(world, { number: 90, dueAt: null })] },
      { section: 'moved', total: 1, tasks: [row(world, { number: 91, dueAt: null })] },
      { section: 'told', total: 1, tasks: [row(world, { number: 92, dueAt: null })] },
    ],
  };
}

const full = (world: World): DigestContent => ({
  ...day(world),
  sections: digestSections.map((section) => ({
    section,
    total: 40,
    tasks: Array.from({ length: 5 }, () => row(world)),
  })),
});

const channel = (world: World) => ({
  id: 'd1',
  reader: world.reader,
  projects: [world.words.projectKey],
  sections: [
    {
      section: 'overdue' as const,
      total: 1,
      tasks: [row(world, { dueAt: momentOf(-1, 15), workable: false })],
    },
    { section: 'done' as const, total: 12, tasks: [row(world, { category: 'done', workable: false })] },
  ],
});

const messagesOf = ({ reader }: World) => messagesFor(reader.locale);

export const digestSamples: readonly Sample[] = [
  ...samplesOf(digestView, {
    'a manager’s': (world) => digestView(day(world), world.now),
    'as much as there can be': (world) => digestView(full(world), world.now),
  }),
  ...samplesOf(digestAsked, {
    'nothing in it': (world) =>
      digestAsked(undefined, { messages: messagesOf(world), now: world.now, isTurned: false }),
  }),
  ...samplesOf(channelDigestView, { plain: (world) => channelDigestView(channel(world), world.now) }),
  ...samplesOf(channelSentence, {
    'set up': (world) =>
      channelSentence(
        messagesOf(world).digest.channel.set(world.words.manager, '09:00', 'Europe/Berlin'),
        '/task ',
      ),
  }),
  ...samplesOf(weeklyReportView, {
    plain: (world) =>
      weeklyReportView({
        id: 'n1',
        recipient: { id: 'maya', ...world.reader },
        projects: [
          {
            key: world.words.projectKey,
            name: world.words.projectName,
            added: 7,
            done: 12,
            open: 9,
            overdue: 2,
            blocked: 1,
          },
        ],
      }),
  }),
];
