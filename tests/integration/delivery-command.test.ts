import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DeliveryError } from '../../src/core/ports.ts';
import { buttonOf, type Crew, openCrew } from '../support/crew.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew({ atAnyHour: true });
  for (const who of ['maya', 'wes', 'omar']) await crew.says(who, 'hi');
});
afterEach(() => crew.close());

/** Until it is mended, Slack refuses what goes to people. */
function refusing(reason: string): () => void {
  const slack = crew.messengers.get('slack');
  if (!slack) throw new Error('There is no Slack');
  const { sendDirect } = slack;
  slack.sendDirect = async () => {
    throw new DeliveryError({ kind: 'refused', scope: 'person' }, reason);
  };
  return () => {
    slack.sendDirect = sendDirect;
  };
}

test('an admin sees what was given up and why, and sends it again', async () => {
  expect((await crew.says('maya', 'delivery')).words).toMatch(/^Delivery\nEverything was delivered/);
  const mend = refusing('user_disabled');
  await crew.says('maya', 'add "Check the crane" @wes in DOCK');
  await crew.settle();
  const shown = await crew.says('maya', 'delivery');
  expect(shown.words).toMatch(
    /1 message was given up.*1 the person takes no messages · user_disabled\n.*Wes Carter.*They have blocked or removed the app/s,
  );
  mend();
  await crew.says('wes', 'hi');
  await crew.db.prisma.chatAccount.updateMany({ data: { refusedAt: null, refusedReason: null } });
  expect((await crew.presses('maya', buttonOf(shown, 'Send again'))).words).toMatch(
    /1 message is on its way again/,
  );
  await crew.settle();
  expect(crew.messagesTo('wes').at(-1)?.view.summary).toMatch(/gave you #31/);
  expect((await crew.says('maya', 'delivery')).words).toMatch(/Everything was delivered/);
});

test('what is no longer true is not sent again', async () => {
  const mend = refusing('user_disabled');
  await crew.says('maya', 'add "Check the crane" @wes in DOCK');
  await crew.settle();
  mend();
  await crew.db.prisma.chatAccount.updateMany({ data: { refusedAt: null, refusedReason: null } });
  await crew.says('maya', 'cancel 31');
  await crew.says('maya', 'delivery replay');
  await crew.settle();
  expect(crew.messagesTo('wes').map(({ view }) => view.summary)).toEqual([
    expect.stringMatching(/cancelled #31/),
  ]);
});

test('only admins see it, and nothing of another organisation', async () => {
  expect((await crew.says('wes', 'delivery')).words).toMatch(/Only admins/);
  expect((await crew.says('omar', 'delivery replay')).words).toMatch(/Only admins/);
  expect((await crew.says('maya', 'delivery replay')).words).toMatch(/nothing to send again/);
  expect((await crew.says('maya', 'delivery lost')).words).toMatch(/I don’t know .*delivery lost/);
});

test('days off for everyone are set by admins and seen by all', async () => {
  expect((await crew.says('maya', 'holiday add 25.12. Christmas')).words).toMatch(
    /^Christmas, Friday, December 25, 2026, is a day off for everyone/,
  );
  expect((await crew.says('wes', 'holidays')).words).toMatch(/Christmas\n.*December 25/s);
  expect((await crew.says('wes', 'holiday add 26.12. Boxing day')).words).toMatch(/Only admins/);
  expect((await crew.says('maya', 'holiday add 27.12.')).words).toMatch(/holiday add 25.12. <name>/);
  expect((await crew.says('maya', 'holiday add soonish')).words).toMatch(/holiday add 25.12. <name>/);
  expect((await crew.says('maya', 'holiday remove 25.12.')).words).toMatch(/working day again/);
  expect((await crew.says('maya', 'holiday remove 25.12.')).words).toMatch(/is no day off/);
});
