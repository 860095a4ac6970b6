import { plain } from '../../../src/core/view.ts';
import type { NotificationContent } from '../../../src/services/outbox-content.ts';
import { bundleView } from '../../../src/views/bundle.ts';
import { taskMessage } from '../../../src/views/notification.ts';
import { content, pump, statusOf } from '../data.ts';
import { type Sample, samplesOf } from '../sample.ts';
import type { World } from '../world.ts';

const given = (world: World, count: number): NotificationContent[] =>
  Array.from({ length: count }, (_, index) =>
    content(world, {
      id: `n${index}`,
      task: pump(world, { id: `t${index}`, number: 42 + index, dueAt: index % 2 ? null : world.now }),
    }),
  );

const news = (world: World): NotificationContent[] => [
  content(world, { id: 'n1' }),
  content(world, { id: 'n2', kind: 'commented', comment: world.words.comment }),
  content(world, { id: 'n3', kind: 'nudged' }),
];

const ofAll = (world: World): NotificationContent[] => [
  ...news(world),
  content(world, {
    id: 'n4',
    kind: 'blocked',
    data: { note: world.words.note },
    task: pump(world, {
      id: 't57',
      number: 57,
      title: world.words.otherTitle,
      status: statusOf(world, 'blocked'),
    }),
  }),
  content(world, {
    id: 'n5',
    kind: 'handed_over',
    task: null,
    data: { count: '3', from: world.words.worker },
  }),
];

export const bundleSamples: readonly Sample[] = [
  ...samplesOf(bundleView, {
    'on one task': (world) => bundleView(news(world), world)?.view,
    'many tasks given': (world) => bundleView(given(world, 20), world)?.view,
    'news on several tasks': (world) => bundleView(ofAll(world), world)?.view,
    'after a night': (world) => bundleView(ofAll(world), { now: world.now, held: true })?.view,
  }),
  ...samplesOf(taskMessage, {
    plain: (world) =>
      taskMessage(pump(world), content(world), {
        news: plain(world.words.comment),
        summary: world.words.title,
        now: world.now,
      }),
  }),
];
