import type { HistoryEntry } from '../../../src/services/history.ts';
import { historyReply } from '../../../src/views/history.ts';
import { type Sample, samplesOf } from '../sample.ts';
import { momentOf, type World } from '../world.ts';

const at = momentOf(0, 14);

const reply = (world: World, entries: readonly HistoryEntry[], createdAt: Date = at) => ({
  id: 'r1',
  createdAt,
  entries,
  comments: { c1: world.words.comment },
  reader: world.reader,
});

const by = (who: string) => ({ who, at: at.toISOString() });

export const historySamples: readonly Sample[] = samplesOf(historyReply, {
  'one deed': (world) =>
    historyReply(
      reply(world, [
        {
          ...by(world.words.worker),
          kind: 'status',
          from: 'active',
          to: 'done',
          status: 'Done',
          note: world.words.note,
        },
      ]),
    ),
  'told late': (world) =>
    historyReply(
      reply(
        world,
        [{ ...by(world.words.worker), kind: 'status', from: 'todo', to: 'active', status: 'In progress' }],
        momentOf(0, 15),
      ),
    ),
  'all sorts': ({ words, ...world }) => {
    const { manager, worker, colleague } = words;
    const entries: HistoryEntry[] = [
      { ...by(manager), kind: 'given', people: [worker, colleague] },
      { ...by(manager), kind: 'taken', people: [words.stranger] },
      { ...by(worker), kind: 'accepted' },
      { ...by(colleague), kind: 'declined', note: words.note },
      { ...by(manager), kind: 'due', due: momentOf(3, 13).toISOString(), hasTime: true },
      { ...by(manager), kind: 'due', due: null, hasTime: false },
      { ...by(manager), kind: 'priority', to: 'urgent' },
      { ...by(manager), kind: 'title', to: words.otherTitle },
      { ...by(manager), kind: 'description' },
      { ...by(worker), kind: 'comment', id: 'c1' },
      { ...by(worker), kind: 'comment', id: 'gone' },
      { ...by(worker), kind: 'part-done' },
      { ...by(colleague), kind: 'claimed' },
      { ...by(worker), kind: 'undone' },
      { ...by(worker), kind: 'status', from: 'active', to: 'active', status: words.status },
      { ...by(worker), kind: 'status', from: 'active', to: 'blocked', status: 'Blocked', note: words.note },
    ];
    return historyReply(reply({ words, ...world }, entries));
  },
});
