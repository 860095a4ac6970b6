import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { organizationId } from '../../prisma/seed/ids.ts';
import { sql } from '../../src/lib/sql.ts';
import { buttonsIn, type Crew, openCrew } from '../support/crew.ts';
import { wordsOfView } from '../support/words-of.ts';

/** A Tuesday evening in New York, where Maya and Wes are: 21:00. */
const EVENING = new Date('2026-11-25T02:00:00Z');
const MORNING = new Date('2026-11-25T12:00:00Z');

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew({ now: EVENING });
  for (const who of ['maya', 'wes', 'omar']) await crew.says(who, 'hi');
});
afterEach(() => crew.close());

const messages = (who: string) => crew.messagesTo(who).map(({ view }) => wordsOfView(view));
const states = () => crew.db.rows(sql`SELECT kind, state, held_for FROM notifications ORDER BY id`);

async function set(who: string, column: string, value: unknown): Promise<void> {
  const person = `harbor-person-${who}`;
  await crew.db.prisma.personSettings.upsert({
    where: { personId: person },
    create: { personId: person, organizationId, [column]: value },
    update: { [column]: value },
  });
}

describe('at night', () => {
  test('however much was held, none of it is left for another day', async () => {
    await crew.says('maya', 'add "Check the crane" @wes in DOCK');
    await crew.settle();
    const first = await crew.db.prisma.notification.findFirstOrThrow({ where: { state: 'held' } });
    const { organizationId, recipientId, taskId, actorId, heldFor, nextAttemptAt } = first;
    await crew.db.prisma.notification.createMany({
      data: Array.from({ length: 450 }, (_, index) => ({
        ...{ organizationId, recipientId, taskId, actorId, heldFor, nextAttemptAt },
        ...{ id: `held-${index}`, kind: 'assigned', state: 'held' as const, dedupeKey: `held-${index}` },
      })),
    });
    crew.setNow(MORNING);
    await crew.settle();
    expect(await crew.db.prisma.notification.count({ where: { state: 'held' } })).toBe(0);
  });

  test('what is not urgent waits and comes in the morning as one message, with the state at that time', async () => {
    await crew.says('maya', 'add "Check the crane" @wes in DOCK');
    await crew.says('maya', 'add "Grease the winch" @wes in DOCK');
    await crew.says('maya', 'add "Sweep the pier" @wes in DOCK');
    await crew.says('maya', 'comment 32 the new grease is in shed 2');
    await crew.settle();
    expect(messages('wes')).toEqual([]);
    await crew.says('maya', 'cancel 33');
    crew.setNow(new Date(MORNING.getTime() - 60_000));
    await crew.settle();
    expect(messages('wes')).toEqual([]);
    crew.setNow(MORNING);
    await crew.settle();
    expect(messages('wes')).toHaveLength(1);
    expect(messages('wes')[0]).toMatch(/^While you were off: news on 3 tasks/);
    expect(messages('wes')[0]).toMatch(/#31 Check the crane/);
    expect(messages('wes')[0]).toMatch(
      /#32 Grease the winch.*gave you a task.*“the new grease is in shed 2”/s,
    );
    // It is told as cancelled, not as given.
    expect(messages('wes')[0]).toMatch(/#33 Sweep the pier.*Maya Okafor cancelled/s);
    expect(messages('wes')[0]).not.toMatch(/#33 Sweep the pier[^#]*gave you/s);
    const summary = crew.messagesTo('wes')[0];
    const [start] = buttonsIn(summary);
    if (!start || !summary) throw new Error('There is no button');
    const after = await crew.presses('wes', start, { messageId: summary.messageId });
    expect(after.words).toMatch(/^While you were off: news on 3 tasks\n.*#31.*◐ In progress.*#32.*#33/s);
    await crew.settle();
    expect(messages('wes')).toHaveLength(1);
    expect(await states()).not.toContainEqual(expect.objectContaining({ state: 'held' }));
  });

  test('of a night in which all came to nothing, nothing is sent', async () => {
    await crew.says('maya', 'add "Check the crane" @wes in DOCK');
    await crew.settle();
    await crew.says('maya', 'unassign 31');
    await crew.says('maya', 'assign 31 @omar');
    crew.setNow(MORNING);
    await crew.settle();
    // Wes hears that it is not his, which he never knew it was: that is no news.
    expect(messages('wes').join()).not.toMatch(/gave you/);
  });

  test('an urgent task comes through', async () => {
    await crew.says('maya', 'add "Pump 3 floods" @wes !urgent in DOCK');
    await crew.settle();
    expect(messages('wes')).toEqual([
      expect.stringMatching(/^Maya Okafor gave you a task\n#31 Pump 3 floods/),
    ]);
  });

  test('who has no quiet hours hears at once', async () => {
    await set('wes', 'language', null);
    await crew.db.rows(sql`UPDATE person_settings SET quiet_from = '00:00', quiet_to = '00:00'`);
    await crew.says('maya', 'add "Check the crane" @wes in DOCK');
    await crew.settle();
    expect(messages('wes')).toHaveLength(1);
  });
});

describe('by day', () => {
  beforeEach(() => crew.setNow(new Date('2026-11-24T15:00:00Z')));

  test('a holiday of the organisation holds like a weekend', async () => {
    await crew.db.rows(
      sql`INSERT INTO holidays (organization_id, day, name) VALUES (${organizationId}, '2026-11-24', 'Harbor day')`,
    );
    await crew.says('maya', 'add "Check the crane" @wes in DOCK');
    await crew.settle();
    expect(messages('wes')).toEqual([]);
    crew.setNow(MORNING);
    await crew.settle();
    expect(messages('wes')).toEqual([expect.stringMatching(/^Maya Okafor gave you a task\n#31/)]);
  });

  test('who is away gets it when they are back', async () => {
    await set('wes', 'awayUntil', new Date('2026-12-01T15:00:00Z'));
    await crew.says('maya', 'add "Check the crane" @wes in DOCK');
    crew.setNow(new Date('2026-12-01T14:00:00Z'));
    await crew.settle();
    expect(messages('wes')).toEqual([]);
    crew.setNow(new Date('2026-12-01T15:00:00Z'));
    await crew.settle();
    expect(messages('wes')).toHaveLength(1);
  });

  test('who comes back early, or rests at other times, gets it then', async () => {
    await crew.says('wes', 'settings away until 4 dec');
    await crew.says('omar', 'settings quiet 15:00-20:00');
    await crew.says('maya', 'add "Check the crane" @wes @omar in DOCK');
    await crew.settle();
    expect([...messages('wes'), ...messages('omar')]).toEqual([]);
    // 16:00 in Berlin: an hour less is not yet the end of it.
    await crew.says('omar', 'settings quiet 15:00-17:00');
    await crew.says('wes', 'settings away off');
    await crew.settle();
    expect(messages('wes')).toEqual([expect.stringMatching(/^Maya Okafor gave you a task\n#31/)]);
    expect(messages('omar')).toEqual([]);
    crew.setNow(new Date('2026-11-24T16:00:10Z'));
    await crew.settle();
    expect(messages('omar')).toEqual([expect.stringMatching(/^Maya Okafor gave you a task\n#31/)]);
  });

  test('what somebody has turned off does not come, and what they want in the digest waits for it', async () => {
    await set('wes', 'events', { assigned: 'off', commented: 'digest' });
    await crew.says('maya', 'add "Check the crane" @wes in DOCK');
    await crew.says('maya', 'comment 31 mind the hook');
    await crew.settle();
    expect(messages('wes')).toEqual([]);
    expect(await states()).toEqual([
      { kind: 'assigned', state: 'skipped', held_for: null },
      { kind: 'commented', state: 'held', held_for: 'digest' },
    ]);
  });

  test('assigning to somebody who is away says so at once', async () => {
    await set('wes', 'awayUntil', new Date('2026-12-01T15:00:00Z'));
    const added = await crew.says('maya', 'add "Check the crane" @wes in DOCK');
    expect(added.words).toMatch(/Wes Carter is away until Tue,? Dec 1, 10:00 AM/);
    await crew.says('maya', 'add "Sweep the pier" in DOCK');
    expect((await crew.says('maya', 'assign 32 @wes')).words).toMatch(
      /is now with Wes Carter. Wes Carter is away until/,
    );
    expect((await crew.says('maya', 'assign 32 @omar')).words).not.toMatch(/away/);
  });
});
