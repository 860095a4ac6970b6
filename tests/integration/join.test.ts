import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Invocation, Profile } from '../../src/core/action.ts';
import { messagesFor } from '../../src/core/messages.ts';
import { joinAsked, joined } from '../../src/views/join.ts';
import { type Crew, openCrew, type Saying } from '../support/crew.ts';
import { until } from '../support/until.ts';
import { wordsOf, wordsOfView } from '../support/words-of.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew();
});
afterEach(() => crew.close());

const HOUR_MS = 60 * 60 * 1_000;
const later = (ms: number) => crew.setNow(new Date(crew.now.getTime() + ms));
const personId = (who: string) => `harbor-person-${who}`;

/** Somebody types a command whose profile is as they or their platform set it. */
async function speaks(who: string, text: string, profile: Profile, at: Saying = {}): Promise<string> {
  const invocation: Invocation = {
    ...crew.invocation(who, { type: 'text', text, mentions: [] }, at),
    profile: async () => profile,
  };
  return wordsOf((await crew.dispatch(invocation)).reply);
}

const openRequest = () => crew.db.prisma.joinRequest.findFirstOrThrow({ where: { state: 'open' } });
const lastRequest = () => crew.db.prisma.joinRequest.findFirstOrThrow({ orderBy: { id: 'desc' } });

/** A manager presses a button of the request that waits. */
async function answers(manager: string, action: 'approve-join' | 'deny-join'): Promise<string> {
  const { id } = await openRequest();
  return (await crew.presses(manager, { intent: { action, args: { request: id } } })).words;
}

async function deactivate(who: string): Promise<void> {
  await crew.db.prisma.person.update({
    where: { id: personId(who) },
    data: { deactivatedAt: crew.now },
  });
  await crew.sessions.endAll(personId(who));
}

const personOf = (who: string) =>
  crew.db.prisma.person.findUniqueOrThrow({
    where: { id: personId(who) },
    include: { manager: true, worker: true, chatAccounts: true },
  });

/** What the managers were asked, and what those who were let in were told. */
const outbox = async (kind: 'join_asked' | 'joined') =>
  (await crew.db.prisma.notification.findMany({ where: { kind }, orderBy: { id: 'asc' } })).map(
    ({ recipientId, data }) => ({ recipientId, data: data as Record<string, string> }),
  );

describe('a stranger whose profile carries a member’s e-mail address', () => {
  const mallory = { name: 'Mallory', email: 'maya@harbor.example' };

  test('is not let in as them, by whomever', async () => {
    await crew.says('maya', 'hi');
    await speaks('mallory', 'join', mallory);
    const refusal =
      'Maya Okafor has an account here already, with that e-mail address. If this is really them, an admin must remove the old account first; if not, refuse.';
    expect(await answers('omar', 'approve-join')).toBe(refusal);
    expect(await answers('maya', 'approve-join')).toBe(refusal);
    expect((await openRequest()).decidedById).toBeNull();
    expect((await personOf('maya')).chatAccounts.map(({ externalId }) => externalId)).toEqual(['U-maya']);
    expect(await speaks('mallory', 'whoami', mallory)).toMatch(/^Hello Mallory\. I don’t know you/);
    expect((await crew.says('maya', 'whoami')).words).toMatch(/^Maya Okafor/);
  });

  test('nor as one who has left', async () => {
    await crew.says('wes', 'hi');
    await deactivate('wes');
    await speaks('mallory', 'join', { ...mallory, email: 'wes@harbor.example' });
    expect((await outbox('join_asked'))[0]?.data.before).toBeUndefined();
    expect(await answers('maya', 'approve-join')).toMatch(/^Wes Carter has an account here already/);
    expect((await personOf('wes')).deactivatedAt).not.toBeNull();
  });

  test('can be refused', async () => {
    await crew.says('maya', 'hi');
    await speaks('mallory', 'join', mallory);
    expect(await answers('omar', 'deny-join')).toBe('Mallory was not let in.');
  });

  test('not even when the member writes for the first time while a manager answers', async () => {
    await speaks('mallory', 'join', { name: 'Mallory' });
    await crew.db.prisma.joinRequest.updateMany({ data: { email: 'wes@harbor.example' } });
    const [answer, own] = await Promise.all([answers('maya', 'approve-join'), crew.says('wes', 'whoami')]);
    const [account] = (await personOf('wes')).chatAccounts;
    if (account?.externalId === 'U-wes') {
      expect(answer).toMatch(/^Wes Carter has an account here already/);
      expect(own.words).toMatch(/^Wes Carter/);
    } else {
      expect(answer).toMatch(/^Wes Carter was on the team already/);
      expect(own.words).toMatch(/^Hello Wes\. I don’t know you/);
    }
  });
});

describe('someone who was here before', () => {
  test('comes back as who they were, and everybody is told so', async () => {
    await crew.says('tom', 'hi');
    await deactivate('tom');
    expect((await crew.says('tom', 'join')).words).toMatch(/^I have asked Maya Okafor and Omar Haddad/);
    const asked = await outbox('join_asked');
    expect(asked.map(({ data }) => data.before)).toEqual(asked.map(() => 'Tom Reilly'));
    const before = await personOf('tom');
    expect(await answers('maya', 'approve-join')).toBe(
      'Tom Reilly is back on the team, with the manager and the rights of before. I have told them.',
    );
    const after = await personOf('tom');
    expect(after.deactivatedAt).toBeNull();
    expect(after.worker).toEqual(before.worker);
    expect(await outbox('joined')).toEqual([
      { recipientId: personId('tom'), data: { by: 'Maya Okafor', as: 'back' } },
    ]);
    expect((await crew.says('tom', 'whoami')).words).toMatch(/Role: worker, with Omar Haddad/);
    const row = (await crew.auditRows()).find(({ action }) => action === 'approve-join');
    expect(row?.details).toMatchObject({ answer: 'approved', person: 'Tom Reilly' });
    await crew.says('omar', 'hi');
    await crew.settle();
    expect(crew.messagesTo('omar').map(({ view }) => view.summary)).toContain(
      'Tom Reilly was here before and asks to come back',
    );
    expect(crew.messagesTo('tom').map(({ view }) => view.summary)).toContain('You are back on the team');
  });

  test('by e-mail on a workspace that they had no account on', async () => {
    await crew.says('tom', 'hi');
    await deactivate('tom');
    await crew.says('tom', 'join', { platform: 'teams' });
    expect(await answers('omar', 'approve-join')).toMatch(/^Tom Reilly is back on the team/);
    expect((await crew.says('tom', 'whoami', { platform: 'teams' })).words).toMatch(/^Tom Reilly/);
  });

  test.each([
    ['an admin', 'maya', 'Maya Okafor'],
    ['a manager', 'omar', 'Omar Haddad'],
  ])('as %s is let back in by an admin alone', async (_role, who, name) => {
    await crew.db.prisma.manager.create({ data: { id: 'lena-m', personId: personId('lena'), admin: true } });
    await crew.db.prisma.manager.create({ data: { id: 'aiko-m', personId: personId('aiko') } });
    await crew.says(who, 'hi');
    await deactivate(who);
    await crew.says(who, 'join');
    const recipients = (await outbox('join_asked')).map(({ recipientId }) => recipientId);
    expect(recipients).toContain(personId('lena'));
    expect(recipients).not.toContain(personId('aiko'));
    const refusal = await answers('aiko', 'approve-join');
    expect(refusal).toMatch(
      new RegExp(`^${name} is a manager, and only an admin can let a manager back in\\. Ask .*Lena Vogt`),
    );
    expect((await personOf(who)).deactivatedAt).not.toBeNull();
    expect(await answers('lena', 'approve-join')).toMatch(new RegExp(`^${name} is back on the team`));
    expect((await crew.says(who, 'whoami')).words).toMatch(/Role: .*manager/);
  });

  test('can’t let themselves in where another process still holds their session', async () => {
    const replica = crew.replica();
    await replica.says('maya', 'hi');
    const sessionId = 'slack:T-HARBOR:U-maya';
    await until('the session', () => crew.sessions.get(sessionId, { fresh: true }));
    await deactivate('maya');
    await crew.says('maya', 'join');
    const { id } = await openRequest();
    const intent = { action: 'approve-join', args: { request: id } };
    expect((await replica.presses('maya', { intent })).words).toMatch(/^Hello Maya\. I don’t know you/);
    expect((await personOf('maya')).deactivatedAt).not.toBeNull();
  });

  test('gets what could not be sent for want of an account', async () => {
    await crew.says('maya', 'assign 9 @tom');
    await crew.settle();
    await speaks('tom', 'join', { name: 'Tom' });
    await crew.db.prisma.joinRequest.updateMany({ data: { email: 'tom@harbor.example' } });
    expect(await answers('maya', 'approve-join')).toBe(
      'Tom Reilly was on the team already, and can use this account too now.',
    );
    await crew.settle();
    const heard = crew.messagesTo('tom').map(({ view }) => view.summary);
    expect(heard).toEqual(expect.arrayContaining([expect.stringMatching(/^Maya Okafor gave you #9/)]));
  });
});

test('a manager can take in an account of their own, and isn’t told by a message', async () => {
  await crew.says('omar', 'hi');
  await speaks('omar', 'join', { name: 'Omar' }, { platform: 'teams' });
  await crew.db.prisma.joinRequest.updateMany({ data: { email: 'omar@harbor.example' } });
  await crew.db.prisma.manager.updateMany({
    where: { personId: personId('omar') },
    data: { admin: true },
  });
  await crew.sessions.endAll(personId('omar'));
  expect(await answers('omar', 'approve-join')).toMatch(/^Omar Haddad was on the team already/);
  expect(await outbox('joined')).toEqual([]);
});

describe('asking again', () => {
  test('is possible a day after a refusal', async () => {
    await crew.says('zoe', 'join');
    await answers('omar', 'deny-join');
    const refused = (await crew.says('zoe', 'join')).words;
    expect(refused).toBe('A manager has said no to your last request. You can ask again in 24 hours.');
    later(23.5 * HOUR_MS);
    expect((await crew.says('zoe', 'join')).words).toMatch(/You can ask again in an hour\.$/);
    expect(await crew.db.prisma.joinRequest.count()).toBe(1);
    later(0.5 * HOUR_MS);
    expect((await crew.says('zoe', 'join')).words).toMatch(/^I have asked /);
  });

  test('at once makes one request', async () => {
    const answered = await Promise.all([1, 2, 3].map(() => crew.says('zoe', 'join')));
    const words = answered.map((answer) => answer.words).sort();
    expect(words.filter((said) => /^I have asked /.test(said))).toHaveLength(1);
    expect(words.filter((said) => /^You have asked already/.test(said))).toHaveLength(2);
  });
});

test('no more than twenty may wait in a workspace', async () => {
  for (let count = 1; count <= 20; count += 1) {
    expect((await crew.says(`guest${count}`, 'join')).words).toMatch(/^I have asked /);
  }
  expect((await crew.says('zoe', 'join')).words).toBe(
    '20 people wait to be let in already. Ask a manager to answer them, then ask again.',
  );
  expect((await crew.says('zoe', 'join', { platform: 'teams' })).words).toMatch(/^I have asked /);
  await answers('omar', 'deny-join');
  expect((await crew.says('zoe', 'join')).words).toMatch(/^I have asked /);
});

test.each([
  ['blank', ' \n\u200b', 'zoe@elsewhere.example', 'zoe'],
  ['blank, without an address', '', undefined, 'Someone'],
  ['too long', 'x'.repeat(201), 'zoe@elsewhere.example', 'zoe'],
  ['full of control characters', 'Zoe\u0000\u001b[31m\r\n\u202eRay', undefined, 'Zoe [31m Ray'],
])('someone whose name is %s can join', async (_case, name, email, kept) => {
  await speaks('zoe', 'join', { name, ...(email ? { email } : {}) });
  expect((await lastRequest()).name).toBe(kept);
  expect(await answers('maya', 'approve-join')).toBe(
    `${kept} is on the team now, as your worker. I have told them.`,
  );
  expect((await crew.says('zoe', 'whoami')).words.startsWith(`${kept}\n`)).toBe(true);
});

const english = messagesFor('en');

describe('what is said', () => {
  test('to a manager about someone who was here before', () => {
    const data = { request: 'r1', name: 'Tommy', email: 'tom@harbor.example', before: 'Tom Reilly' };
    const view = joinAsked(data, english);
    expect(view.summary).toBe('Tommy was here before and asks to come back');
    expect(wordsOfView(view)).toBe(
      'Tommy (tom@harbor.example) was here before as Tom Reilly and asks to come back, with the tasks and rights of that time.\n[Let them in] [Refuse]',
    );
    expect(wordsOfView(joinAsked({ ...data, before: 'Tommy' }, english))).toMatch(/was here before and asks/);
    expect(wordsOfView(joinAsked({ request: 'r1', name: 'Zoe' }, english))).toMatch(
      /^Zoe asks to join your crew\./,
    );
  });

  test('to whoever was let in', () => {
    expect(wordsOfView(joined({ by: 'Maya Okafor' }, english))).toMatch(
      /^Maya Okafor let you in\. Your tasks/,
    );
    const back = joined({ by: 'Maya Okafor', as: 'back' }, english);
    expect(back.summary).toBe('You are back on the team');
    expect(wordsOfView(back)).toMatch(/^Maya Okafor let you back in, as who you were before/);
    expect(wordsOfView(joined({ by: 'Maya Okafor', as: 'known' }, english))).toMatch(/with this account too/);
  });
});
