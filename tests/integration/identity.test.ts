import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { monotonicFactory } from 'ulid';
import type { Invocation, Profile } from '../../src/core/action.ts';
import { AppError } from '../../src/core/errors.ts';
import { sql } from '../../src/lib/sql.ts';
import { createDirectory } from '../../src/services/identity.ts';
import { type Crew, openCrew } from '../support/crew.ts';
import { wordsOf } from '../support/words-of.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew();
});
afterEach(() => crew.close());

const DAY_MS = 24 * 60 * 60 * 1_000;
const typed = (text: string) => ({ type: 'text' as const, text, mentions: [] });

/** Somebody writes whose profile is as they or their platform set it. */
const speaks = (who: string, text: string, parts: Partial<Invocation> = {}) =>
  crew.dispatch({ ...crew.invocation(who, typed(text)), ...parts });

const profileIs = (profile: Profile): Partial<Invocation> => ({ profile: async () => profile });

/** Audit rows of what happens by itself on the way to an action. */
const linkings = async () =>
  (await crew.auditRows()).filter(({ action }) => /^(account|person)\./.test(action));

const accountOf = (personId: string) => crew.db.prisma.chatAccount.findFirstOrThrow({ where: { personId } });

describe('a chat account that is linked by work e-mail', () => {
  test('is in the audit log, once, as done by whoever wrote', async () => {
    await crew.says('wes', 'whoami');
    await crew.says('wes', 'whoami');
    expect(await linkings()).toMatchObject([
      {
        actor: 'person:harbor-person-wes',
        actorName: 'Wes Carter',
        organizationId: 'harbor-works',
        action: 'account.linked',
        outcome: 'ok',
        target: 'person:harbor-person-wes',
        platform: 'slack',
        source: 'command',
        details: { account: 'slack:T-HARBOR:U-wes' },
      },
    ]);
  });

  test('at a mention is in the audit log as done by whoever mentioned them', async () => {
    await crew.says('maya', 'whoami');
    const mentions = [{ userId: 'U-tom', name: 'tom' }];
    await crew.says('maya', 'assign 9 \ue0000\ue001', { mentions });
    expect((await linkings()).slice(1)).toMatchObject([
      {
        actor: 'person:harbor-person-maya',
        action: 'account.linked',
        target: 'person:harbor-person-tom',
        details: { account: 'slack:T-HARBOR:U-tom', person: 'Tom Reilly' },
      },
    ]);
    expect((await accountOf('harbor-person-tom')).externalId).toBe('U-tom');
  });

  test('is linked once, however many messages come at once', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => crew.says('wes', 'whoami')));
    for (const { words } of answers) expect(words).toMatch(/^Wes Carter/);
    expect(await linkings()).toHaveLength(1);
  });

  test('reads as a sentence in the review', async () => {
    await crew.says('wes', 'whoami');
    await crew.settle();
    expect((await crew.says('maya', 'audit')).words).toMatch(/Wes Carter linked a chat account/);
  });

  test('is not given to a stranger with the address of someone who has one there', async () => {
    await crew.says('maya', 'hi');
    const stolen = profileIs({ name: 'Mallory', email: ' Maya@harbor.example ' });
    const { reply } = await speaks('mallory', 'list', stolen);
    expect(wordsOf(reply)).toMatch(/^Hello Mallory\. I don’t know you by maya@harbor\.example yet/);
    expect((await accountOf('harbor-person-maya')).externalId).toBe('U-maya');
    expect((await crew.says('maya', 'whoami')).words).toMatch(/^Maya Okafor/);
  });
});

describe('the first admin', () => {
  const boss = profileIs({ name: 'Bo Harbor', email: 'Boss@Harbor.example' });

  test('is made once and answered each time, when several messages come at once', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => speaks('boss', 'whoami', boss)));
    for (const { reply } of answers) expect(wordsOf(reply)).toMatch(/^Bo Harbor[\s\S]*admin/);
    expect(await crew.db.prisma.person.count({ where: { email: 'boss@harbor.example' } })).toBe(1);
  });

  test('leaves a row for the person and one for the account', async () => {
    await speaks('boss', 'whoami', boss);
    const { id } = await crew.db.prisma.person.findFirstOrThrow({ where: { name: 'Bo Harbor' } });
    const by = { actor: `person:${id}`, actorName: 'Bo Harbor', organizationId: 'harbor-works' };
    expect(await linkings()).toMatchObject([
      {
        ...by,
        action: 'person.created',
        target: `person:${id}`,
        details: { email: 'boss@harbor.example', role: 'admin' },
      },
      { ...by, action: 'account.linked', target: `person:${id}` },
    ]);
  });

  test.each([
    ['blank', ' \u0007\n\u200b ', 'boss'],
    ['too long', 'x'.repeat(201), 'boss'],
    ['with control characters', 'Bo\u0000 \u202eHarbor\n', 'Bo Harbor'],
  ])('gets in with a name that is %s', async (_case, name, kept) => {
    const { reply } = await speaks('boss', 'whoami', profileIs({ name, email: 'boss@harbor.example' }));
    expect(wordsOf(reply).startsWith(`${kept}\n`)).toBe(true);
  });
});

describe('news for someone without a chat account', () => {
  const assignTom = async () => {
    await crew.says('maya', 'assign 9 @tom');
    await crew.settle();
    expect(await crew.db.prisma.notification.findFirstOrThrow({ where: { kind: 'assigned' } })).toMatchObject(
      { state: 'dead', error: expect.stringContaining('no chat account') },
    );
  };
  const heard = () => crew.messagesTo('tom').map(({ view }) => view.summary);

  test('arrives when they first write', async () => {
    await assignTom();
    crew.setNow(new Date(crew.now.getTime() + 2 * DAY_MS));
    await crew.says('tom', 'hi');
    await crew.settle();
    expect(heard()).toEqual([expect.stringMatching(/^Maya Okafor gave you #9/)]);
  });

  test('arrives when somebody mentions them', async () => {
    await assignTom();
    const mentions = [{ userId: 'U-tom', name: 'tom' }];
    await crew.says('maya', 'list \ue0000\ue001', { mentions });
    await crew.settle();
    expect(heard()).toEqual([expect.stringMatching(/^Maya Okafor gave you #9/)]);
  });

  test('wakes those who deliver it', async () => {
    await assignTom();
    const woken: string[] = [];
    const directory = createDirectory({
      db: crew.db,
      workspaces: crew.workspaces,
      adminEmails: [],
      wake: (queue) => woken.push(queue),
      clock: () => crew.now,
      newId: monotonicFactory(),
    });
    await directory.identify(crew.invocation('tom', typed('hi')), 'slack:T-HARBOR:U-tom');
    expect(woken).toContain('notifications');
  });

  test('is left when it is older than three days, or was given up for another reason', async () => {
    await assignTom();
    await crew.db.rows(sql`INSERT INTO notifications
        (id, organization_id, recipient_id, kind, dedupe_key, state, error, created_at)
      VALUES ('refused', 'harbor-works', 'harbor-person-tom', 'joined', 'refused', 'dead', 'given up', ${crew.now})`);
    crew.setNow(new Date(crew.now.getTime() + 3.1 * DAY_MS));
    await crew.says('tom', 'hi');
    await crew.settle();
    expect(heard()).toEqual([]);
  });
});

describe('someone of whom the platform tells nothing', () => {
  const away: Partial<Invocation> = {
    profile: async () => {
      throw new AppError('platform_unavailable');
    },
  };

  test('is asked to try again, not greeted as a stranger', async () => {
    const { reply } = await speaks('wes', 'list', away);
    expect(wordsOf(reply)).toMatch(/^The chat platform does not answer me right now/);
    expect((await crew.says('wes', 'list')).words).toMatch(/^Your open tasks/);
  });

  test('is known without it when the account is', async () => {
    await crew.says('wes', 'hi');
    await crew.sessions.endAll('harbor-person-wes');
    expect(wordsOf((await speaks('wes', 'list', away)).reply)).toMatch(/^Your open tasks/);
  });
});

describe('whoever writes', () => {
  const again = async (parts: Partial<Invocation> = {}) => {
    await crew.sessions.endAll('harbor-person-wes');
    return speaks('wes', 'whoami', parts);
  };

  test('is written down at most once an hour', async () => {
    await again();
    const first = await accountOf('harbor-person-wes');
    crew.setNow(new Date(crew.now.getTime() + 10 * 60_000));
    await again();
    expect(await accountOf('harbor-person-wes')).toEqual(first);
    crew.setNow(new Date(crew.now.getTime() + 60 * 60_000));
    await again();
    expect((await accountOf('harbor-person-wes')).lastSeenAt).toEqual(crew.now);
  });

  test('is written to where they wrote last, and again after they had refused', async () => {
    await again({ directAddress: 'D-old' });
    expect((await accountOf('harbor-person-wes')).directAddress).toBe('D-old');
    await crew.db.rows(sql`UPDATE chat_accounts SET refused_at = ${crew.now}, refused_reason = 'blocked'`);
    await again({ directAddress: 'D-new' });
    expect(await accountOf('harbor-person-wes')).toMatchObject({
      directAddress: 'D-new',
      refusedAt: null,
      refusedReason: null,
    });
    await again();
    expect((await accountOf('harbor-person-wes')).directAddress).toBe('D-new');
  });
});

test('someone who writes from another conversation goes on with the task they spoke of', async () => {
  await speaks('wes', 'show 1', { directAddress: 'D-old' });
  const { reply } = await speaks('wes', 'comment the hose is on', { directAddress: 'D-new' });
  expect(wordsOf(reply)).toMatch(/^Commented on #1/);
});

test('someone who is deactivated is greeted as the stranger that their profile shows', async () => {
  await crew.says('wes', 'hi');
  await crew.db.prisma.person.update({
    where: { id: 'harbor-person-wes' },
    data: { deactivatedAt: crew.now, name: 'Wes C. (left)', email: 'wes.private@harbor.example' },
  });
  await crew.sessions.endAll('harbor-person-wes');
  const { reply } = await speaks(
    'wes',
    'list',
    profileIs({ name: 'W', timeZone: 'Nowhere/Atall', locale: '?' }),
  );
  expect(wordsOf(reply)).toMatch(/^Hello W\. I don’t know you yet/);
  expect(JSON.stringify(reply)).not.toMatch(/left|private|Carter|DOCK/);
});
