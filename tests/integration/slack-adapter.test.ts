import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Invocation } from '../../src/core/action.ts';
import type { Answer } from '../../src/core/adapter.ts';
import { type Form, plain, type Reply, say } from '../../src/core/view.ts';
import { encodeIntent } from '../../src/slack/intent.ts';
import { type Behaviour, type SlackApi, startSlackApi } from '../support/slack-api.ts';
import { type SlackBot, startSlackBot } from '../support/slack-bot.ts';
import {
  buttonPayload,
  commandBody,
  eventBody,
  interactionBody,
  sign,
  submissionPayload,
} from '../support/slack-requests.ts';

const JSON_TYPE = { type: 'application/json' };
let api: SlackApi;
let bot: SlackBot;

beforeAll(async () => {
  api = await startSlackApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  api.reset();
  bot = await startSlackBot(api);
});
afterEach(() => bot.close());

const form: Form = {
  title: 'New task',
  submit: 'Create',
  intent: { action: 'add', args: {} },
  nonce: 'nonce-1',
  fields: [{ type: 'text', name: 'title', label: 'Title' }],
};
const slowly = (ms: number, reply: Reply) => async (): Promise<Answer> => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return { reply, repeated: false };
};
const command = (fields: Record<string, string> = {}) =>
  bot.send(sign(commandBody({ response_url: api.responseUrl, ...fields })));
const press = (value: string | undefined, more: object = {}) =>
  bot.send(sign(interactionBody(buttonPayload(value, { response_url: api.responseUrl, ...more }))));
const event = (body: object, more: object = {}, headers: Record<string, string> = {}) => {
  const signed = sign(eventBody(body, more), JSON_TYPE);
  return bot.send({ ...signed, headers: { ...signed.headers, ...headers } });
};
const directMessage = {
  type: 'message',
  channel_type: 'im',
  channel: 'D1',
  user: 'U1',
  text: 'done 42',
  ts: '1.1',
};

describe('authenticity', () => {
  it('takes a request that Slack signed', async () => {
    const { status, body } = await command();
    expect(status).toBe(200);
    expect(body).toMatchObject({ response_type: 'ephemeral', text: 'Hello Wes' });
    expect(bot.invocations).toMatchObject([
      {
        key: 'slack:T1:trigger-1',
        workspaceId: 'T1',
        userId: 'U1',
        place: { kind: 'channel', channelId: 'C1', channelName: 'dock' },
        request: { type: 'text', text: 'help', mentions: [] },
        source: 'command',
        answeredSeparately: false,
      },
    ]);
  });

  const minutes = 60_000;
  it.each([
    ['of another secret', () => sign(commandBody(), { secret: 'wrong' })],
    ['older than five minutes', () => sign(commandBody(), { at: Date.now() - 6 * minutes })],
    ['from the future', () => sign(commandBody(), { at: Date.now() + 6 * minutes })],
    ['of another body', () => ({ ...sign(commandBody()), body: commandBody({ text: 'cancel 42' }) })],
    [
      'that is missing',
      () => ({ body: commandBody(), headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    ],
  ])('refuses a signature %s with 401', async (_which, request) => {
    expect((await bot.send(request())).status).toBe(401);
    expect(bot.invocations).toEqual([]);
  });

  it('gives a replayed request the same key, so that its effect happens once', async () => {
    const signed = sign(commandBody());
    await bot.send(signed);
    await bot.send(signed);
    expect(bot.invocations.map((invocation) => invocation.key)).toEqual([
      'slack:T1:trigger-1',
      'slack:T1:trigger-1',
    ]);
  });

  it('lets nothing in behind the unsigned check of the certificate', async () => {
    const body = `ssl_check=1&${commandBody()}`;
    const { status } = await bot.send({
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(status).toBe(200);
    expect(bot.invocations).toEqual([]);
  });

  it("answers Slack's check of the address", async () => {
    const { body } = await bot.send(
      sign(JSON.stringify({ type: 'url_verification', challenge: 'abc' }), JSON_TYPE),
    );
    expect(body).toEqual({ challenge: 'abc' });
  });
});

describe('malformed requests', () => {
  it.each([
    ['no JSON', sign('payload=%7B')],
    ['an unknown shape', sign('{"hello":1}', JSON_TYPE)],
    ['a command without team', sign('command=%2Ftask&text=help')],
    ['a click without user', sign(interactionBody({ type: 'block_actions', actions: [] }))],
    [
      'an event without id',
      sign(JSON.stringify({ type: 'event_callback', event: { type: 'app_mention' } }), JSON_TYPE),
    ],
  ])('get 400 at once: %s', async (_what, request) => {
    const started = performance.now();
    expect((await bot.send(request)).status).toBe(400);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('get 413 when they are larger than anything Slack sends', async () => {
    expect((await bot.send(sign(`text=${'x'.repeat(2_000_000)}`))).status).toBe(413);
  });

  it('get 200 when they are nothing that Crewline listens to', async () => {
    const shortcut = {
      type: 'shortcut',
      callback_id: 'old',
      team: { id: 'T1' },
      user: { id: 'U1' },
      trigger_id: 't',
    };
    expect((await bot.send(sign(interactionBody(shortcut)))).status).toBe(200);
    expect((await event({ type: 'reaction_added', user: 'U1' })).status).toBe(200);
  });
});

describe('a command', () => {
  it('is answered for everyone where the answer is meant for the channel', async () => {
    bot.answer(async () => ({
      repeated: false,
      reply: { kind: 'view', to: 'channel', view: { summary: 'Card', nodes: [] } },
    }));
    expect((await command()).body).toMatchObject({ response_type: 'in_channel', text: 'Card' });
  });

  it('in a workspace that nobody installed is answered in words', async () => {
    const { status, body } = await command({ team_id: 'T9' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ text: expect.stringContaining('not set up for this workspace') });
    expect(bot.invocations).toEqual([]);
  });

  it('that takes long gets a line in time and its answer afterwards', async () => {
    bot.answer(slowly(2_300, say(plain('Done at last.'))));
    const started = performance.now();
    const { body } = await command();
    expect(performance.now() - started).toBeLessThan(2_500);
    expect(body).toMatchObject({ text: 'Still working on it — the answer will come here.' });
    expect((await api.call('response_url')).args).toMatchObject({
      text: 'Done at last.',
      response_type: 'ephemeral',
    });
  });

  it('gets a sentence with a reference when the pipeline itself fails', async () => {
    bot.answer(async () => {
      throw new Error('boom');
    });
    const { status, body } = await command();
    expect(status).toBe(200);
    expect(body).toMatchObject({ text: expect.stringContaining('Reference ID-1') });
    expect(bot.logged('error')).toMatchObject([{ fields: { reference: 'ID-1' } }]);
  });

  it('asks Slack for the profile only when somebody wants to know', async () => {
    await command();
    expect(api.of('users.info')).toEqual([]);
    expect(await bot.invocations[0]?.profile()).toEqual({
      name: 'Wes Wood',
      email: 'wes@harbor.example',
      timeZone: 'Europe/Oslo',
      locale: 'nb-NO',
    });
  });
});

describe('who somebody is', () => {
  const profile = async (behaviour: Behaviour) => {
    await command();
    api.always('users.info', behaviour);
    return bot.invocations[0]?.profile();
  };
  const user = (more: object): Behaviour => ({
    type: 'answer',
    with: {
      user: { real_name: 'Wes Wood', team_id: 'T1', profile: { email: 'wes@harbor.example' }, ...more },
    },
  });

  it.each([
    ['a member', {}],
    ['a member whose address is confirmed', { is_email_confirmed: true }],
    ['a member of several workspaces', { team_id: 'T7', enterprise_user: { teams: ['T7', 'T1'] } }],
  ])('the address of %s is believed', async (_who, more) => {
    expect(await profile(user(more))).toEqual({ name: 'Wes Wood', email: 'wes@harbor.example' });
  });

  it.each([
    ['somebody of another company', { team_id: 'T8' }],
    ['somebody of another organisation', { team_id: 'T8', enterprise_user: { teams: ['T8'] } }],
    ['a stranger in a shared channel', { is_stranger: true }],
    ['a guest', { is_restricted: true }],
    ['a guest of one channel', { is_ultra_restricted: true }],
    ['a bot', { is_bot: true }],
    ['somebody who left', { deleted: true }],
    ['an address that nobody confirmed', { is_email_confirmed: false }],
  ])('the address of %s is not', async (_who, more) => {
    expect(await profile(user(more))).toEqual({ name: 'Wes Wood' });
  });

  it('somebody whom Slack does not know has a name alone', async () => {
    expect(await profile({ type: 'refuse', error: 'user_not_found' })).toEqual({ name: 'wes' });
  });

  it.each<[string, Behaviour]>([
    ['a 500', { type: 'status', status: 500 }],
    ['a 429', { type: 'status', status: 429, headers: { 'retry-after': '7' } }],
    ['silence', { type: 'never' }],
    ['an error of its own', { type: 'refuse', error: 'internal_error' }],
  ])('is not guessed after %s: a colleague must not look like a stranger', async (_what, behaviour) => {
    await expect(profile(behaviour)).rejects.toMatchObject({ code: 'platform_unavailable' });
    await expect(bot.invocations[0]?.profile('U2')).rejects.toMatchObject({ code: 'platform_unavailable' });
  });
});

describe('a form', () => {
  it('opens on the trigger of the command', async () => {
    bot.answer(async () => ({ repeated: false, reply: { kind: 'form', form } }));
    const { status, body } = await command();
    expect([status, body]).toEqual([200, undefined]);
    expect(api.of('views.open')).toMatchObject([
      { token: 'xoxb-T1', args: { trigger_id: 'trigger-1', view: { title: { text: 'New task' } } } },
    ]);
  });

  it('opens at once when the database is slow, and fills in', async () => {
    bot.answer(slowly(1_500, { kind: 'form', form }), { opensForm: true });
    const started = performance.now();
    await command();
    expect(performance.now() - started).toBeLessThan(1_400);
    expect((await api.call('views.open')).args).toMatchObject({
      view: { blocks: [{ text: { text: 'One moment…' } }] },
    });
    const { args } = await api.call('views.update');
    expect(args).toMatchObject({
      view_id: 'V1',
      view: { title: { text: 'New task' }, callback_id: 'crewline-form' },
    });
  });

  it('that nobody foresaw, and that comes late, does not hold up the command', async () => {
    bot.answer(slowly(1_900, { kind: 'form', form }), { opensForm: false });
    api.always('views.open', { type: 'slow', ms: 800 });
    const started = performance.now();
    expect((await command()).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(2_600);
    await bot.adapter.stop();
    expect(api.of('views.open')).toHaveLength(1);
    expect(api.of('response_url')).toEqual([]);
  });

  it('that Slack does not open after all says so in words', async () => {
    bot.answer(slowly(1_900, { kind: 'form', form }), { opensForm: false });
    api.always('views.open', { type: 'never' });
    const started = performance.now();
    await command();
    expect(performance.now() - started).toBeLessThan(2_600);
    expect((await api.call('response_url')).args).toMatchObject({
      text: expect.stringContaining('could not be opened'),
    });
  });

  it('that becomes an answer in words says it in its place', async () => {
    bot.answer(slowly(900, say(plain('You may not do that.'))), { opensForm: true });
    await command();
    expect((await api.call('views.update')).args).toMatchObject({
      view: { blocks: [{ text: { text: 'You may not do that.' } }] },
    });
  });

  it.each([
    ['does not answer', { type: 'never' as const }],
    ['is down', { type: 'status' as const, status: 503 }],
    ['finds the trigger too old', { type: 'refuse' as const, error: 'expired_trigger_id' }],
  ])('that Slack does not open because it %s is answered in words, in time', async (_why, behaviour) => {
    api.always('views.open', behaviour);
    bot.answer(slowly(900, { kind: 'form', form }), { opensForm: true });
    const started = performance.now();
    const { body } = await command();
    expect(performance.now() - started).toBeLessThan(2_500);
    expect(body).toMatchObject({ text: expect.stringContaining('form could not be opened') });
  });
});

describe('somebody who speaks Spanish', () => {
  beforeEach(() => bot.speaks('es'));

  it('is asked for patience in Spanish', async () => {
    bot.answer(slowly(2_300, say(plain('Hecho.'))));
    expect((await command()).body).toMatchObject({ text: 'Sigo en ello: la respuesta llegará aquí.' });
    await api.call('response_url');
  });

  it('sees a form open in Spanish, with the words around it too', async () => {
    bot.answer(slowly(900, { kind: 'form', form: { ...form, language: 'es' } }), { opensForm: true });
    await command();
    expect((await api.call('views.open')).args).toMatchObject({
      view: { close: { text: 'Cerrar' }, blocks: [{ text: { text: 'Un momento…' } }] },
    });
    expect((await api.call('views.update')).args).toMatchObject({ view: { close: { text: 'Cancelar' } } });
  });

  it('hears in Spanish that a button is out of date, or a form could not be opened', async () => {
    await press('not one of ours');
    expect((await api.call('response_url')).args).toMatchObject({
      text: expect.stringMatching(/^Este botón ya no está al día\./),
    });
    api.always('views.open', { type: 'refuse', error: 'expired_trigger_id' });
    bot.answer(slowly(900, { kind: 'form', form }), { opensForm: true });
    expect((await command()).body).toMatchObject({
      text: expect.stringMatching(/^No se ha podido abrir el formulario/),
    });
  });

  it('reads in Spanish what is cut from a long message', async () => {
    const rows = Array.from({ length: 80 }, (_, index) => ({ title: plain(`#${index}`) }));
    const view = {
      summary: 'x',
      language: 'es' as const,
      nodes: [{ type: 'list' as const, rows, empty: [] }],
    };
    bot.answer(async () => ({ repeated: false, reply: { kind: 'view', to: 'user', view } }));
    expect(JSON.stringify((await command()).body)).toMatch(/… y \d+ más/);
  });
});

describe('a submitted form', () => {
  async function openedView(): Promise<object> {
    bot.answer(async () => ({ repeated: false, reply: { kind: 'form', form } }));
    await press(encodeIntent({ action: 'add', args: {} }));
    const view = (await api.call('views.open')).args.view;
    if (typeof view !== 'object' || view === null) throw new Error('no view');
    return view;
  }
  const values = { 'field:title': { value: { type: 'plain_text_input', value: 'Reseal pump 3' } } };
  const submit = (view: object) => bot.send(sign(interactionBody(submissionPayload(view, values))));

  it('becomes an invocation with the key of its nonce, and closes', async () => {
    const view = await openedView();
    bot.answer(async () => ({ repeated: false, reply: say(plain('#43 is created.')) }));
    const { status, body } = await submit(view);
    expect([status, body]).toEqual([200, undefined]);
    expect(bot.invocations.at(-1)).toMatchObject({
      key: 'form:nonce-1:U1',
      source: 'form',
      place: { channelId: 'C1', threadId: '1700000000.000000', messageId: '1700000000.000001' },
      request: { type: 'form', action: 'add', args: { title: 'Reseal pump 3' } },
    });
    expect((await api.call('response_url')).args).toMatchObject({
      text: '#43 is created.',
      replace_original: false,
    });
  });

  it('shows errors at their fields', async () => {
    const view = await openedView();
    bot.answer(async () => ({
      repeated: false,
      reply: { kind: 'fieldErrors', errors: { title: 'Give it a title.' } },
    }));
    expect((await submit(view)).body).toEqual({
      response_action: 'errors',
      errors: { 'field:title': 'Give it a title.' },
    });
  });

  it('that takes long says so, then says how it ended', async () => {
    const view = await openedView();
    bot.answer(slowly(2_200, say(plain('#43 is created.'))));
    const { body } = await submit(view);
    expect(body).toMatchObject({
      response_action: 'update',
      view: { blocks: [{ text: { text: expect.stringContaining('Still working') } }] },
    });
    expect((await api.call('views.update')).args).toMatchObject({
      view_id: 'V1',
      view: { blocks: [{ text: { text: '#43 is created.' } }] },
    });
    expect((await api.call('response_url')).args).toMatchObject({ text: '#43 is created.' });
  });

  it('reaches the person when its response_url is too old and the bot is not in the channel', async () => {
    const view = await openedView();
    api.always('response_url', { type: 'status', status: 404 });
    api.always('chat.postEphemeral', { type: 'refuse', error: 'not_in_channel' });
    bot.answer(async () => ({ repeated: false, reply: say(plain('#43 is created.')) }));
    await submit(view);
    expect((await api.call('chat.postMessage')).args).toMatchObject({
      channel: 'U1',
      text: '#43 is created.',
    });
  });

  it('of an older version is refused in words', async () => {
    const { body } = await submit({ private_metadata: 'old', title: { text: 'Old' } });
    expect(body).toMatchObject({
      response_action: 'update',
      view: { blocks: [{ text: { text: expect.stringContaining('out of date') } }] },
    });
  });
});

describe('a button', () => {
  it('says what was pressed, and where', async () => {
    const { status } = await press(encodeIntent({ action: 'done', args: { task: '42' } }));
    expect(status).toBe(200);
    expect(bot.invocations).toMatchObject([
      {
        key: 'slack:T1:trigger-2',
        source: 'button',
        place: {
          kind: 'channel',
          channelId: 'C1',
          threadId: '1700000000.000000',
          messageId: '1700000000.000001',
        },
        request: { type: 'intent', action: 'done', args: { task: '42' } },
      },
    ]);
    expect((await api.call('response_url')).args).toMatchObject({
      text: 'Hello Wes',
      response_type: 'ephemeral',
      replace_original: false,
      thread_ts: '1700000000.000000',
    });
  });

  it('on a message that only that person sees says so', async () => {
    await press(encodeIntent({ action: 'done', args: {} }), {
      container: { type: 'message', message_ts: '1.1', channel_id: 'C1', is_ephemeral: true },
    });
    await press(encodeIntent({ action: 'done', args: {} }));
    expect(bot.invocations.map(({ place }) => place.ephemeral)).toEqual([true, undefined]);
  });

  it('replaces its message when the answer says so', async () => {
    bot.answer(async () => ({
      repeated: false,
      reply: { kind: 'view', to: 'asker', replaceOriginal: true, view: { summary: 'Done', nodes: [] } },
    }));
    await press(encodeIntent({ action: 'done', args: {} }));
    expect((await api.call('response_url')).args).toMatchObject({ replace_original: true, text: 'Done' });
  });

  it('with nothing to say says nothing', async () => {
    bot.answer(async () => ({ repeated: false, reply: { kind: 'none' } }));
    await press(encodeIntent({ action: 'done', args: {} }));
    await bot.adapter.stop();
    expect(api.calls).toEqual([]);
  });

  it.each([undefined, '', 'done', '{"action":1}', '{"action":"done","args":{"task":42}}', '[]'])(
    'with the forged value %p is not dispatched',
    async (value) => {
      expect((await press(value)).status).toBe(200);
      expect((await api.call('response_url')).args).toMatchObject({
        text: expect.stringContaining('This button is out of date'),
        response_type: 'ephemeral',
      });
      expect(bot.invocations).toEqual([]);
    },
  );

  it('that takes long ends its spinner in time', async () => {
    bot.answer(slowly(2_300, say(plain('Done at last.'))));
    const started = performance.now();
    await press(encodeIntent({ action: 'done', args: {} }));
    expect(performance.now() - started).toBeLessThan(2_500);
    expect((await api.call('response_url', 1)).args).toMatchObject({
      text: expect.stringContaining('Still working'),
    });
    expect((await api.call('response_url', 2)).args).toMatchObject({ text: 'Done at last.' });
  });
});

describe('an event', () => {
  it('of a direct message is answered there', async () => {
    expect((await event(directMessage)).status).toBe(200);
    expect(bot.invocations).toMatchObject([
      {
        key: 'slack:T1:Ev1',
        source: 'message',
        place: { kind: 'direct', channelId: 'D1' },
        answeredSeparately: true,
        directAddress: 'D1',
      },
    ]);
    expect((await api.call('chat.postMessage')).args).toMatchObject({ channel: 'D1', text: 'Hello Wes' });
  });

  it('of a mention is read without the mention, and answered to that person alone in the thread', async () => {
    await event({
      type: 'app_mention',
      channel: 'C1',
      user: 'U1',
      text: '<@UBOT> done 42',
      ts: '1.2',
      thread_ts: '1.0',
    });
    expect(bot.invocations).toMatchObject([
      {
        source: 'mention',
        place: { kind: 'channel', channelId: 'C1', threadId: '1.0' },
        request: { text: 'done 42' },
      },
    ]);
    expect((await api.call('chat.postEphemeral')).args).toMatchObject({
      channel: 'C1',
      user: 'U1',
      thread_ts: '1.0',
    });
  });

  it('of a picture with words is read like any message', async () => {
    await event({ ...directMessage, subtype: 'file_share', files: [{ id: 'F1' }] });
    expect(bot.invocations).toMatchObject([{ request: { text: 'done 42' } }]);
  });

  it.each([
    ['of a bot', { ...directMessage, bot_id: 'B1' }],
    ['of this bot', { ...directMessage, user: 'UBOT' }],
    ['that was edited', { ...directMessage, subtype: 'message_changed' }],
    ['of a join', { ...directMessage, subtype: 'channel_join' }],
    ['in a channel', { ...directMessage, channel_type: 'channel', channel: 'C1' }],
  ])('of a message %s is nothing to answer', async (_which, message) => {
    expect((await event(message)).status).toBe(200);
    expect(bot.invocations).toEqual([]);
  });

  it('that Slack delivers again has the same key, and its answer is posted once', async () => {
    let times = 0;
    bot.answer(async () => ({ repeated: times++ > 0, reply: say(plain('Done.')) }));
    await event(directMessage);
    await event(directMessage, {}, { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' });
    await bot.adapter.stop();
    expect(new Set(bot.invocations.map((invocation: Invocation) => invocation.key)).size).toBe(1);
    expect(api.of('chat.postMessage')).toHaveLength(1);
  });

  it.each<[string, Behaviour]>([
    ['429', { type: 'status', status: 429, headers: { 'retry-after': '1' } }],
    ['503', { type: 'status', status: 503 }],
    ['silence', { type: 'never' }],
  ])('is answered all the same after one %s', async (_what, behaviour) => {
    const impatient = await startSlackBot(api, { apiTimeoutMs: 300 });
    api.next('chat.postMessage', behaviour);
    await impatient.send(sign(eventBody(directMessage), JSON_TYPE));
    await impatient.close();
    expect(api.of('chat.postMessage').map(({ args }) => args.text)).toEqual(['Hello Wes', 'Hello Wes']);
  });

  it('is answered twice at most where Slack never says whether it took the answer', async () => {
    const impatient = await startSlackBot(api, { apiTimeoutMs: 300 });
    api.always('chat.postMessage', { type: 'never' });
    await impatient.send(sign(eventBody(directMessage), JSON_TYPE));
    await impatient.close();
    expect(api.of('chat.postMessage')).toHaveLength(2);
  });

  it('whose workspace took time to find has less of it for its answer', async () => {
    bot.findTakes(700);
    bot.answer(slowly(2_500, say(plain('Done at last.'))));
    const started = performance.now();
    await event(directMessage);
    expect(performance.now() - started).toBeLessThan(2_400);
  });

  it('gets 500 when it could not be worked on, so that Slack delivers it again', async () => {
    bot.findFails(new Error('no database'));
    expect((await event(directMessage)).status).toBe(500);
    bot.findFails(undefined);
    expect((await event(directMessage, {}, { 'x-slack-retry-num': '1' })).status).toBe(200);
    expect(bot.invocations).toHaveLength(1);
  });

  it('gets its 200 after the work, not before', async () => {
    let worked = false;
    bot.answer(async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      worked = true;
      return { repeated: false, reply: { kind: 'none' } };
    });
    await event(directMessage);
    expect(worked).toBe(true);
  });

  it('that asks for a form is given a button that opens it', async () => {
    bot.answer(async () => ({ repeated: false, reply: { kind: 'form', form } }));
    await event(directMessage);
    const { args } = await api.call('chat.postMessage');
    expect(JSON.stringify(args.blocks)).toContain('New task');
  });

  it('of a removed app ends the workspace, in either order and form', async () => {
    await event({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } });
    expect(bot.uninstalled).toEqual([]);
    await event({ type: 'tokens_revoked', tokens: { bot: ['UBOT'] } });
    await event({ type: 'app_uninstalled' });
    expect(bot.uninstalled).toEqual(['T1', 'T1']);
  });

  it('in a workspace that nobody installed is let go', async () => {
    expect((await event(directMessage, { team_id: 'T9', authorizations: [] })).status).toBe(200);
    expect(bot.invocations).toEqual([]);
  });
});

describe('a stop', () => {
  it('waits for what runs and takes nothing new', async () => {
    bot.answer(slowly(300, say(plain('Done.'))));
    const running = command();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await bot.adapter.stop();
    expect((await running).status).toBe(200);
    expect((await command()).status).toBe(503);
  });
});
