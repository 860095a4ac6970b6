import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import nock from 'nock';
import type { FileContent } from '../../src/core/files.ts';
import { type FileAnswer, type ImageNode, plain, type Reply, type View } from '../../src/core/view.ts';
import { isUploadUrl } from '../../src/teams/upload.ts';
import { onePixel } from '../support/attachments.ts';
import { activity, mention, message, press } from '../support/teams-activities.ts';
import { answered, startBot, type TestBot } from '../support/teams-bot.ts';

const CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
const FILE = 'application/vnd.microsoft.teams.card.file.info';
const ONE_DRIVE = 'https://harbor-my.sharepoint.com';

let bot: TestBot;
let url: string;
let made: () => Promise<{ bytes: Uint8Array; complete: boolean }>;
let drawn: (width: number) => Promise<Uint8Array>;

beforeEach(async () => {
  made = async () => ({ bytes: Buffer.from('Who\r\nWes\r\n'), complete: true });
  drawn = async () => onePixel;
  bot = await startBot({
    files: { make: () => made() },
    pictures: { draw: (_drawing, { width = 720 } = {}) => drawn(width) },
  });
  url = bot.connector.serviceUrl;
});
afterEach(async () => {
  await bot.close();
  nock.cleanAll();
});

const content: FileContent = { type: 'audit', personId: 'p1', subject: { type: 'organization' }, until: 1 };
const file: FileAnswer = {
  name: 'audit-2026-11-24.csv',
  content,
  intent: { action: 'audit', args: { since: 'monday', csv: 'yes' } },
  comment: plain('Audit, newest first.'),
  cut: plain('Only the newest 10,000.'),
  missing: plain('The file could not be made.'),
  declined: plain('The file was not sent.'),
};
const coming: View = { summary: 'The file comes', nodes: [{ type: 'text', text: plain('The file comes') }] };
const withFile: Reply = { kind: 'view', to: 'user', view: coming, file };

const attachmentsOf = (
  calls: { body: { attachments?: { contentType: string; content: object; name?: string }[] } }[],
) => calls.flatMap(({ body }) => body.attachments ?? []);

/** The question in the personal chat. */
async function question(calls: number) {
  const sent = await bot.connector.received(calls);
  const found = sent.find(({ body }) => body.attachments?.[0]?.contentType === CONSENT);
  if (!found) throw new Error(`No question: ${JSON.stringify(sent)}`);
  return found;
}

/** As Teams sends it (learn.microsoft.com, "Invoke activity when the user accepts the file"). */
const consent = (value: object) =>
  activity(url, {
    type: 'invoke',
    name: 'fileConsent/invoke',
    replyToId: 'question-1',
    value: { type: 'fileUpload', ...value },
  });
const uploadInfo = {
  contentUrl: `${ONE_DRIVE}/personal/wes/Documents/Applications/audit-2026-11-24.csv`,
  name: 'audit-2026-11-24.csv',
  uploadUrl: `${ONE_DRIVE}/personal/wes/_api/v2.0/drive/items/01/uploadSession?guid=1`,
  uniqueId: '1150D938-8870-4044-9F2C-5BBDEBA70C8C',
  fileType: 'csv',
};
const accepted = async (more: object = {}) => {
  bot.answer(() => answered(withFile));
  await bot.post(message(url, 'audit csv'));
  const { acceptContext } = (await question(2)).body.attachments[0].content;
  return consent({ action: 'accept', context: acceptContext, uploadInfo: { ...uploadInfo, ...more } });
};

describe('a file', () => {
  test('is offered in the personal chat, with its size', async () => {
    bot.answer(() => answered(withFile));
    await bot.post(mention(url, 'audit csv'));
    const { path, body } = await question(3);
    expect(path).toBe('/teams/v3/conversations/a:personal-chat/activities');
    expect(body.summary).toBe('Audit, newest first.');
    expect(body.attachments[0]).toMatchObject({
      contentType: CONSENT,
      name: 'audit-2026-11-24.csv',
      content: { description: 'Audit, newest first.', sizeInBytes: 10 },
    });
  });

  test('says when it could not hold all', async () => {
    made = async () => ({ bytes: Buffer.from('a'), complete: false });
    bot.answer(() => answered(withFile));
    await bot.post(message(url, 'audit csv'));
    expect((await question(2)).body.attachments[0].content.description).toBe(
      'Audit, newest first. Only the newest 10,000.',
    );
  });

  test('that was accepted is asked for again as who accepted it, and put into their OneDrive', async () => {
    const put = nock(ONE_DRIVE, {
      reqheaders: { 'content-range': 'bytes 0-9/10', 'content-type': 'application/octet-stream' },
    })
      .put('/personal/wes/_api/v2.0/drive/items/01/uploadSession?guid=1', 'Who\r\nWes\r\n')
      .reply(201, {});
    expect((await bot.post(await accepted())).status).toBe(200);
    const sent = await bot.connector.received(3);
    expect(put.isDone()).toBe(true);
    expect(bot.invocations.at(-1)).toMatchObject({
      userId: '29:wes',
      request: { type: 'intent', action: 'audit', args: { since: 'monday', csv: 'yes' } },
    });
    expect(sent.at(-1)).toMatchObject({
      method: 'PUT',
      path: expect.stringContaining('/activities/question-1'),
    });
    expect(attachmentsOf(sent).at(-1)).toEqual({
      contentType: FILE,
      name: 'audit-2026-11-24.csv',
      contentUrl: uploadInfo.contentUrl,
      content: { uniqueId: uploadInfo.uniqueId, fileType: 'csv' },
    });
  });

  test('that was declined is not made, and the question is gone', async () => {
    bot.answer(() => answered(withFile));
    await bot.post(message(url, 'audit csv'));
    const { declineContext } = (await question(2)).body.attachments[0].content;
    made = async () => {
      throw new Error('made all the same');
    };
    expect((await bot.post(consent({ action: 'decline', context: declineContext }))).status).toBe(200);
    const last = (await bot.connector.received(3)).at(-1);
    expect(last).toMatchObject({ method: 'PUT', body: { text: 'The file was not sent.' } });
  });

  test('that somebody may not have any more is refused in words', async () => {
    const yes = await accepted();
    const refusal: View = {
      summary: 'Only managers',
      nodes: [{ type: 'text', text: plain('Only managers') }],
    };
    bot.answer(() => answered({ kind: 'view', to: 'user', view: refusal }));
    await bot.post(yes);
    expect((await bot.connector.received(3)).at(-1)).toMatchObject({ body: { text: 'Only managers' } });
  });

  test.each([
    'https://evil.example/upload',
    'http://harbor-my.sharepoint.com/upload',
    'https://harbor-my.sharepoint.com.evil.example/upload',
    'https://harbor-my.sharepoint.com:8443/upload',
    'https://harbor-my.sharepoint.com@evil.example/upload',
    'https://127.0.0.1/upload',
    'file:///etc/passwd',
    '',
  ])('is put nowhere but into OneDrive: not to “%s”', async (uploadUrl) => {
    const fetched = jest.spyOn(globalThis, 'fetch');
    const yes = await accepted({ uploadUrl });
    fetched.mockClear();
    expect((await bot.post(yes)).status).toBe(400);
    expect(isUploadUrl(uploadUrl)).toBe(false);
    expect(fetched.mock.calls.filter(([to]) => String(to) === uploadUrl)).toEqual([]);
    fetched.mockRestore();
  });

  test.each([
    ['OneDrive does not take it', 507],
    ['it can’t be made', undefined],
  ])('where %s, that is said', async (_what, status) => {
    const yes = await accepted();
    if (status) nock(ONE_DRIVE).put(/./).reply(status);
    else made = async () => Promise.reject(new Error('no log'));
    await bot.post(yes);
    expect((await bot.connector.received(3)).at(-1)).toMatchObject({
      body: { text: 'The file could not be made.' },
    });
  });

  test('is not offered for an answer that is given again', async () => {
    bot.answer(() => answered(withFile, true));
    await bot.post(message(url, 'audit csv'));
    await bot.adapter.stop();
    expect(bot.connector.messages()).toEqual([]);
  });
});

describe('a picture', () => {
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
    follows: plain('It follows.'),
    missing: plain('The picture could not be drawn.'),
  };
  const report: Reply = {
    kind: 'view',
    to: 'user',
    view: { title: 'DOCK', summary: 'DOCK: 14 done', nodes: [image] },
  };
  // biome-ignore lint/suspicious/noExplicitAny: digs into what was sent
  const elementsOf = (card: any): { type: string; url?: string; altText?: string }[] => card.body;

  test('stands in the card, with what it shows for those who don’t see it', async () => {
    bot.answer(() => answered(report));
    await bot.post(message(url, 'report'));
    const [sent] = await bot.connector.received(1);
    expect(elementsOf(sent?.body.attachments[0].content)).toContainEqual({
      type: 'Image',
      url: `data:image/png;base64,${onePixel.toString('base64')}`,
      altText: 'A chart of DOCK: 14 done',
      size: 'Stretch',
      msteams: { allowExpand: true },
    });
  });

  test('is drawn smaller until the card may carry it', async () => {
    const widths: number[] = [];
    drawn = async (width) => {
      widths.push(width);
      return Buffer.alloc(width * 35, 7);
    };
    bot.answer(() => answered(report));
    await bot.post(message(url, 'report'));
    const [sent] = await bot.connector.received(1);
    expect(widths).toEqual([720, 540, 420]);
    expect(Buffer.byteLength(JSON.stringify(sent?.body))).toBeLessThan(28_000);
    expect(JSON.stringify(sent?.body)).toContain('data:image/png');
  });

  test.each([
    ['that can’t be drawn', async () => Promise.reject(new Error('no paper'))],
    ['that stays too large', async () => Buffer.alloc(40_000)],
  ])('%s is missing in words', async (_what, draw) => {
    drawn = draw;
    bot.answer(() => answered(report));
    await bot.post(message(url, 'report'));
    const [sent] = await bot.connector.received(1);
    expect(JSON.stringify(sent?.body)).toContain('The picture could not be drawn.');
  });

  test('stands in the card that a press brings, too', async () => {
    bot.answer(() => answered({ ...report, replaceOriginal: true } as Reply));
    const data = { crewline: { action: 'report', args: { period: 'month' }, nonce: 'n1' } };
    const { body } = await bot.post(press(url, data));
    expect(JSON.stringify(body)).toContain('data:image/png');
  });

  test('stands in a message that nobody asked for', async () => {
    const view = (report as Extract<Reply, { kind: 'view' }>).view;
    const workspace = { id: 'w1', externalId: 'tenant-1' };
    await bot.post(message(url, 'hi'));
    await bot.adapter.messenger.sendDirect({ workspace, userId: '29:wes', address: undefined, view });
    expect(JSON.stringify((await bot.connector.received(2)).at(-1)?.body)).toContain('data:image/png');
  });
});
