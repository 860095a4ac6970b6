import { messagesFor } from '../../../src/core/messages.ts';
import type { DeadGroup } from '../../../src/services/dead-letters.ts';
import { deliveryView } from '../../../src/views/delivery.ts';
import { followed, unfollowed } from '../../../src/views/follow.ts';
import { holidayList } from '../../../src/views/holidays.ts';
import { pump } from '../data.ts';
import { type Sample, samplesOf } from '../sample.ts';
import { momentOf, type World } from '../world.ts';

const messagesOf = ({ reader }: World) => messagesFor(reader.locale);
const read = (world: World) => ({ messages: messagesOf(world), reader: world.reader, now: world.now });

const group = (world: World, more: Partial<DeadGroup>): DeadGroup => ({
  key: 'k',
  reason: 'the account refuses messages: ConversationBlockedByUser',
  count: 3,
  at: momentOf(0, 8),
  people: [world.words.worker, world.words.colleague],
  ...more,
});

/** What whoever runs it and each person set up. */
export const setupSamples: readonly Sample[] = [
  ...samplesOf(deliveryView, {
    'all delivered': (world) => deliveryView({ groups: [], total: 0, waiting: 0, oldest: null }, read(world)),
    'some given up': (world) =>
      deliveryView(
        {
          groups: [
            group(world, {}),
            group(world, { key: 'l', reason: 'may have been sent: TimeoutError', count: 1 }),
            group(world, { key: 'm', reason: `given up after 40 tries: ${world.words.comment}`, count: 12 }),
          ],
          total: 16,
          waiting: 2,
          oldest: momentOf(0, 7),
        },
        read(world),
      ),
  }),
  ...samplesOf(followed, {
    watching: (world) => followed(pump(world), 'watching', messagesOf(world)),
    muted: (world) => followed(pump(world), 'muted', messagesOf(world)),
  }),
  ...samplesOf(unfollowed, {
    watching: (world) => unfollowed(pump(world), 'watching', messagesOf(world)),
    muted: (world) => unfollowed(pump(world), 'muted', messagesOf(world)),
  }),
  ...samplesOf(holidayList, {
    none: (world) =>
      holidayList([], {
        messages: messagesOf(world),
        locale: world.reader.locale,
        root: '/task ',
        mayChange: false,
      }),
    some: (world) =>
      holidayList([{ day: '2026-12-25', name: world.words.title }], {
        messages: messagesOf(world),
        locale: world.reader.locale,
        root: '/task ',
        mayChange: true,
      }),
  }),
];
