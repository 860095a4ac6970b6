import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Button, type Form, plain, say, text, type View } from '../../src/core/view.ts';
import { activity, mention, message, press, TENANT } from '../support/teams-activities.ts';
import { close, ISSUER, listen } from '../support/teams-auth.ts';
import { answered, saying, startBot, type TestBot } from '../support/teams-bot.ts';

const done: Button = { label: 'Done', intent: { action: 'done', args: { task: '42' } } };
const card: View = {
  title: '#42 Reseal pump 3',
  summary: 'Task 42',
  nodes: [{ type: 'actions', buttons: [done] }],
};
const blockForm: Form = {
  title: 'Block task 42',
  submit: 'Block',
  intent: { action: 'block', args: { task: '42' } },
  nonce: 'form-1',
  fields: [{ name: 'reason', label: 'What is in the way?', type: 'text' }],
};
const later = <T>(ms: number, value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(resolve, ms, value));

describe('a conversation in Teams', () => {
  let bot: TestBot;
  let url: string;
  beforeEach(async () => {
    bot = await startBot();
    url = bot.connector.serviceUrl;
  });
  afterEach(() => bot.close());

  /** The data of the last card's n-th button, as a click sends it. */
  // biome-ignore lint/suspicious/noExplicitAny: digs into what was sent
  function buttonData(content: any, index = 0): unknown {
    return content.body.findLast((element: { type: string }) => element.type === 'ActionSet').actions[index]
      .data;
  }

  describe('messages', () => {
    test('a message in the personal chat is asked for and answered there, with the bot’s token', async () => {
      bot.answer(() => saying('Nothing open.'));
      expect((await bot.post(message(url, 'my&nbsp;tasks &amp; co'))).status).toBe(200);
      const [sent] = await bot.connector.received(1);
      expect(sent?.path).toBe('/teams/v3/conversations/a:wes-chat/activities/1700000000001');
      expect(sent?.authorization).toBe('Bearer bot-token');
      expect(sent?.body).toMatchObject({
        text: 'Nothing open.',
        textFormat: 'plain',
        summary: 'Nothing open.',
      });
      expect(bot.invocations).toMatchObject([
        {
          key: `teams:${TENANT}:a:wes-chat:1700000000001`,
          platform: 'teams',
          workspaceId: TENANT,
          userId: '29:wes',
          source: 'message',
          answeredSeparately: true,
          request: { type: 'text', text: 'my tasks & co', mentions: [] },
          place: { kind: 'direct', channelId: 'a:wes-chat' },
        },
      ]);
      expect(JSON.parse(bot.invocations[0]?.directAddress ?? '')).toMatchObject({
        conversation: { id: 'a:wes-chat' },
      });
    });

    test('messages without an id are each one of their own', async () => {
      await bot.post(message(url, 'done 1', { id: undefined }));
      await bot.post(message(url, 'done 2', { id: undefined }));
      const [first, second] = bot.invocations.map(({ key }) => key);
      expect(first).not.toBe(second);
    });

    test('in a channel the bot answers in the thread, and only when it is named', async () => {
      const { entities: _none, ...unnamed } = mention(url, 'lunch?');
      await bot.post(unnamed);
      expect(bot.invocations).toHaveLength(0);
      await bot.post(mention(url, 'list'));
      const [sent] = await bot.connector.received(1);
      expect(sent?.path).toContain('/19:dock@thread.tacv2;messageid=1699/activities/');
      expect(bot.invocations).toMatchObject([
        {
          source: 'mention',
          request: { text: 'list' },
          place: { kind: 'channel', channelId: '19:dock@thread.tacv2', threadId: '1699' },
        },
      ]);
      expect(bot.invocations[0]?.directAddress).toBeUndefined();
      expect(JSON.parse(bot.invocations[0]?.place.address ?? '').conversation.id).toBe(
        '19:dock@thread.tacv2',
      );
    });

    test('a repeated answer is not sent again', async () => {
      bot.answer(() => answered(say(plain('done')), true));
      await bot.post(message(url, 'done 42'));
      await bot.adapter.stop();
      expect(bot.connector.messages()).toEqual([]);
    });

    test('a slow answer is announced by typing, does not hold the request, and follows', async () => {
      bot.answer(() => later(2_600, saying('at last')));
      const response = await bot.post(message(url, 'report'));
      expect(response.status).toBe(200);
      expect(response.tookMs).toBeLessThan(2_500);
      expect(bot.connector.calls.map((call) => call.body.type)).toEqual(['typing']);
      expect((await bot.connector.received(1))[0]?.body.text).toBe('at last');
    });

    test('a connector that never answers does not hold the request either', async () => {
      bot.connector.behave('never');
      const response = await bot.post(message(url, 'list'));
      expect(response.status).toBe(200);
      expect(response.tookMs).toBeLessThan(2_500);
      await bot.adapter.stop();
      expect(bot.logged).toMatchObject([{ level: 'error' }]);
    });

    test('a throttled answer is sent again', async () => {
      bot.connector.behave({ status: 429, retryAfter: '0', times: 1 });
      await bot.post(message(url, 'list'));
      expect(await bot.connector.received(2)).toHaveLength(2);
    });

    test('a 500 is not repeated: the message may have been sent', async () => {
      bot.connector.behave({ status: 500 });
      await bot.post(message(url, 'list'));
      await bot.adapter.stop();
      expect(bot.connector.messages()).toHaveLength(1);
      expect(bot.logged).toMatchObject([{ level: 'error' }]);
    });
  });

  describe('answers that are for one person alone', () => {
    const secret = say(plain('Your PIN is 1234'), { to: 'user' });

    test('in the personal chat they are said there', async () => {
      bot.answer(() => answered(secret));
      await bot.post(message(url, 'pin'));
      expect((await bot.connector.received(1))[0]?.body.text).toBe('Your PIN is 1234');
    });

    test('in a channel they go to the personal chat, and one line says so', async () => {
      bot.answer(() => answered(secret));
      await bot.post(mention(url, 'pin'));
      const sent = await bot.connector.received(2);
      expect(bot.connector.calls.find((call) => call.path.endsWith('/v3/conversations'))?.body).toMatchObject(
        {
          isGroup: false,
          members: [{ id: '29:wes' }],
          tenantId: TENANT,
        },
      );
      expect(sent.map((call) => [call.path.includes('personal-chat'), call.body.text])).toEqual([
        [true, 'Your PIN is 1234'],
        [false, 'I answered you in our chat.'],
      ]);
    });

    test('with a harmless short form only that stands in the channel', async () => {
      bot.answer(() => answered({ ...secret, ack: 'Noted.' } as typeof secret));
      await bot.post(mention(url, 'pin'));
      expect((await bot.connector.received(1)).map((call) => call.body.text)).toEqual(['Noted.']);
    });

    test('where the person has not added the bot, they hear how to', async () => {
      bot.answer(() => answered(secret));
      bot.connector.behave({ status: 403, code: 'BotNotInConversationRoster', times: 1 });
      await bot.post(mention(url, 'pin'));
      const [sent] = await bot.connector.received(1);
      expect(sent?.body.text).toContain('add Crewline');
      expect(JSON.stringify(bot.connector.calls)).not.toContain('1234');
    });
  });

  describe('a form asked for where others read along', () => {
    const asked = () => bot.answer(() => answered({ kind: 'form', form: blockForm }));
    const inChannel = { conversation: mention('', '').conversation };

    test('by a message goes to the personal chat, and one line says so', async () => {
      asked();
      await bot.post(mention(url, 'block 42'));
      const sent = await bot.connector.received(2);
      expect(
        sent.map(({ path, body }) => [path.includes('personal-chat'), body.text ?? body.summary]),
      ).toEqual([
        [true, 'Block task 42'],
        [false, 'I have sent you the form in our chat.'],
      ]);
      expect(JSON.stringify(sent[1]?.body)).not.toContain('field.reason');
    });

    test('by a button goes there too, and the response says so', async () => {
      asked();
      const data = { crewline: { action: 'block', args: { task: '42' }, nonce: 'n1' } };
      const { body } = await bot.post(press(url, data, inChannel));
      expect(body).toMatchObject({ statusCode: 200, value: 'I have sent you the form in our chat.' });
      await bot.adapter.stop();
      expect(bot.connector.messages().map(({ path }) => path.includes('personal-chat'))).toEqual([true]);
    });

    test('stays away where the person has not added the bot: they hear how to', async () => {
      asked();
      bot.connector.behave({ status: 403, code: 'BotNotInConversationRoster', times: 1 });
      await bot.post(mention(url, 'block 42'));
      const data = { crewline: { action: 'block', args: { task: '42' }, nonce: 'n1' } };
      await bot.connector.received(1);
      bot.connector.behave({ status: 403, code: 'BotNotInConversationRoster', times: 1 });
      await bot.post(press(url, data, inChannel));
      const sent = await bot.connector.received(2);
      for (const { body } of sent) expect(body.text).toContain('add Crewline');
      expect(JSON.stringify(bot.connector.calls)).not.toContain('field.reason');
    });

    test('in the personal chat stands right there', async () => {
      asked();
      await bot.post(message(url, 'block 42'));
      expect(JSON.stringify((await bot.connector.received(1))[0]?.body)).toContain('field.reason');
    });
  });

  describe('buttons', () => {
    test('a press asks for the button’s intent; a redelivered press has the same key, a press on a new card another', async () => {
      bot.answer(() => answered({ kind: 'view', to: 'channel', view: card }));
      await bot.post(message(url, 'show 42'));
      await bot.post(message(url, 'show 42', { id: '2' }));
      const [first, second] = await bot.connector.received(2);
      const firstData = buttonData(first?.body.attachments[0].content);
      bot.invocations.length = 0;
      await bot.post(press(url, firstData, { id: 'a' }));
      await bot.post(press(url, firstData, { id: 'b' }));
      await bot.post(press(url, buttonData(second?.body.attachments[0].content)));
      await bot.post(press(url, firstData, { from: { id: '29:priya' } }));
      const [one, redelivered, fresh, priyas] = bot.invocations;
      expect(one).toMatchObject({
        source: 'button',
        answeredSeparately: false,
        request: { type: 'intent', action: 'done', args: { task: '42' } },
        place: { messageId: 'card-1' },
      });
      expect(redelivered?.key).toBe(one?.key);
      expect(new Set([one?.key, fresh?.key, priyas?.key]).size).toBe(3);
    });

    const data = { crewline: { action: 'done', args: { task: '42' }, nonce: 'n' } };

    test('a card that its reader’s client asks for again comes as they see it; nothing is done by that', async () => {
      const looks: unknown[] = [];
      const own = await startBot({
        ownCards: {
          async draw(asked) {
            looks.push(asked);
            return asked.userId === '29:priya' ? { ...card, readers: ['29:priya'] } : undefined;
          },
        },
      });
      const refresh = (overlay: object) =>
        own.post(
          press(
            own.connector.serviceUrl,
            { crewline: { action: 'refresh', args: {}, nonce: 'n.refresh' } },
            {
              from: { id: '29:priya', name: 'Priya', aadObjectId: 'aad-priya' },
              conversation: mention('', '').conversation,
              value: {
                action: {
                  type: 'Action.Execute',
                  id: '',
                  verb: 'refresh',
                  data: { crewline: { action: 'refresh', args: {}, nonce: 'n.refresh' } },
                },
                trigger: 'automatic',
              },
              ...overlay,
            },
          ),
        );
      const mine = await refresh({});
      expect(mine.body).toMatchObject({
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: {
          refresh: { action: { type: 'Action.Execute', verb: 'refresh' }, userIds: ['29:priya'] },
        },
      });
      expect(looks).toEqual([
        {
          ...{ platform: 'teams', workspaceId: TENANT, userId: '29:priya' },
          ...{ channelId: '19:dock@thread.tacv2', messageId: 'card-1' },
        },
      ]);
      const others = await refresh({ from: { id: '29:wes', name: 'Wes' } });
      expect(others.body).toMatchObject({ statusCode: 400, type: 'application/vnd.microsoft.error' });
      expect(own.invocations).toEqual([]);
      await own.close();
    });

    test('a refusal of a stale button takes the card’s place for the one who pressed it, and for nobody else', async () => {
      bot.answer(() => answered({ kind: 'view', to: 'user', view: card, replaceForAsker: true }));
      const response = await bot.post(press(url, data, { conversation: mention('', '').conversation }));
      expect(response.body).toMatchObject({
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
      });
      await bot.adapter.stop();
      expect(bot.connector.calls).toEqual([]);
    });

    test('an answer that replaces the card comes in the response, and everybody else sees it too', async () => {
      bot.answer(() => answered({ kind: 'view', to: 'channel', view: card, replaceOriginal: true }));
      const response = await bot.post(press(url, data));
      expect(response.body).toMatchObject({
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
      });
      const [update] = await bot.connector.received(1);
      expect(update).toMatchObject({
        method: 'PUT',
        path: '/teams/v3/conversations/a:wes-chat/activities/card-1',
      });
      expect(update?.body.attachments[0].content).toEqual(response.body.value);
      expect(update?.body.text).toBeUndefined();
    });

    test('any other answer is a message of its own, and the response says so in words', async () => {
      bot.answer(() => saying('Comment added.'));
      const response = await bot.post(press(url, data));
      expect(response.body).toMatchObject({
        statusCode: 200,
        type: 'application/vnd.microsoft.activity.message',
      });
      expect((await bot.connector.received(1))[0]?.body.text).toBe('Comment added.');
    });

    test('a slow answer is promised in time and brought when it comes', async () => {
      bot.answer(() =>
        later(2_600, answered({ kind: 'view', to: 'channel', view: card, replaceOriginal: true })),
      );
      const response = await bot.post(press(url, data));
      expect(response.tookMs).toBeLessThan(2_500);
      expect(response.body.value).toContain('Still working');
      expect((await bot.connector.received(1))[0]).toMatchObject({ method: 'PUT' });
    });

    test('whoever has Teams in Spanish is answered in Spanish before the answer is there', async () => {
      const inSpanish = { locale: 'es-ES' };
      bot.answer(() => later(2_600, answered({ kind: 'view', to: 'channel', view: card })));
      expect((await bot.post(press(url, data, inSpanish))).body.value).toBe(
        'Sigo en ello… la respuesta llega enseguida.',
      );
      await bot.connector.received(1);
      const forged = await bot.post(press(url, { delete: 'everything' }, inSpanish));
      expect(forged.body.value.message).toBe('No conozco este botón. Pídeme la tarea otra vez.');
      expect(bot.invocations[0]).toMatchObject({ locale: 'es-ES' });
    });

    test('a forged or foreign button is answered, not run', async () => {
      const response = await bot.post(press(url, { delete: 'everything' }));
      expect(response.body).toMatchObject({ statusCode: 400, type: 'application/vnd.microsoft.error' });
      expect(bot.invocations).toHaveLength(0);
    });

    test('an invoke that Crewline doesn’t offer is answered with 501', async () => {
      expect((await bot.post(press(url, data, { name: 'composeExtension/anonymousQueryLink' }))).status).toBe(
        501,
      );
    });
  });

  describe('forms', () => {
    async function shownForm(): Promise<Record<string, unknown>> {
      bot.answer(() => answered({ kind: 'form', form: blockForm }));
      await bot.post(message(url, 'block 42'));
      const [sent] = await bot.connector.received(1);
      return buttonData(sent?.body.attachments[0].content) as Record<string, unknown>;
    }

    test('sent twice, a form has the same key', async () => {
      const filled = { ...(await shownForm()), 'field.reason': 'no parts' };
      bot.invocations.length = 0;
      bot.answer(() => saying('Blocked.'));
      const response = await bot.post(press(url, filled, { id: 'a' }));
      await bot.post(press(url, filled, { id: 'b' }));
      expect(bot.invocations.map((invocation) => invocation.key)).toEqual(
        Array(2).fill('form:form-1:29:wes'),
      );
      expect(bot.invocations[0]?.request).toEqual({
        type: 'form',
        action: 'block',
        args: { task: '42', reason: 'no parts' },
      });
      expect(response.body.type).toBe('application/vnd.microsoft.card.adaptive');
    });

    test('errors stand at their fields, beside what was typed', async () => {
      const filled = { ...(await shownForm()), 'field.reason': 'no' };
      bot.answer(() => answered({ kind: 'fieldErrors', errors: { reason: 'Say it in a few words.' } }));
      const response = await bot.post(press(url, filled));
      const shown = JSON.stringify(response.body.value);
      expect(shown).toContain('Say it in a few words.');
      expect(shown).toContain('"value":"no"');
    });

    test('a form that comes as a message with a value is a form too; its answer takes its place', async () => {
      const filled = { ...(await shownForm()), 'field.reason': 'no parts' };
      bot.answer(() => saying('Blocked.'));
      await bot.post(message(url, '', { id: '9', value: filled, replyToId: 'form-activity' }));
      expect((await bot.connector.received(2))[1]).toMatchObject({
        method: 'PUT',
        body: { text: 'Blocked.' },
      });
      expect(bot.invocations.at(-1)).toMatchObject({ key: 'form:form-1:29:wes', answeredSeparately: true });
    });
  });

  describe('coming and going', () => {
    const installed = (overlay = {}) =>
      activity(url, { type: 'installationUpdate', action: 'add', ...overlay });

    test('who adds the bot is welcomed, under one key however often Teams tells it', async () => {
      await bot.post(installed());
      await bot.post(installed({ id: 'again' }));
      expect(bot.invocations).toMatchObject([
        { request: { type: 'intent', action: 'welcome', args: {} }, source: 'event' },
        { request: { action: 'welcome' } },
      ]);
      expect(bot.invocations[0]?.directAddress).toBeDefined();
      expect(bot.invocations[0]?.key).toBe(bot.invocations[1]?.key);
    });

    test('a team is greeted', async () => {
      const { conversation, channelData } = mention(url, '');
      await bot.post(installed({ conversation, channelData }));
      expect(bot.invocations).toMatchObject([{ request: { action: 'greet' }, place: { kind: 'channel' } }]);
    });

    test('a removal is noted and not answered', async () => {
      await bot.post(installed({ action: 'remove' }));
      expect(bot.invocations).toHaveLength(0);
      expect(bot.logged).toMatchObject([{ level: 'info', fields: { tenant: TENANT, action: 'remove' } }]);
    });
  });

  describe('who the user is', () => {
    test('name and address come from the roster, time zone and language from the message', async () => {
      await bot.post(message(url, 'hi'));
      expect(await bot.invocations[0]?.profile()).toEqual({
        name: 'Wes Vance',
        email: 'wes@harbor.example',
        timeZone: 'Europe/London',
        locale: 'en-GB',
      });
    });

    test.each([
      ['another tenant', { tenantId: 'tenant-2' }],
      ['a guest', { userRole: 'guest' }],
      ['a guest by their name', { userPrincipalName: 'wes_harbor.example#EXT#@dock.onmicrosoft.com' }],
    ])('the address of %s is not believed', async (_who, more) => {
      bot.connector.member(more);
      await bot.post(message(url, 'hi'));
      expect(await bot.invocations[0]?.profile()).toMatchObject({ name: 'Wes Vance' });
      expect(await bot.invocations[0]?.profile()).not.toHaveProperty('email');
    });

    test('the address of a member of this very tenant is', async () => {
      bot.connector.member({ tenantId: TENANT, userRole: 'user', userPrincipalName: 'wes@harbor.example' });
      await bot.post(message(url, 'hi'));
      expect(await bot.invocations[0]?.profile()).toMatchObject({ email: 'wes@harbor.example' });
    });

    test('somebody who is not in the roster has a name alone', async () => {
      await bot.post(message(url, 'hi'));
      bot.connector.behave({ status: 404, code: 'MemberNotFoundInConversation' });
      expect(await bot.invocations[0]?.profile()).toEqual({
        name: 'Wes',
        timeZone: 'Europe/London',
        locale: 'en-GB',
      });
    });

    test.each([
      ['silence', 'never' as const],
      ['a 500', { status: 500 }],
      ['a 429', { status: 429 }],
    ])('is not guessed after %s: a colleague must not look like a stranger', async (_what, behaviour) => {
      await bot.post(message(url, 'hi'));
      bot.connector.behave(behaviour);
      await expect(bot.invocations[0]?.profile()).rejects.toMatchObject({ code: 'platform_unavailable' });
      await expect(bot.invocations[0]?.profile('29:lena')).rejects.toMatchObject({
        code: 'platform_unavailable',
      });
    });
  });

  test('time that signing keys took is not there for the answer', async () => {
    const keys = createServer(async (request, response) => {
      await later(1_100, undefined);
      const origin = new URL(slow.identity.metadataUrl).origin;
      response.end(await (await fetch(`${origin}${request.url}`)).text());
    });
    const metadataUrl = `${await listen(keys)}/openid`;
    const slow = await startBot({
      openId: { metadataUrl, issuer: ISSUER, accessToken: async () => 'bot-token' },
      apiTimeoutMs: 3_000,
    });
    try {
      slow.answer(() => later(4_000, saying('at last')));
      const data = { crewline: { action: 'done', args: {}, nonce: 'n1' } };
      const responses = await Promise.all([
        slow.post(message(slow.connector.serviceUrl, 'list')),
        slow.post(press(slow.connector.serviceUrl, data)),
      ]);
      for (const { status, tookMs } of responses) {
        expect(status).toBe(200);
        expect(tookMs).toBeGreaterThan(1_100);
        expect(tookMs).toBeLessThan(2_400);
      }
    } finally {
      await slow.close();
      await close(keys);
    }
  });

  test('without an access token the answer is lost but not the request, and the log says why', async () => {
    const broke = await startBot({
      openId: {
        metadataUrl: bot.identity.metadataUrl,
        issuer: 'https://issuer.test',
        accessToken: async () => {
          throw new Error('invalid_client');
        },
      },
    });
    try {
      const claims = { ...broke.claims(), serviceurl: broke.connector.serviceUrl };
      const body = JSON.stringify(message(broke.connector.serviceUrl, 'list'));
      const response = await broke.raw(body, await bot.identity.bearer(claims));
      expect(response.status).toBe(200);
      expect(broke.logged).toMatchObject([{ level: 'error', fields: { code: 'platform_unavailable' } }]);
    } finally {
      await broke.close();
    }
  });

  test('after a stop nothing new is taken', async () => {
    await bot.adapter.stop();
    expect((await bot.post(message(url, 'list'))).status).toBe(503);
  });

  test('a pipeline that throws against its word is answered in words', async () => {
    bot.answer(() => {
      throw new Error('boom');
    });
    const response = await bot.post(press(url, { crewline: { action: 'done', args: {}, nonce: 'n' } }));
    expect(response.status).toBe(200);
    const [sent] = await bot.connector.received(1);
    expect(JSON.stringify(sent?.body)).toContain('Something went wrong');
    expect(JSON.stringify(sent?.body)).not.toContain('boom');
    expect(bot.logged).toMatchObject([{ level: 'error' }]);
  });

  test('text`…` with a button arrives as a card with that button', async () => {
    bot.answer(() => answered(say(text`Task ${42} is open.`, { buttons: [done] })));
    await bot.post(message(url, 'show 42'));
    const [sent] = await bot.connector.received(1);
    expect(sent?.body.attachments[0].content.body).toHaveLength(2);
  });
});
