import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { setupDynamodb } from '../../scripts/setup-dynamodb.ts';
import { createDynamo, type DynamoOptions, prepareTables } from '../../src/lib/dynamodb.ts';
import { testDynamoOptions } from '../support/dynamo.ts';

let options: DynamoOptions;
const closers: (() => unknown)[] = [];

beforeEach(() => {
  options = testDynamoOptions();
});

afterAll(async () => {
  for (const close of closers) await close();
});

const lineOf = (table: string, text: string) => `DynamoDB table ${options.tablePrefix}${table}: ${text}`;

describe('setting up', () => {
  test('creates both tables, and says what the embedded engine lacks', async () => {
    expect(await setupDynamodb(options)).toEqual([
      lineOf('sessions', 'created, time to live not supported here'),
      lineOf('audit_logs', 'created'),
    ]);
  });

  test('finds them the next time', async () => {
    await setupDynamodb(options);
    expect(await setupDynamodb(options)).toEqual([
      lineOf('sessions', 'is there and as it should be, time to live not supported here'),
      lineOf('audit_logs', 'is there and as it should be'),
    ]);
  });

  test('may run several times at once', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => setupDynamodb(options)));
    expect(runs).toHaveLength(3);
    expect(await setupDynamodb(options)).toContain(lineOf('audit_logs', 'is there and as it should be'));
  });

  test('names everything about an existing table that Crewline cannot work with', async () => {
    const dynamo = createDynamo(options);
    closers.push(() => dynamo.close());
    await dynamo.control.send(
      new CreateTableCommand({
        TableName: dynamo.tables.auditLogs,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['actor', 'id', 'target'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: [
          { AttributeName: 'actor', KeyType: 'HASH' },
          { AttributeName: 'id', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by_target',
            KeySchema: [{ AttributeName: 'target', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      }),
    );
    const failure = await setupDynamodb(options).catch((error: unknown) => String(error));
    expect(failure).toContain(lineOf('audit_logs', 'its key should be actor + at, not actor + id.'));
    expect(failure).toContain(lineOf('audit_logs', 'the index by_target should be target + at, not target.'));
    expect(failure).toContain(
      lineOf('audit_logs', 'the index by_target should hold ALL attributes, not KEYS_ONLY.'),
    );
    expect(failure).toContain(lineOf('audit_logs', 'the index by_organization is missing.'));
  });
});

describe('time to live', () => {
  test('is turned on by expiresAt where the engine has it, and checked', async () => {
    const engine = await startEngineWithTtl(options);
    expect(await setupDynamodb(engine.options)).toContain(
      lineOf('sessions', 'created, time to live turned on'),
    );
    expect(engine.ttl).toEqual({ AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLING' });
    expect(await setupDynamodb(engine.options)).toContain(
      lineOf('sessions', 'is there and as it should be, time to live on'),
    );
  });

  test('by another attribute is reported, not changed', async () => {
    const engine = await startEngineWithTtl(options);
    engine.ttl = { AttributeName: 'createdAt', TimeToLiveStatus: 'ENABLED' };
    const dynamo = createDynamo(engine.options);
    closers.push(() => dynamo.close());
    const [sessions] = await prepareTables(dynamo);
    expect(sessions?.differences).toEqual(['its time to live is by createdAt, not by expiresAt']);
    expect(engine.ttl.AttributeName).toBe('createdAt');
  });
});

interface Ttl {
  AttributeName?: string;
  TimeToLiveStatus: string;
}

/** The run's engine with the two calls in front of it that it lacks, as DynamoDB answers them. */
async function startEngineWithTtl(behind: DynamoOptions) {
  const engine = { ttl: { TimeToLiveStatus: 'DISABLED' } as Ttl, options: behind };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const operation = String(request.headers['x-amz-target']).split('.')[1];
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    if (operation === 'UpdateTimeToLive') {
      const { TimeToLiveSpecification } = JSON.parse(body);
      engine.ttl = { AttributeName: TimeToLiveSpecification.AttributeName, TimeToLiveStatus: 'ENABLING' };
      response.end(JSON.stringify({ TimeToLiveSpecification }));
    } else if (operation === 'DescribeTimeToLive') {
      response.end(JSON.stringify({ TimeToLiveDescription: engine.ttl }));
    } else {
      const headers = Object.entries(request.headers).filter(([name]) =>
        /^(x-amz|authorization|content-type)/.test(name),
      );
      const answer = await fetch(String(behind.endpoint), {
        method: 'POST',
        headers: headers.map(([name, value]): [string, string] => [name, String(value)]),
        body,
      });
      response.statusCode = answer.status;
      response.end(Buffer.from(await answer.arrayBuffer()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  engine.options = { ...behind, endpoint: `http://127.0.0.1:${port}` };
  return engine;
}
