import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buttonOf, buttonsIn, type Crew, openCrew } from '../support/crew.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew();
});
afterEach(() => crew.close());

describe('someone whom nobody knows', () => {
  test('asks with a button, is let in by a manager’s button, and can work', async () => {
    for (const who of ['maya', 'omar']) await crew.says(who, 'hi');
    const greeting = await crew.says('zoe', 'list');
    expect(greeting.words).toMatch(
      /^Hello zoe\. I don’t know you by zoe@elsewhere\.example yet, so I can’t show you any tasks\./,
    );
    const asked = await crew.presses('zoe', buttonOf(greeting, 'Ask to join'));
    expect(asked.words).toBe('I have asked Maya Okafor and Omar Haddad. You will hear from me.');
    expect((await crew.says('zoe', 'join')).words).toMatch(/^You have asked already\./);
    await crew.settle();

    const [question] = crew.messagesTo('maya').slice(-1);
    expect(question?.view.summary).toBe('zoe Stranger asks to join');
    const buttons = buttonsIn(question);
    expect(buttons.map(({ label }) => label)).toEqual(['Let them in', 'Refuse']);
    const answer = await crew.presses('maya', buttons[0] ?? buttonOf(asked, 'Let them in'));
    expect(answer.words).toBe('zoe Stranger is on the team now, as your worker. I have told them.');
    expect(answer.reply).toMatchObject({ replaceOriginal: true });
    await crew.settle();
    expect(crew.messagesTo('zoe').map(({ view }) => view.summary)).toEqual(['You are on the team']);
    expect((await crew.says('zoe', 'whoami')).words).toMatch(
      /^zoe Stranger\nRole: worker, with Maya Okafor\nProjects: none yet\nE-mail: zoe@elsewhere\.example\nYour time: .*Europe\/Paris/,
    );
    expect((await crew.says('zoe', 'join')).words).toBe('You are already on the team.');

    const again = await crew.presses('omar', buttons[0] ?? buttonOf(asked, 'Let them in'));
    expect(again.words).toBe('Maya Okafor has approved zoe Stranger already.');
  });

  test('is refused, hears nothing of it from us, and may ask again a day later', async () => {
    await crew.says('omar', 'hi');
    await crew.says('zoe', 'join');
    await crew.settle();
    const [question] = crew.messagesTo('omar');
    const refuse = buttonsIn(question).find(({ label }) => label === 'Refuse');
    expect(refuse?.confirm).toBe('Refuse zoe Stranger?');
    const answer = await crew.presses('omar', refuse ?? { intent: { action: 'deny-join', args: {} } });
    expect(answer.words).toBe('zoe Stranger was not let in.');
    expect((await crew.says('zoe', 'list')).words).toMatch(/^Hello zoe\. I don’t know you/);
    crew.setNow(new Date(crew.now.getTime() + 24 * 60 * 60 * 1_000));
    expect((await crew.says('zoe', 'join')).words).toMatch(/^I have asked /);
    expect(await crew.db.prisma.person.count({ where: { name: 'zoe Stranger' } })).toBe(0);
  });

  test('can’t let anybody in, and neither can a worker', async () => {
    await crew.says('zoe', 'join');
    const { id } = await crew.db.prisma.joinRequest.findFirstOrThrow();
    const intent = { action: 'approve-join', args: { request: id } };
    expect((await crew.presses('zoe', { intent })).words).toMatch(/^Hello zoe\. I don’t know you/);
    expect((await crew.presses('wes', { intent })).words).toMatch(/^Only managers can do that\./);
    expect((await crew.db.prisma.joinRequest.findFirstOrThrow()).state).toBe('open');
  });

  test('is told nothing and changes nothing, whatever they ask for', async () => {
    const before = await crew.db.prisma.task.findMany({ orderBy: { number: 'asc' } });
    for (const text of ['done 1', 'add "Dig"', 'show 1', 'find pump', 'help', 'claim 9', 'audit']) {
      const answer = await crew.says('zoe', text);
      expect(answer.words).toMatch(/^Hello zoe\. I don’t know you/);
      expect(answer.buttons.map(({ label }) => label)).toEqual(['Ask to join']);
    }
    expect(await crew.db.prisma.task.findMany({ orderBy: { number: 'asc' } })).toEqual(before);
  });
});

describe('someone whom we know by their e-mail address', () => {
  test('is matched at their first message, on either platform, as one person', async () => {
    await crew.says('wes', 'start 1');
    expect((await crew.says('wes', 'done 1', { platform: 'teams' })).words).toMatch(/^Done: #1/);
    const accounts = await crew.db.prisma.chatAccount.findMany({ where: { personId: 'harbor-person-wes' } });
    expect(accounts).toHaveLength(2);
    expect((await crew.says('wes', 'whoami')).words).toMatch(
      /Connected: Slack \(slack\) and Teams \(teams\)/,
    );
  });

  test('whatever case it is written in', async () => {
    await crew.db.prisma.person.create({
      data: { id: 'ned', organizationId: 'harbor-works', name: 'Ned Shaw', email: 'ned@elsewhere.example' },
    });
    expect((await crew.says('Ned', 'whoami')).words).toMatch(/^Ned Shaw/);
  });

  test('or, on an empty installation, is the first admin by ADMIN_EMAILS', async () => {
    const boss = {
      ...crew.invocation('boss', { type: 'text' as const, text: 'whoami', mentions: [] }),
      profile: async () => ({ name: 'Bo Harbor', email: 'Boss@Harbor.example', timeZone: 'Nowhere/Atall' }),
    };
    const { reply } = await crew.dispatch(boss);
    expect(JSON.stringify(reply)).toMatch(/Bo Harbor.*admin, manager and worker/);
    expect(await crew.db.prisma.person.findFirstOrThrow({ where: { name: 'Bo Harbor' } })).toMatchObject({
      email: 'boss@harbor.example',
      timeZone: 'UTC',
    });
  });
});

describe('someone who is deactivated', () => {
  const deactivate = async () => {
    await crew.db.prisma.person.update({
      where: { id: 'harbor-person-wes' },
      data: { deactivatedAt: crew.now },
    });
    await crew.sessions.endAll('harbor-person-wes');
  };

  test('is out at once, though their session would last', async () => {
    expect((await crew.says('wes', 'list')).words).toMatch(/^Your open tasks/);
    await deactivate();
    for (const text of ['list', 'done 1', 'add "Dig"', 'comment 1 hello']) {
      expect((await crew.says('wes', text)).words).toMatch(/^Hello Wes\. I don’t know you/);
    }
    expect((await crew.task(1)).status.name).toBe('To do');
  });

  test('sees and changes nothing where another process still holds the session', async () => {
    const replica = crew.replica();
    await replica.says('wes', 'list');
    await deactivate();
    expect((await replica.says('wes', 'show 1')).words).toMatch(/no task #1 that you can see/);
    expect((await replica.says('wes', 'done 1')).words).toMatch(/no task #1 that you can see/);
    expect((await replica.says('wes', 'list all')).words).not.toMatch(/#\d/);
    expect((await replica.says('wes', 'add "Dig"')).words).toMatch(/^Hello Wes\. I don’t know you/);
    expect(await crew.db.prisma.task.count({ where: { title: 'Dig' } })).toBe(0);
  });

  test('can’t be given work, and gets no messages', async () => {
    for (const who of ['maya', 'wes']) await crew.says(who, 'hi');
    await crew.says('maya', 'comment 1 are you there?');
    await deactivate();
    await crew.settle();
    expect(crew.messagesTo('wes')).toEqual([]);
    expect((await crew.says('maya', 'assign 9 @wes')).words).toMatch(/^I don’t know “wes”/);
    const mentions = [{ userId: 'U-wes', name: 'wes' }];
    expect((await crew.says('maya', 'assign 9 \ue0000\ue001', { mentions })).words).toMatch(
      /^I don’t know that person yet/,
    );
  });

  test('comes back when a manager lets them in again', async () => {
    await crew.says('wes', 'hi');
    await deactivate();
    await crew.says('wes', 'join');
    const { id } = await crew.db.prisma.joinRequest.findFirstOrThrow();
    await crew.presses('maya', { intent: { action: 'approve-join', args: { request: id } } });
    expect((await crew.says('wes', 'list')).words).toMatch(/^Your open tasks/);
    expect(await crew.db.prisma.chatAccount.count({ where: { personId: 'harbor-person-wes' } })).toBe(1);
  });
});
