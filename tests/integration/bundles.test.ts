import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buttonsIn, type Crew, openCrew } from '../support/crew.ts';
import { wordsOfView } from '../support/words-of.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew({ atAnyHour: true, bundleMs: 120_000 });
  for (const who of ['maya', 'wes', 'omar']) await crew.says(who, 'hi');
});
afterEach(() => crew.close());

const messages = (who: string) => crew.messagesTo(who).map(({ view }) => wordsOfView(view));
const pass = (ms: number) => crew.setNow(new Date(crew.now.getTime() + ms));

async function tell(text: string): Promise<void> {
  await crew.says('maya', text);
  await crew.settle();
}

describe('what follows soon', () => {
  test('events on one task within two minutes are one message', async () => {
    await tell('add "Check the crane" @wes in DOCK');
    pass(60_000);
    await tell('comment 31 mind the hook');
    await tell('comment 31 and the rope');
    expect(messages('wes')).toEqual([
      expect.stringMatching(
        /^Maya Okafor gave you a task\nMaya Okafor: “mind the hook”\nMaya Okafor: “and the rope”\n#31 Check the crane\n○ To do/,
      ),
    ]);
    expect(buttonsIn(crew.messagesTo('wes')[0]).map(({ label }) => label)).toEqual(['Reply', 'Show']);
    pass(120_000);
    await tell('comment 31 done yet?');
    expect(messages('wes')).toHaveLength(2);
  });

  test('a manager who assigns twenty makes one message with a list', async () => {
    for (let number = 1; number <= 20; number += 1) {
      await crew.says('maya', `add "Check bollard ${number}" @wes in DOCK`);
      if (number % 4 === 0) await crew.settle();
    }
    await crew.settle();
    expect(messages('wes')).toHaveLength(1);
    expect(messages('wes')[0]).toMatch(
      /^Maya Okafor gave you 20 tasks\n#31 Check bollard 1\n {2}○ To do · DOCK/,
    );
    expect(messages('wes')[0]).toMatch(/… and 12 more/);
    expect(crew.messagesTo('wes')[0]?.view.summary).toMatch(
      /^Maya Okafor gave you 20 tasks: #31 Check bollard 1, /,
    );
  });

  test('what is no longer true leaves the message when it is drawn anew', async () => {
    await tell('add "Check the crane" @wes in DOCK');
    await tell('add "Grease the winch" @wes in DOCK');
    await tell('add "Sweep the pier" @wes in DOCK');
    await crew.says('wes', 'done 31');
    await tell('comment 32 in shed 2');
    expect(messages('wes')).toHaveLength(1);
    expect(messages('wes')[0]).not.toMatch(/#31/);
    expect(messages('wes')[0]).toMatch(/#32.*#33/s);
  });

  test('what must be noticed at once comes as a message of its own', async () => {
    await tell('add "Check the crane" @wes in DOCK');
    await tell('add "Pump 3 floods" @wes !urgent in DOCK');
    expect(messages('wes')).toHaveLength(2);
  });
});

describe('where something else was said meanwhile', () => {
  test('what would have been added comes together as the two minutes end', async () => {
    const slack = crew.messengers.get('slack');
    if (!slack) throw new Error('There is no Slack');
    slack.isLast = async () => false;
    await tell('add "Check the crane" @wes in DOCK');
    await tell('comment 31 mind the hook');
    await tell('add "Sweep the pier" @wes in DOCK');
    expect(messages('wes')).toHaveLength(1);
    pass(125_000);
    await crew.settle();
    expect(messages('wes')).toHaveLength(2);
    expect(messages('wes')[1]).toMatch(/^News on 2 tasks/);
    expect(messages('wes')[1]).toMatch(/#31 Check the crane.*“mind the hook”.*#32 Sweep the pier/s);
  });
});

test('each person has a message of their own, in their own language', async () => {
  await crew.db.prisma.person.updateMany({ where: { name: 'Wes Carter' }, data: { locale: 'es-MX' } });
  await tell('add "Check the crane" @wes @omar in DOCK');
  await tell('add "Sweep the pier" @wes @omar in DOCK');
  expect(messages('omar')).toEqual([expect.stringMatching(/^Maya Okafor gave you 2 tasks/)]);
  expect(messages('wes')).toEqual([expect.stringMatching(/^Maya Okafor te ha dado 2 tareas/)]);
});
