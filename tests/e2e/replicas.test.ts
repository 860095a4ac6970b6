import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RunningApp } from '../support/app.ts';
import { openTwoPlatforms, type TwoPlatforms, voicesTo, wordsIn } from '../support/two-platforms.ts';
import { until } from '../support/until.ts';

type Voices = ReturnType<typeof voicesTo>;

describe('two processes on one database', () => {
  let world: TwoPlatforms;
  let processes: RunningApp[] = [];
  let voices: [Voices, Voices];
  beforeAll(async () => {
    world = await openTwoPlatforms();
    const [first, second] = await Promise.all([world.start(), world.start()]);
    processes = [first, second];
    voices = [voicesTo(first, world), voicesTo(second, world)];
    await voices[0].command('maya', 'hi');
    await voices[1].command('wes', 'hi');
  });
  afterAll(async () => {
    await Promise.all(processes.map((running) => running.stop()));
    await world?.close();
  });

  /** Twice to each, all at once. */
  const fourTimes = <T>(deliver: (voice: Voices) => Promise<T>): Promise<T[]> =>
    Promise.all([...voices, ...voices].map(deliver));

  const posted = (words: string) =>
    wordsIn(world.api.of('chat.postMessage')).filter((shown) => shown.includes(words));
  const once = async (words: string): Promise<void> => {
    await until(
      `"${words}"`,
      () => posted(words)[0],
      () => wordsIn(world.api.calls),
    );
    await settled();
    expect(posted(words)).toHaveLength(1);
  };

  /** Nothing waits any more: what would come twice has come. */
  const settled = () =>
    until('empty queues', async () => {
      const { prisma } = processes[0]?.app.db ?? {};
      const waiting = await Promise.all([
        prisma?.notification.count({ where: { state: 'pending' } }),
        prisma?.taskCard.count({ where: { state: 'pending' } }),
        prisma?.auditOutbox.count(),
      ]);
      return waiting.every((count) => count === 0) ? true : undefined;
    });

  async function versionOf(number: number): Promise<number> {
    const [first] = processes;
    return (await first?.app.db.prisma.task.findFirstOrThrow({ where: { number } }))?.version ?? 0;
  }

  test('a message that comes four times at once is done once and answered once', async () => {
    const before = await versionOf(2);
    const answers = await fourTimes((voice) => voice.direct('wes', 'done 2 hose is on', 'Ev-once'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await once('Done: *#2*');
    await once('*Wes Carter* finished: “hose is on”');
    expect(await versionOf(2)).toBe(before + 1);
  });

  test('a command that comes four times at once is done once, and each time reads the same', async () => {
    const answers = await fourTimes((voice) =>
      voice.command('maya', 'add "Oil the winch" <@U-WES|wes>', 'trigger-once'),
    );
    const words = new Set(answers.map((answer) => answer.words));
    expect([...words]).toEqual([expect.stringMatching(/Added \*#\d+\* Oil the winch · Wes Carter/)]);
    await once('*Maya Okafor* gave you a task');
    await once('○ To do · Wes Carter\n');
    const titled = { where: { title: 'Oil the winch' } };
    expect(await processes[0]?.app.db.prisma.task.count(titled)).toBe(1);
  });

  test('a button that is pressed four times at once acts once', async () => {
    const card = await until('the card', () =>
      world.api.of('chat.postMessage').find(({ args }) => args.channel === 'C1'),
    );
    const task = await processes[0]?.app.db.prisma.task.findFirstOrThrow({
      where: { title: 'Oil the winch' },
    });
    // The deliveries that came second may have taken a number for nothing.
    const number = task?.number ?? 0;
    const before = await versionOf(number);
    await fourTimes((voice) => voice.press('wes', card, 'Start', 'press-once'));
    await until('a started task', async () => ((await versionOf(number)) > before ? true : undefined));
    await settled();
    expect(await versionOf(number)).toBe(before + 1);
  });

  test('a message in Teams that comes four times at once is answered once', async () => {
    await voices[0].teams('tom', 'hi');
    const answers = await fourTimes((voice) => voice.teams('tom', 'start 3', 'activity-once'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const started = () =>
      world.connector.messages().filter(({ body }) => JSON.stringify(body).includes('Started: '));
    await until('the answer', () => started()[0]);
    await settled();
    expect(started()).toHaveLength(1);
  });
});
