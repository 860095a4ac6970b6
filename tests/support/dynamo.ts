import { randomUUID } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import { createDynamo, type Dynamo, type DynamoOptions, prepareTables } from '../../src/lib/dynamodb.ts';
import { testDynamodbEndpoint } from './database.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** The run's engine, with names of tables that nobody else uses. */
export function testDynamoOptions(): DynamoOptions {
  const endpoint = testDynamodbEndpoint();
  return {
    region: 'us-east-1',
    endpoint,
    credentials,
    tablePrefix: `test_${randomUUID()}_`,
    // Two test files share one engine in JavaScript; what is tested about time has its own server.
    requestTimeoutMs: 10_000,
  };
}

/** A connection with empty tables of its own. */
export async function openTestDynamo(): Promise<Dynamo> {
  const dynamo = createDynamo(testDynamoOptions());
  await prepareTables(dynamo);
  return dynamo;
}

export interface StalledServer {
  options: DynamoOptions;
  stop(): Promise<void>;
}

/** A server that takes connections and never answers, as a DynamoDB that is stuck. */
export async function startStalledServer(requestTimeoutMs: number): Promise<StalledServer> {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    options: { region: 'us-east-1', endpoint: `http://127.0.0.1:${port}`, credentials, requestTimeoutMs },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
