import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { AppError } from '../../src/core/errors.ts';
import { createDatabase, type Database } from '../../src/lib/database.ts';
import { createSecretBox } from '../../src/lib/secrets.ts';
import { createWorkspaces } from '../../src/lib/workspaces.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const START = Date.parse('2026-03-11T15:00:00Z');
const key = randomBytes(32);
const slack = {
  platform: 'slack',
  externalId: 'T1',
  name: 'Harbor',
  botToken: 'xoxb-1',
  botUserId: 'U1',
} as const;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let place: TestDatabase;
let database: Database;
let now: number;
let trouble: 'away' | 'stalled' | undefined;

beforeAll(async () => {
  place = await createTestDatabase();
  database = createDatabase({ url: place.url, poolSize: 8 });
});

afterAll(async () => {
  await database?.close();
  await place?.drop();
});

beforeEach(async () => {
  now = START;
  trouble = undefined;
  await database.prisma.workspace.deleteMany();
  await database.prisma.status.deleteMany();
  await database.prisma.organization.deleteMany();
});

/** A replica of its own, with its own cache; `lookups` counts what it asks PostgreSQL. */
function replica({ secretKey = key }: { secretKey?: Buffer } = {}) {
  const seen = { lookups: 0, changes: [] as string[] };
  const rows: Database['rows'] = async (statement) => {
    seen.lookups += 1;
    if (trouble === 'away') throw new AppError('database_unavailable');
    if (trouble === 'stalled') await new Promise((resolve) => setTimeout(resolve, 1_500));
    return database.rows(statement);
  };
  const workspaces = createWorkspaces({
    db: { rows, prisma: database.prisma },
    secretBox: createSecretBox(secretKey),
    clock: () => new Date(now),
    newId: () => ulid(),
    log: silent,
    organizationName: 'My crew',
    onChange: (externalId) => seen.changes.push(externalId),
  });
  return { ...workspaces, seen };
}

const storedRow = () => database.prisma.workspace.findFirstOrThrow({ where: { externalId: 'T1' } });

describe('the first start', () => {
  test('makes the organisation with its six statuses and the workspace in it', async () => {
    const workspace = await replica().ensure(slack);

    const [organization, ...others] = await database.prisma.organization.findMany({
      include: { statuses: { orderBy: { position: 'asc' } } },
    });
    expect(others).toEqual([]);
    expect(organization?.name).toBe('My crew');
    expect(organization?.statuses.map(({ name, category }) => `${name}/${category}`)).toEqual([
      'To do/todo',
      'In progress/active',
      'Blocked/blocked',
      'In review/review',
      'Done/done',
      'Cancelled/cancelled',
    ]);
    expect(workspace).toEqual({
      id: expect.any(String),
      organizationId: organization?.id,
      platform: 'slack',
      externalId: 'T1',
      botToken: 'xoxb-1',
      botUserId: 'U1',
    });
  });

  test('of many replicas at once makes each thing once', async () => {
    const found = await Promise.all(Array.from({ length: 12 }, () => replica().ensure(slack)));

    expect(new Set(found.map(({ id }) => id)).size).toBe(1);
    expect(await database.prisma.organization.count()).toBe(1);
    expect(await database.prisma.status.count()).toBe(6);
  });

  test('keeps no token that can be read in the database', async () => {
    await replica().ensure(slack);

    expect((await storedRow()).botTokenCipher).toMatch(/^v1\.[\w-]+$/);
  });

  test('needs no token on Teams', async () => {
    const teams = replica();
    const made = await teams.ensure({ platform: 'teams', externalId: 'tenant', name: 'Harbor' });

    expect(made).not.toHaveProperty('botToken');
    expect(await teams.find('teams', 'tenant')).toEqual(made);
    expect(await teams.find('slack', 'tenant')).toBeUndefined();
  });
});

describe('a later start', () => {
  test('changes nothing when nothing changed', async () => {
    const first = await replica().ensure(slack);
    const before = await storedRow();

    expect(await replica().ensure(slack)).toEqual(first);
    expect(await storedRow()).toEqual(before);
  });

  test('stores a new token and name', async () => {
    await replica().ensure(slack);
    const renewed = await replica().ensure({ ...slack, botToken: 'xoxb-2', name: 'Harbor Works' });

    expect(renewed.botToken).toBe('xoxb-2');
    expect((await replica().find('slack', 'T1'))?.botToken).toBe('xoxb-2');
    expect((await storedRow()).name).toBe('Harbor Works');
  });

  test('with a new key seals the token again', async () => {
    await replica().ensure(slack);
    const renewed = replica({ secretKey: randomBytes(32) });
    await renewed.ensure(slack);

    expect((await renewed.find('slack', 'T1'))?.botToken).toBe('xoxb-1');
    await expect(replica().find('slack', 'T1')).rejects.toThrow(/another ENCRYPTION_KEY/);
  });

  test('puts an unknown workspace into the oldest organisation, and moves no known one', async () => {
    const create = (id: string, createdAt: string) =>
      database.prisma.organization.create({ data: { id, name: id, createdAt: new Date(createdAt) } });
    await create('newer', '2026-02-01');
    await create('older', '2026-01-01');
    await database.prisma.workspace.create({
      data: { id: 'W', organizationId: 'newer', platform: 'slack', externalId: 'T2', name: 'Other' },
    });

    expect((await replica().ensure(slack)).organizationId).toBe('older');
    expect((await replica().ensure({ ...slack, externalId: 'T2' })).organizationId).toBe('newer');
    expect(await database.prisma.organization.count()).toBe(2);
  });
});

describe('finding a workspace', () => {
  test('asks the database once a minute, however many ask', async () => {
    await replica().ensure(slack);
    const { find, seen } = replica();

    await Promise.all(Array.from({ length: 50 }, () => find('slack', 'T1')));
    now += 59_000;
    await find('slack', 'T1');
    expect(seen.lookups).toBe(1);

    now += 1_001;
    await find('slack', 'T1');
    expect(seen.lookups).toBe(2);
  });

  test('lets in nobody whom nobody installed, and notices an installation soon', async () => {
    const { find, seen } = replica();
    expect(await find('teams', 'stranger')).toBeUndefined();
    expect(await find('slack', 'T1')).toBeUndefined();
    expect(await find('slack', 'T1')).toBeUndefined();
    expect(seen.lookups).toBe(2);
    expect(await database.prisma.workspace.count()).toBe(0);

    await replica().ensure(slack);
    now += 5_001;
    expect(await find('slack', 'T1')).toBeDefined();
  });

  test('holds no failure', async () => {
    const secret = randomBytes(32);
    await replica({ secretKey: secret }).ensure(slack);
    const other = replica();

    await expect(other.find('slack', 'T1')).rejects.toThrow();
    await expect(other.find('slack', 'T1')).rejects.toThrow();
    expect(other.seen.lookups).toBe(2);
  });

  test('forgets what it is told to', async () => {
    await replica().ensure(slack);
    const { find, drop, seen } = replica();
    await find('slack', 'T1');

    drop('T2');
    await find('slack', 'T1');
    expect(seen.lookups).toBe(1);

    drop('T1');
    await find('slack', 'T1');
    drop();
    await find('slack', 'T1');
    expect(seen.lookups).toBe(3);
  });
});

describe('with PostgreSQL away, a workspace', () => {
  const minutes = 60_000;

  test('that was known is given for an hour, so that people there hear of it', async () => {
    await replica().ensure(slack);
    const { find } = replica();
    await find('slack', 'T1');
    trouble = 'away';
    now += 59 * minutes;
    expect(await find('slack', 'T1')).toMatchObject({ externalId: 'T1', botToken: 'xoxb-1' });
    now += 2 * minutes;
    await expect(find('slack', 'T1')).rejects.toMatchObject({ code: 'database_unavailable' });
  });

  test('that was known is given soon when the look-up takes long, and looked up all the same', async () => {
    await replica().ensure(slack);
    const { find, seen } = replica();
    await find('slack', 'T1');
    await replica().ensure({ ...slack, botToken: 'xoxb-2' });
    trouble = 'stalled';
    now += 2 * minutes;
    const started = performance.now();
    const found = await Promise.all([find('slack', 'T1'), find('slack', 'T1')]);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(found.map((workspace) => workspace?.botToken)).toEqual(['xoxb-1', 'xoxb-1']);
    await new Promise((resolve) => setTimeout(resolve, 1_700));
    expect(await find('slack', 'T1')).toMatchObject({ botToken: 'xoxb-2' });
    expect(seen.lookups).toBe(2);
  });

  test('that removed the app is not, whoever noticed', async () => {
    await replica().ensure(slack);
    const [here, elsewhere, late] = [replica(), replica(), replica()];
    for (const { find } of [here, elsewhere, late]) await find('slack', 'T1');
    await here.uninstalled('slack', 'T1');
    elsewhere.drop('T1');
    now += 2 * minutes;
    expect(await late.find('slack', 'T1')).toBeUndefined();
    trouble = 'away';
    now += 2 * minutes;
    for (const { find } of [here, elsewhere, late]) await expect(find('slack', 'T1')).rejects.toThrow();
  });

  test('that nobody knew here is not made up', async () => {
    await replica().ensure(slack);
    trouble = 'away';
    await expect(replica().find('slack', 'T1')).rejects.toThrow();
  });
});

describe('removing the app', () => {
  test('deletes the token and hides the workspace at once, any number of times', async () => {
    const here = replica();
    await here.ensure(slack);
    await here.find('slack', 'T1');

    await here.uninstalled('slack', 'T1');
    expect(await here.find('slack', 'T1')).toBeUndefined();
    now += 60_000;
    await here.uninstalled('slack', 'T1');

    expect(await storedRow()).toMatchObject({ botTokenCipher: null, uninstalledAt: new Date(START) });
    expect(here.seen.changes).toEqual(['T1', 'T1', 'T1']);
  });

  test('of a workspace that nobody knows is nothing', async () => {
    await expect(replica().uninstalled('slack', 'T9')).resolves.toBeUndefined();
  });

  test('is undone by installing it again', async () => {
    const here = replica();
    const { id } = await here.ensure(slack);
    await here.uninstalled('slack', 'T1');

    expect(await here.ensure(slack)).toMatchObject({ id, botToken: 'xoxb-1' });
    expect(await here.find('slack', 'T1')).toMatchObject({ id });
  });
});
