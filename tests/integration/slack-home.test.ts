import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Form, plain, type Reply, say } from '../../src/core/view.ts';
import { encodeIntent } from '../../src/slack/intent.ts';
import { type SlackApi, startSlackApi } from '../support/slack-api.ts';
import { type SlackBot, startSlackBot } from '../support/slack-bot.ts';
import { eventBody, interactionBody, sign, submissionPayload } from '../support/slack-requests.ts';

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

const opened = (more: object = {}) =>
  bot.send(
    sign(
      eventBody({
        type: 'app_home_opened',
        user: 'U1',
        channel: 'D1',
        tab: 'home',
        event_ts: '1700000000.000300',
        ...more,
      }),
      { type: 'application/json' },
    ),
  );

/** A button in App Home: no channel, no message, no response_url. */
const pressAtHome = (intent: { action: string; args: Record<string, string> }, state: object = {}) =>
  bot.send(
    sign(
      interactionBody({
        type: 'block_actions',
        team: { id: 'T1', domain: 'harbor' },
        user: { id: 'U1', username: 'wes', name: 'wes', team_id: 'T1' },
        api_app_id: 'A1',
        trigger_id: 'trigger-4',
        container: { type: 'view', view_id: 'VHOME' },
        view: {
          id: 'VHOME',
          type: 'home',
          team_id: 'T1',
          private_metadata: JSON.stringify(state),
          hash: '1700000000.abc',
          state: { values: {} },
        },
        actions: [
          { type: 'button', action_id: 'b1.0', block_id: 'b1', action_ts: '1', value: encodeIntent(intent) },
        ],
      }),
    ),
  );

const pageReply = (more: object = {}): Reply => ({
  kind: 'view',
  to: 'user',
  view: { title: 'Your open tasks', summary: '1 task', nodes: [{ type: 'text', text: plain('#1') }] },
  ...more,
});
const published = async (n = 1) => {
  const { args } = await api.call('views.publish', n);
  return { user: args.user_id, words: JSON.stringify(args.view) };
};

describe('App Home', () => {
  it('is published when somebody opens it', async () => {
    bot.answer(async () => ({ repeated: false, reply: pageReply() }));
    expect((await opened()).status).toBe(200);
    expect(bot.invocations).toMatchObject([
      {
        key: 'slack:T1:Ev1',
        userId: 'U1',
        source: 'event',
        place: { kind: 'direct', channelId: 'D1' },
        request: { type: 'intent', action: 'home', args: {} },
        directAddress: 'D1',
      },
    ]);
    expect((await api.call('views.publish')).args).toMatchObject({
      user_id: 'U1',
      view: { type: 'home', blocks: [{ type: 'header' }, { type: 'section' }] },
    });
  });

  it('opens with what was open before', async () => {
    await opened({ view: { type: 'home', private_metadata: '{"tab":"waiting"}' } });
    expect(bot.invocations).toMatchObject([{ request: { action: 'home', args: { tab: 'waiting' } } }]);
  });

  it('is left alone when it is the messages that somebody opens', async () => {
    await opened({ tab: 'messages' });
    expect(bot.invocations).toEqual([]);
  });

  it('shows another tab in its place, and remembers it', async () => {
    bot.answer(async () => ({ repeated: false, reply: pageReply({ replaceOriginal: true }) }));
    await pressAtHome({ action: 'home', args: { tab: 'assigned' } });
    const { args } = await api.call('views.publish');
    expect(args).toMatchObject({ view: { private_metadata: '{"tab":"assigned"}' } });
    expect(JSON.stringify(args)).not.toContain('Back');
    expect(bot.invocations).toMatchObject([{ source: 'button', place: { kind: 'direct' } }]);
  });

  it('is the page again after a step was taken in it', async () => {
    bot.answer(async () => ({ repeated: false, reply: pageReply({ replaceOriginal: true }) }));
    await pressAtHome({ action: 'start', args: { task: '1', after: 'home mine' } }, { tab: 'mine' });
    expect((await published()).words).toContain('Your open tasks');
    expect(bot.invocations).toHaveLength(1);
  });

  it('says why a step was refused, above the page as it is', async () => {
    bot.answer(async ({ request }) => ({
      repeated: false,
      reply:
        request.type === 'intent' && request.action === 'home' ? pageReply() : say(plain('Already done.')),
    }));
    await pressAtHome({ action: 'start', args: { task: '1', after: 'home mine' } }, { tab: 'mine' });
    expect((await published()).words).toMatch(/Already done\..*Your open tasks/);
  });

  it('shows what was asked for with a way back', async () => {
    bot.answer(async () => ({ repeated: false, reply: say(plain('The card')) }));
    await pressAtHome({ action: 'show', args: { task: '1' } }, { tab: 'waiting', page: '2' });
    const { args } = await api.call('views.publish');
    expect(JSON.stringify(args)).toContain('The card');
    const { blocks } = args.view as { blocks: { elements?: { value: string }[] }[] };
    expect(blocks.at(-1)?.elements?.[0]?.value).toBe(
      encodeIntent({ action: 'home', args: { tab: 'waiting', page: '2' } }),
    );
  });

  it('shows what became of a form that was opened in it, above the page', async () => {
    const form: Form = {
      title: 'New task',
      submit: 'Add',
      intent: { action: 'add', args: { form: 'sent' } },
      nonce: 'n1',
      fields: [{ type: 'text', name: 'title', label: 'Title' }],
    };
    bot.answer(async () => ({ repeated: false, reply: { kind: 'form', form } }), { opensForm: true });
    await pressAtHome({ action: 'add', args: {} }, { tab: 'assigned' });
    const { view } = (await api.call('views.open')).args;
    bot.answer(async ({ request }) => ({
      repeated: false,
      reply: request.type === 'form' ? say(plain('Added #43.')) : pageReply(),
    }));
    const values = { 'field:title': { value: { type: 'plain_text_input', value: 'Reseal' } } };
    const sent = await bot.send(sign(interactionBody(submissionPayload(view as object, values))));
    expect([sent.status, sent.body]).toEqual([200, undefined]);
    expect((await published()).words).toMatch(/Added #43\..*Your open tasks/);
    expect(bot.invocations.at(-1)).toMatchObject({ request: { action: 'home', args: { tab: 'assigned' } } });
    expect(api.of('chat.postMessage')).toEqual([]);
  });

  it('that Slack does not take is a line in the log, and no message', async () => {
    api.always('views.publish', { type: 'refuse', error: 'not_enabled' });
    await opened();
    await bot.adapter.stop();
    expect(bot.logged('error')).toMatchObject([{ message: 'Showing a home failed' }]);
    expect(api.of('chat.postMessage')).toEqual([]);
  });

  it('gets 500 when the workspace can’t be looked up, so that Slack asks again', async () => {
    bot.findFails(new Error('no database'));
    expect((await opened()).status).toBe(500);
  });

  describe('what is kept of it', () => {
    const shown: unknown[] = [];
    let own: SlackBot;
    beforeEach(async () => {
      shown.length = 0;
      own = await startSlackBot(api, { homes: { shown: async (home) => void shown.push(home) } });
    });
    afterEach(() => own.close());

    const buttons = ['mine', 'assigned'].map((tab) => ({
      label: tab,
      intent: { action: 'home', args: { tab } },
    }));
    const page: Reply = {
      kind: 'view',
      to: 'user',
      view: { summary: '1 task', nodes: [{ type: 'actions', buttons }] },
    };
    const event = { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' };

    it('is what is open, so that it can follow when others act', async () => {
      own.answer(async () => ({ repeated: false, reply: page }));
      const view = { private_metadata: JSON.stringify({ tab: 'assigned' }) };
      await own.send(sign(eventBody({ ...event, view }), { type: 'application/json' }));
      await own.adapter.stop();
      expect(shown).toEqual([
        { platform: 'slack', workspaceId: 'T1', userId: 'U1', choice: { tab: 'assigned' } },
      ]);
    });

    it('is nothing while something else is read there', async () => {
      own.answer(async () => ({ repeated: false, reply: say(plain('A card')) }));
      await own.send(sign(eventBody(event), { type: 'application/json' }));
      await own.adapter.stop();
      expect(shown).toMatchObject([{ choice: undefined }]);
    });
  });
});
