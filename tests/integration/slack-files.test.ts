import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { FileContent } from '../../src/core/files.ts';
import { type FileAnswer, type ImageNode, plain, type Reply, type View } from '../../src/core/view.ts';
import { onePixel } from '../support/attachments.ts';
import { type SlackApi, startSlackApi } from '../support/slack-api.ts';
import { type SlackBot, startSlackBot } from '../support/slack-bot.ts';
import { commandBody, eventBody, sign } from '../support/slack-requests.ts';

let api: SlackApi;
let bot: SlackBot;
let drawing: () => Promise<Uint8Array>;
let made: { complete: boolean };
const asked: FileContent[] = [];

beforeAll(async () => {
  api = await startSlackApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  api.reset();
  asked.length = 0;
  drawing = async () => onePixel;
  made = { complete: true };
  bot = await startSlackBot(api, {
    pictures: { draw: () => drawing() },
    files: {
      async make(content) {
        asked.push(content);
        return { bytes: Buffer.from('\ufeffWho\r\nWes\r\n'), ...made };
      },
    },
  });
});
afterEach(() => bot.close());

const image: ImageNode = {
  type: 'image',
  drawing: {
    type: 'report',
    locale: 'en',
    report: {
      period: 'week',
      length: 7,
      days: [],
      weekStarts: [],
      doneBefore: 0,
      by: 'person',
      rows: [],
      moreRows: 0,
    },
  },
  alt: 'A chart of DOCK: 14 done',
  fileName: 'report.png',
  follows: plain('The picture comes in our chat.'),
  missing: plain('The picture could not be sent.'),
};
const view: View = {
  title: 'DOCK · 16 – 22 Nov',
  summary: 'DOCK: 14 done',
  nodes: [{ type: 'text', text: plain('14 done') }, image],
};
const report: Reply = { kind: 'view', to: 'user', view };
const content: FileContent = { type: 'audit', personId: 'p1', subject: { type: 'organization' }, until: 1 };
const file: FileAnswer = {
  name: 'audit-2026-11-24.csv',
  content,
  intent: { action: 'audit', args: { csv: 'yes' } },
  comment: plain('Audit, newest first.'),
  cut: plain('Only the newest 10,000.'),
  missing: plain('The file could not be sent.'),
  declined: plain('The file was not sent.'),
};
const withFile = (more: Partial<FileAnswer> = {}): Reply => ({
  kind: 'view',
  to: 'user',
  view: { summary: 'The file comes', nodes: [] },
  file: { ...file, ...more },
});

const command = (fields: Record<string, string> = {}) => bot.send(sign(commandBody(fields)));
const answers = (reply: Reply, repeated = false) => bot.answer(async () => ({ reply, repeated }));
const methods = () => api.calls.map(({ method }) => method);

describe('a picture', () => {
  test('is answered with its numbers first, and comes as a file to the asker alone', async () => {
    answers(report);
    const { body } = await command();
    expect(JSON.stringify(body)).toContain('The picture comes in our chat.');
    await api.call('files.completeUploadExternal');
    expect(methods()).toEqual([
      'conversations.open',
      'files.getUploadURLExternal',
      'upload',
      'files.completeUploadExternal',
    ]);
    expect(api.of('conversations.open')[0]?.args).toEqual({ users: 'U1' });
    expect(api.of('files.getUploadURLExternal')[0]).toMatchObject({
      token: 'xoxb-T1',
      args: { filename: 'report.png', length: String(onePixel.length), alt_txt: 'A chart of DOCK: 14 done' },
    });
    expect(api.of('upload')[0]).toMatchObject({
      token: undefined,
      args: { type: 'application/octet-stream', base64: onePixel.toString('base64') },
    });
    expect(api.of('files.completeUploadExternal')[0]?.args).toEqual({
      files: [{ id: 'F1', title: 'DOCK · 16 – 22 Nov' }],
      channel_id: 'D-U1',
    });
  });

  test('comes into the thread that it was asked for in, in the bot’s own conversation', async () => {
    answers(report);
    const event = {
      type: 'message',
      channel_type: 'im',
      channel: 'D-U1',
      user: 'U1',
      text: 'report',
      ts: '2.2',
      thread_ts: '1.1',
    };
    await bot.send(sign(eventBody(event), { type: 'application/json' }));
    expect((await api.call('files.completeUploadExternal')).args).toMatchObject({
      channel_id: 'D-U1',
      thread_ts: '1.1',
    });
  });

  test('never goes into a conversation of two other people', async () => {
    answers(report);
    await command({ channel_id: 'D-OTHER', channel_name: 'directmessage' });
    expect((await api.call('files.completeUploadExternal')).args).toMatchObject({ channel_id: 'D-U1' });
  });

  test('of an answer that is given again is not sent again', async () => {
    answers(report, true);
    await command();
    await bot.adapter.stop();
    expect(methods()).toEqual([]);
  });

  test.each(['missing_scope', 'unknown_method', 'file_uploads_disabled'])(
    'that Slack refuses (%s) is missing in words, once',
    async (error) => {
      api.always('files.getUploadURLExternal', { type: 'refuse', error });
      answers(report);
      await command();
      const { args } = await api.call('chat.postMessage');
      expect(args).toMatchObject({ channel: 'D-U1', text: 'The picture could not be sent.' });
      await bot.adapter.stop();
      expect(methods()).toEqual(['conversations.open', 'files.getUploadURLExternal', 'chat.postMessage']);
      expect(bot.logged('warn')).toMatchObject([{ fields: { error }, message: 'a file was not sent' }]);
    },
  );

  test('whose bytes Slack does not take is missing in words', async () => {
    api.always('upload', { type: 'status', status: 500 });
    answers(report);
    await command();
    expect((await api.call('chat.postMessage')).args).toMatchObject({
      text: 'The picture could not be sent.',
    });
  });

  test('that can’t be drawn is missing in words', async () => {
    drawing = async () => {
      throw new Error('no paper');
    };
    answers(report);
    await command();
    expect((await api.call('chat.postMessage')).args).toMatchObject({
      text: 'The picture could not be sent.',
    });
  });

  test('waits while Slack is busy', async () => {
    api.next('files.getUploadURLExternal', { type: 'status', status: 429, headers: { 'retry-after': '0' } });
    answers(report);
    await command();
    await api.call('files.completeUploadExternal');
    expect(api.of('files.getUploadURLExternal')).toHaveLength(2);
  });

  test('that takes long does not keep the answer waiting', async () => {
    const paper = Promise.withResolvers<Uint8Array>();
    drawing = () => paper.promise;
    answers(report);
    expect((await command()).status).toBe(200);
    expect(api.of('files.getUploadURLExternal')).toEqual([]);
    paper.resolve(onePixel);
    await api.call('files.completeUploadExternal');
  });
});

describe('a picture in a message that nobody asked for', () => {
  const workspace = { id: 'w1', externalId: 'T1' };
  const send = () => bot.adapter.messenger.sendDirect({ workspace, userId: 'U1', address: 'D-U1', view });

  test('follows it', async () => {
    await send();
    expect(methods()).toEqual([
      'chat.postMessage',
      'files.getUploadURLExternal',
      'upload',
      'files.completeUploadExternal',
    ]);
    expect(api.of('files.completeUploadExternal')[0]?.args).toMatchObject({ channel_id: 'D-U1' });
  });

  test('that is refused does not make the message be sent again', async () => {
    api.always('files.getUploadURLExternal', { type: 'refuse', error: 'missing_scope' });
    await expect(send()).resolves.toMatchObject({ messageId: '1700000000.000100' });
    expect(api.of('chat.postMessage').map(({ args }) => args.text)).toEqual([
      'DOCK: 14 done',
      'The picture could not be sent.',
    ]);
  });
});

describe('a file', () => {
  test('is made after the answer, and comes to the asker alone with what it is', async () => {
    answers(withFile());
    await command();
    await api.call('files.completeUploadExternal');
    expect(asked).toEqual([content]);
    expect(api.of('files.getUploadURLExternal')[0]?.args).toEqual({
      filename: 'audit-2026-11-24.csv',
      length: '13',
    });
    expect(api.of('files.completeUploadExternal')[0]?.args).toEqual({
      files: [{ id: 'F1', title: 'audit-2026-11-24.csv' }],
      channel_id: 'D-U1',
      initial_comment: 'Audit, newest first.',
    });
  });

  test('that could not hold all says so', async () => {
    made = { complete: false };
    answers(withFile());
    await command();
    expect((await api.call('files.completeUploadExternal')).args).toMatchObject({
      initial_comment: 'Audit, newest first. Only the newest 10,000.',
    });
  });

  test('calls nobody: a mention in its comment is dead', async () => {
    answers(withFile({ comment: plain('Audit of <!channel> & co') }));
    await command();
    expect((await api.call('files.completeUploadExternal')).args).toMatchObject({
      initial_comment: 'Audit of &lt;!channel&gt; &amp; co',
    });
  });
});
