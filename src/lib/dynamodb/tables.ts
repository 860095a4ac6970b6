import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type GlobalSecondaryIndexDescription,
  type KeySchemaElement,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { Dynamo } from './client.ts';

/** What became of one table. */
export interface TableReport {
  table: string;
  state: 'created' | 'found';
  /** Time to live, where the table has one */
  ttl?: 'on' | 'turned on' | 'not supported here';
  /** How a table that was there already differs from what Crewline needs, in words */
  differences: string[];
}

interface Key {
  partition: string;
  sort?: string;
}

interface TableDefinition {
  name: string;
  key: Key;
  indexes: Record<string, Key>;
  ttl?: string;
}

const pollMs = 100;
const patienceMs = 180_000;

/** Creates the tables that are missing and checks those that are there. Any number of times, also at once. */
export function prepareTables(dynamo: Dynamo): Promise<TableReport[]> {
  return Promise.all(definitionsFor(dynamo).map((definition) => prepareTable(dynamo, definition)));
}

function definitionsFor({ tables }: Dynamo): TableDefinition[] {
  return [
    {
      name: tables.sessions,
      key: { partition: 'sessionId' },
      indexes: { by_person: { partition: 'personId' } },
      ttl: 'expiresAt',
    },
    {
      name: tables.auditLogs,
      key: { partition: 'actor', sort: 'at' },
      indexes: {
        by_target: { partition: 'target', sort: 'at' },
        by_organization: { partition: 'orgDay', sort: 'at' },
      },
    },
  ];
}

async function prepareTable(dynamo: Dynamo, definition: TableDefinition): Promise<TableReport> {
  const found = await describe(dynamo, definition.name);
  if (!found) await create(dynamo, definition);
  const table = await untilActive(dynamo, definition.name);
  const report: TableReport = {
    table: definition.name,
    state: found ? 'found' : 'created',
    differences: differencesOf(table, definition),
  };
  if (definition.ttl === undefined) return report;
  return withTtl(dynamo, report, definition.ttl);
}

async function create(dynamo: Dynamo, definition: TableDefinition): Promise<void> {
  const keys = [definition.key, ...Object.values(definition.indexes)];
  const attributes = new Set(keys.flatMap(({ partition, sort }) => (sort ? [partition, sort] : [partition])));
  const input: CreateTableCommandInput = {
    TableName: definition.name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keySchemaOf(definition.key),
    GlobalSecondaryIndexes: Object.entries(definition.indexes).map(([IndexName, key]) => ({
      IndexName,
      KeySchema: keySchemaOf(key),
      Projection: { ProjectionType: 'ALL' },
    })),
  };
  try {
    await dynamo.control.send(new CreateTableCommand(input));
  } catch (error) {
    // Someone else sets it up at the same time.
    if (!isNamed(error, 'ResourceInUseException')) throw error;
  }
}

async function describe(dynamo: Dynamo, name: string): Promise<TableDescription | undefined> {
  try {
    return (await dynamo.control.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

async function untilActive(dynamo: Dynamo, name: string): Promise<TableDescription> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const table = await describe(dynamo, name);
    if (table && isActive(table)) return table;
    if (Date.now() > deadline) {
      throw new Error(
        `the table ${name} is still ${table?.TableStatus ?? 'missing'} after ${patienceMs / 1_000} s`,
      );
    }
    await sleep(pollMs);
  }
}

function isActive(table: TableDescription): boolean {
  const states = (table.GlobalSecondaryIndexes ?? []).map(({ IndexStatus }) => IndexStatus);
  return [table.TableStatus, ...states].every((state) => state === 'ACTIVE');
}

function differencesOf(table: TableDescription, definition: TableDefinition): string[] {
  const differences = keyDifference('its key', table.KeySchema, definition.key);
  const indexes = new Map(table.GlobalSecondaryIndexes?.map((index) => [index.IndexName, index]));
  for (const [name, key] of Object.entries(definition.indexes)) {
    const index = indexes.get(name);
    differences.push(...(index ? indexDifferences(name, index, key) : [`the index ${name} is missing`]));
  }
  for (const { AttributeName, AttributeType } of table.AttributeDefinitions ?? []) {
    if (AttributeType !== 'S') differences.push(`${AttributeName} should be a string, not ${AttributeType}`);
  }
  return differences;
}

function indexDifferences(name: string, index: GlobalSecondaryIndexDescription, key: Key): string[] {
  const differences = keyDifference(`the index ${name}`, index.KeySchema, key);
  const projection = index.Projection?.ProjectionType;
  if (projection !== 'ALL')
    differences.push(`the index ${name} should hold ALL attributes, not ${projection}`);
  return differences;
}

function keyDifference(what: string, found: KeySchemaElement[] | undefined, key: Key): string[] {
  const shown = (schema: KeySchemaElement[]) => schema.map(({ AttributeName }) => AttributeName).join(' + ');
  const [is, should] = [shown(found ?? []), shown(keySchemaOf(key))];
  return is === should ? [] : [`${what} should be ${should}, not ${is}`];
}

function keySchemaOf({ partition, sort }: Key): KeySchemaElement[] {
  const schema: KeySchemaElement[] = [{ AttributeName: partition, KeyType: 'HASH' }];
  if (sort !== undefined) schema.push({ AttributeName: sort, KeyType: 'RANGE' });
  return schema;
}

async function withTtl(dynamo: Dynamo, report: TableReport, attribute: string): Promise<TableReport> {
  try {
    const before = await ttlOf(dynamo, report.table);
    if (before.on && before.attribute === attribute) return { ...report, ttl: 'on' };
    if (before.on)
      return differing(report, `its time to live is by ${before.attribute}, not by ${attribute}`);
    await dynamo.control.send(
      new UpdateTimeToLiveCommand({
        TableName: report.table,
        TimeToLiveSpecification: { AttributeName: attribute, Enabled: true },
      }),
    );
    const after = await ttlOf(dynamo, report.table);
    if (after.on) return { ...report, ttl: 'turned on' };
    return differing(report, 'its time to live was turned on but is off');
  } catch (error) {
    if (isNamed(error, 'UnknownOperationException', 'UnknownOperation', 'NotImplemented')) {
      return { ...report, ttl: 'not supported here' };
    }
    throw error;
  }
}

async function ttlOf(dynamo: Dynamo, TableName: string) {
  const { TimeToLiveDescription: ttl } = await dynamo.control.send(
    new DescribeTimeToLiveCommand({ TableName }),
  );
  const status = ttl?.TimeToLiveStatus;
  return { on: status === 'ENABLED' || status === 'ENABLING', attribute: ttl?.AttributeName };
}

function differing(report: TableReport, difference: string): TableReport {
  return { ...report, differences: [...report.differences, difference] };
}

function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
