import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Invocation } from '../../src/core/action.ts';
import type { Answer } from '../../src/core/adapter.ts';
import { mentionToken } from '../../src/core/command-line.ts';
import { type Button, type Form, plain, type Reply, say, type View } from '../../src/core/view.ts';
import { until } from '../support/until.ts';
import type { AdapterRig, Seen } from './adapter-rig.ts';

/** Rule 6, in ms. */
const ANSWERED_WITHIN_MS = 2_500;

const done: Button = {
  label: 'Done',
  intent: { action: 'done', args: { task: '42', note: 'läuft “gut” 😀' } },
};
const card: View = { summary: 'Task 42', nodes: [{ type: 'actions', buttons: [done] }] };
const form: Form = {
  title: 'Block #42',
  submit: 'Block',
  intent: { action: 'block', args: { task: '42' } },
  nonce: 'nonce-1',
  fields: [
    { type: 'text', name: 'note', label: 'What holds it up?' },
    { type: 'text', name: 'until', label: 'Until when?', optional: true },
  ],
};
const hostile = '<!channel> <@U2> <at>Omar</at> [pay](http://evil.example) & *all*';

const answered = (reply: Reply, repeated = false): Answer => ({ reply, repeated });
const saying = (words: string, to: 'user' | 'asker' = 'asker'): Answer => answered(say(plain(words), { to }));
const showing = (view: View, to: 'user' | 'asker' | 'channel'): Answer =>
  answered({ kind: 'view', view, to });

function slowly(ms: number, answer: Answer): () => Promise<Answer> {
  return () => new Promise((resolve) => setTimeout(resolve, ms, answer));
}

/** What every adapter must do, whatever its platform. */
export function adapterContract(createRig: () => Promise<AdapterRig>): void {
  let rig: AdapterRig;
  beforeEach(async () => {
    rig = await createRig();
  });
  afterEach(() => rig.close());

  const only = (): Invocation => {
    const [first, ...more] = rig.invocations;
    if (!first || more.length > 0) throw new Error(`${rig.invocations.length} invocations`);
    return first;
  };
  const keys = () => rig.invocations.map(({ key }) => key);
  const sees = (words: string): Promise<Seen> =>
    until(`"${words}"`, () => rig.seen().findLast((one) => one.words.includes(words)), rig.seen);

  async function showCard(): Promise<void> {
    rig.answer(() => showing(card, 'channel'));
    await rig.says('show 42');
    await until('the card', () => rig.seen().find(({ buttons }) => buttons.includes('Done')), rig.seen);
    rig.answer(() => saying('Very well.'));
  }

  test('what is typed in a channel says who asks what, and where', async () => {
    expect((await rig.says('done 42 pump   sealed')).status).toBe(200);
    expect(only()).toMatchObject({
      platform: rig.platform,
      workspaceId: rig.workspaceId,
      userId: rig.userId,
      place: { kind: 'channel', channelId: rig.channelId },
      request: { type: 'text', text: 'done 42 pump   sealed', mentions: [] },
      source: 'mention',
      answeredSeparately: true,
    });
    expect(only().directAddress).toBeUndefined();
    expect(await only().profile()).toMatchObject({
      name: expect.stringMatching(/^Wes /),
      email: 'wes@harbor.example',
    });
  });

  test('what is typed to the bot alone tells where direct messages go', async () => {
    await rig.says('list', { place: 'direct' });
    expect(only()).toMatchObject({ place: { kind: 'direct' }, source: 'message' });
    expect(only().directAddress).toEqual(expect.any(String));
  });

  test('a mention is a token in the text and an id beside it, and nobody can type one', async () => {
    await rig.says(`assign 42 @omar ${mentionToken(1)}`);
    const { request } = only();
    expect(request).toMatchObject({
      text: `assign 42 ${mentionToken(0)} 1`,
      mentions: [{ userId: rig.mentionedId }],
    });
  });

  test('a message that is delivered twice has one key, another message another', async () => {
    await rig.says('done 42', { delivery: 'one' });
    await rig.says('done 42', { delivery: 'one' });
    await rig.says('done 42', { delivery: 'two' });
    const [first, again, other] = keys();
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('an answer that was given before is not sent again', async () => {
    rig.answer(() => answered(say(plain('Done: #42')), true));
    await rig.says('done 42');
    await rig.adapter.stop();
    expect(rig.seen()).toEqual([]);
  });

  test('a button brings its intent as it is, and the same press the same key', async () => {
    await showCard();
    await rig.presses('Done', { delivery: 'one' });
    await rig.presses('Done', { delivery: 'one' });
    const [, first, again] = rig.invocations;
    expect(first).toMatchObject({
      request: { type: 'intent', ...done.intent },
      source: 'button',
      userId: rig.userId,
      place: { kind: 'channel', channelId: rig.channelId, messageId: expect.any(String) },
    });
    expect(again?.key).toBe(first?.key);
    await sees('Very well.');
  });

  test('a form brings its values; the same form sent twice has one key', async () => {
    const open = await rig.opens(form);
    rig.answer(() => saying('Blocked.'));
    const values = { note: 'no grease\nleft', until: '' };
    expect(await open.submit(values)).toMatchObject({ status: 200, errors: {} });
    await open.submit(values);
    const [first, again] = rig.invocations.filter(({ source }) => source === 'form');
    expect(first).toMatchObject({
      request: { type: 'form', action: 'block', args: { task: '42', ...values } },
      place: { kind: 'channel', channelId: rig.channelId },
    });
    expect(again?.key).toBe(first?.key);
    await sees('Blocked.');
  });

  test('what is wrong with a form stands at its fields', async () => {
    const open = await rig.opens(form);
    rig.answer(() => answered({ kind: 'fieldErrors', errors: { until: 'That is no date.' } }));
    const { errors } = await open.submit({ note: 'no grease', until: 'pigs fly' });
    expect(errors).toEqual({ until: 'That is no date.' });
  });

  test('an answer for the asker’s eyes is seen by nobody else', async () => {
    rig.answer(() => showing({ ...card, nodes: [{ type: 'text', text: plain('Your secret') }] }, 'user'));
    await rig.says('list');
    expect((await sees('Your secret')).by).toBe('asker');
    expect(rig.seen().filter(({ by, words }) => by === 'everyone' && words.includes('secret'))).toEqual([]);
  });

  test('an answer for the channel is seen by everyone, one for the asker by the asker at least', async () => {
    rig.answer(() => showing({ ...card, nodes: [{ type: 'text', text: plain('Linked') }] }, 'channel'));
    await rig.says('link dock');
    expect((await sees('Linked')).by).toBe('everyone');
    rig.answer(() => saying('Which task?'));
    await rig.says('done');
    await sees('Which task?');
  });

  test('nothing to say is said by nothing', async () => {
    rig.answer(() => answered({ kind: 'none' }));
    expect((await rig.says('…')).status).toBe(200);
    await rig.adapter.stop();
    expect(rig.seen()).toEqual([]);
  });

  test('people’s words never become a mention, a call to all or a link', async () => {
    rig.answer(() => {
      const nodes: View['nodes'] = [
        { type: 'text', text: plain(hostile) },
        { type: 'list', rows: [{ title: plain(hostile), detail: plain(hostile) }], empty: plain('') },
        { type: 'fields', items: [{ label: 'Title', value: plain(hostile) }] },
      ];
      return showing({ title: hostile, summary: hostile, nodes }, 'channel');
    });
    await rig.says('show 42');
    const shown = await sees('Omar');
    expect(shown.live).toEqual([]);
    expect(shown.words.split(hostile).length - 1).toBe(5);
  });

  test('a slow answer is announced in time, and comes once', async () => {
    await showCard();
    rig.answer(({ source }) => slowly(source === 'button' ? 2_800 : 2_300, saying('At last.', 'user'))());
    const [typed, pressed] = await Promise.all([rig.says('list'), rig.presses('Done')]);
    for (const { status, tookMs } of [typed, pressed]) {
      expect(status).toBe(200);
      expect(tookMs).toBeLessThan(ANSWERED_WITHIN_MS);
    }
    // Also a process that stops now brings what it has begun.
    await rig.adapter.stop();
    expect(rig.seen().filter(({ words }) => words.includes('At last.'))).toHaveLength(2);
  });

  test('an answer that the platform throttles comes when it may', async () => {
    rig.throttleOnce();
    rig.answer(() => saying('Very well.'));
    await rig.says('done 42');
    await rig.adapter.stop();
    // The stand-in keeps what it refused, too.
    expect(rig.seen().filter(({ words }) => words.includes('Very well.'))).toHaveLength(2);
  });

  test('a pipeline that throws is answered in words', async () => {
    rig.answer(() => {
      throw new Error('a bug');
    });
    expect((await rig.says('list')).status).toBe(200);
    const words = await until('an answer', () => rig.seen()[0]?.words, rig.seen);
    expect(words).toMatch(/try again/);
    expect(words).not.toContain('a bug');
  });

  test('where the app was not installed, it is said so', async () => {
    rig.answer(() => saying('Crewline is not set up for this workspace.'));
    expect((await rig.saysElsewhere('list')).status).toBe(200);
    await sees('Crewline is not set up for this workspace.');
    expect(rig.invocations.filter(({ workspaceId }) => workspaceId === rig.workspaceId)).toEqual([]);
  });

  test('what is not from the platform is refused, and does nothing', async () => {
    expect((await rig.saysUnsigned('cancel 42')).status).toBe(401);
    expect(rig.invocations).toEqual([]);
  });

  test('a stop refuses what is new, and waits for what runs', async () => {
    rig.answer(slowly(300, saying('Finished.')));
    const running = rig.says('done 42');
    await until('the invocation', () => rig.invocations[0]);
    const stopped = rig.adapter.stop();
    expect((await rig.says('done 43')).status).toBe(503);
    await stopped;
    expect(rig.seen().map(({ words }) => words)).toEqual([expect.stringContaining('Finished.')]);
    expect((await running).status).toBe(200);
    expect(rig.invocations).toHaveLength(1);
  });
}
