import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FileAnswer } from '../../src/core/view.ts';
import { createFiles } from '../../src/files.ts';
import { plantRivalYard, plantUnsharedProject } from '../fixtures/rival-yard.ts';
import { type Crew, openCrew, type Told } from '../support/crew.ts';

let crew: Crew;

beforeAll(async () => {
  crew = await openCrew();
  await plantRivalYard(crew);
  await plantUnsharedProject(crew);
  for (const who of ['maya', 'omar', 'wes']) await crew.says(who, 'hi');
  await crew.says('wes', 'comment 1 =HYPERLINK("https://evil.example")');
  await crew.says('wes', 'comment 900 who is on it?');
  await crew.says('maya', 'done 1 "sealed", at last; ñandú');
  await crew.settle();
});
afterAll(() => crew.close());

function fileOf({ reply, words }: Told): FileAnswer {
  if (reply.kind !== 'view' || !reply.file) throw new Error(`No file: ${words}`);
  return reply.file;
}

const files = (most?: number) =>
  createFiles({
    db: crew.db,
    auditLog: crew.auditLog,
    isQuery: (name) => crew.registry.find(name)?.effect === 'query',
    ...(most ? { mostEntries: most } : {}),
  });

async function textOf(told: Told, most?: number): Promise<{ text: string; complete: boolean }> {
  const { bytes, complete } = await files(most).make(fileOf(told).content);
  return { text: Buffer.from(bytes).toString('utf8'), complete };
}

describe('audit … csv', () => {
  test('answers at once that the file comes, to the asker alone', async () => {
    const told = await crew.says('maya', 'audit csv');
    expect(told.words).toBe('The file comes to our chat.');
    expect(told.reply).toMatchObject({ to: 'user', file: { name: 'audit-2026-11-24.csv' } });
    expect(JSON.stringify(told.reply).length).toBeLessThan(1_500);
  });

  test.each([
    ['audit csv', { subject: { type: 'organization' } }],
    ['audit 1 csv', { subject: { type: 'task', number: 1 } }],
    [
      'audit @wes since yesterday csv',
      { subject: { type: 'person', id: 'harbor-person-wes' }, since: expect.any(Number) },
    ],
    ['audit csv since 3 days', { subject: { type: 'organization' }, since: expect.any(Number) }],
    ['audit since monday CSV', { subject: { type: 'organization' }, since: expect.any(Number) }],
  ])('%s', async (typed, content) => {
    expect(fileOf(await crew.says('maya', typed)).content).toMatchObject(content);
  });

  test('is what was done, a line an entry, as Excel and everybody else reads it', async () => {
    const { text, complete } = await textOf(await crew.says('maya', 'audit 1 csv'));
    expect(complete).toBe(true);
    const lines = text.split('\r\n');
    expect(lines[0]).toBe(
      '\ufeffTime (UTC),Time (America/New_York),Who,Action,Outcome,Task,Details,Platform,Asked by,Target id,Actor id,Entry id',
    );
    expect(lines[1]).toMatch(
      /^2026-11-24T15:[\d:.]+Z,2026-11-24 10:\d\d:\d\d,Maya Okafor,done,ok,1,"to: done; from: \w+; note: ""sealed"", at last; ñandú",/,
    );
    expect(lines.at(-1)).toBe('');
    expect(text).not.toMatch(/(^|[,;"])\s*=HYPERLINK/m);
    expect(text).toContain('HYPERLINK');
  });

  test('is in Spanish for whoever reads Spanish', async () => {
    await crew.db.prisma.person.update({ where: { id: 'harbor-person-maya' }, data: { locale: 'es-ES' } });
    const { text } = await textOf(await crew.says('maya', 'audit 1 csv'));
    await crew.db.prisma.person.update({ where: { id: 'harbor-person-maya' }, data: { locale: 'en-US' } });
    expect(text).toMatch(/^\ufeffHora \(UTC\),Hora \(America\/New_York\),Quién,/);
  });

  test('holds what its asker may see when it is made, and nothing else', async () => {
    expect((await textOf(await crew.says('maya', 'audit csv'))).text).toContain('who is on it');
    const { text } = await textOf(await crew.says('omar', 'audit csv'));
    expect(text).not.toMatch(/who is on it|Ruth/);
    const asked = await crew.says('omar', 'audit csv');
    await crew.db.prisma.person.update({
      where: { id: 'harbor-person-omar' },
      data: { deactivatedAt: crew.now },
    });
    await expect(textOf(asked)).rejects.toMatchObject({ code: 'not_allowed' });
    await crew.db.prisma.person.update({
      where: { id: 'harbor-person-omar' },
      data: { deactivatedAt: null },
    });
  });

  test.each([
    ['omar', 'audit 900 csv', /There is no task #900/],
    ['omar', 'audit @wes csv', /You can see what the people you manage have done/],
    ['wes', 'audit csv', /^Only managers can do that/],
    ['maya', 'audit since whenever csv', /I can’t read “whenever”/],
  ])('%s: %s is refused before anything is promised', async (who, typed, words) => {
    const told = await crew.says(who, typed);
    expect(told.words).toMatch(words);
    expect(told.reply).not.toHaveProperty('file');
  });

  test('leaves out what came after it was asked for', async () => {
    const told = await crew.says('maya', 'audit 2 csv');
    const before = await textOf(told);
    crew.setNow(new Date(crew.now.getTime() + 60_000));
    await crew.says('maya', 'comment 2 later');
    await crew.settle();
    crew.setNow(new Date(crew.now.getTime() + 60_000));
    expect(await textOf(told)).toEqual(before);
    expect((await textOf(await crew.says('maya', 'audit 2 csv'))).text).toContain('later');
  });

  test('cannot be made while DynamoDB is away', async () => {
    const told = await crew.says('maya', 'audit csv');
    crew.setDynamoAway(true);
    await expect(textOf(told)).rejects.toMatchObject({ code: 'audit_unavailable' });
    crew.setDynamoAway(false);
  });
});

describe('a long log', () => {
  const entries = 1_300;

  beforeAll(async () => {
    const [model] = (await crew.auditLog.byActor('person:harbor-person-wes', { limit: 1 })).records;
    if (!model) throw new Error('Wes has done nothing');
    const at = (index: number) => new Date(crew.now.getTime() - 3_600_000 - index * 1_000).toISOString();
    await crew.auditLog.append(
      Array.from({ length: entries }, (_, index) => ({
        ...model,
        id: `LONG${index}`,
        at: at(index),
        action: 'start',
        details: {},
      })),
    );
  }, 120_000);

  test('is read page by page, to its end', async () => {
    const { text, complete } = await textOf(await crew.says('maya', 'audit @wes csv'));
    expect(complete).toBe(true);
    expect(text.match(/LONG\d+/g)).toHaveLength(entries);
    expect(new Set(text.match(/LONG\d+/g)).size).toBe(entries);
  });

  test('ends where a file does, with the newest, and it is known that there is more', async () => {
    const { text, complete } = await textOf(await crew.says('maya', 'audit @wes csv'), 700);
    expect(complete).toBe(false);
    expect(text.trim().split('\r\n')).toHaveLength(701);
    expect(text).toContain('LONG0\r');
    expect(text).not.toContain('LONG1299');
  });
});
