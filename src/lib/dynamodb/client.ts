import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DeleteCommandInput,
  DynamoDBDocumentClient,
  GetCommand,
  type GetCommandInput,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

export interface DynamoOptions {
  region: string;
  /** DynamoDB Local or another engine; AWS's own when absent */
  endpoint?: string;
  /** AWS's usual chain (environment, profile, role) when absent */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** Put before the tables' names, to keep several installations in one account */
  tablePrefix?: string;
  /** ms that any one call may take, its retry included; 500 when absent */
  requestTimeoutMs?: number;
}

/** An item as the store gives it: to be checked before use. */
export type Item = Record<string, unknown>;

export interface ItemPage {
  items: Item[];
  /** Where the next page starts; absent on the last */
  lastKey?: Item;
}

type On<Input> = Omit<Input, 'TableName'> & { TableName: string };

/** A connection to DynamoDB. Every call ends within the time-out, with DynamoTimeoutError when nothing was heard. */
export interface Dynamo {
  readonly tables: { readonly sessions: string; readonly auditLogs: string };
  get(input: On<GetCommandInput>): Promise<Item | undefined>;
  put(input: On<PutCommandInput>): Promise<void>;
  update(input: On<UpdateCommandInput>): Promise<void>;
  delete(input: On<DeleteCommandInput>): Promise<void>;
  query(input: On<QueryCommandInput>): Promise<ItemPage>;
  scan(input: On<ScanCommandInput>): Promise<ItemPage>;
  /** For managing tables. The time-out holds for each attempt, not for the whole call. */
  readonly control: DynamoDBClient;
  close(): void;
}

/** DynamoDB did not answer in time. A write may have happened or not. */
export class DynamoTimeoutError extends Error {
  override name = 'DynamoTimeoutError';
}

/** Opens the connection (lazily: nothing is sent until the first call). */
export function createDynamo(options: DynamoOptions): Dynamo {
  const timeoutMs = options.requestTimeoutMs ?? 500;
  const control = createClient(options, timeoutMs);
  const documents = DynamoDBDocumentClient.from(control, {
    marshallOptions: { removeUndefinedValues: true },
  });
  const within = createDeadline(timeoutMs);
  const prefix = options.tablePrefix ?? '';
  return {
    tables: { sessions: `${prefix}sessions`, auditLogs: `${prefix}audit_logs` },
    get: async (input) => (await within((signal) => documents.send(new GetCommand(input), signal))).Item,
    put: async (input) => void (await within((signal) => documents.send(new PutCommand(input), signal))),
    update: async (input) =>
      void (await within((signal) => documents.send(new UpdateCommand(input), signal))),
    delete: async (input) =>
      void (await within((signal) => documents.send(new DeleteCommand(input), signal))),
    query: async (input) => pageOf(await within((signal) => documents.send(new QueryCommand(input), signal))),
    scan: async (input) => pageOf(await within((signal) => documents.send(new ScanCommand(input), signal))),
    control,
    close: () => control.destroy(),
  };
}

/** Whether a write's condition did not hold. */
export function isConditionFailed(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}

function createClient(options: DynamoOptions, timeoutMs: number): DynamoDBClient {
  const agent = { keepAlive: true, maxSockets: 64 };
  return new DynamoDBClient({
    region: options.region,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    // A copy: the SDK notes on the object where the credentials came from, and a configuration is frozen.
    ...(options.credentials === undefined ? {} : { credentials: { ...options.credentials } }),
    // The second attempt is for a kept-alive connection that the other side has closed.
    maxAttempts: 2,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: timeoutMs,
      requestTimeout: timeoutMs,
      // Without it the SDK only logs a warning and goes on waiting.
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    }),
  });
}

/**
 * The handler's time-outs hold for one attempt each and not for finding credentials, so the whole call gets a deadline
 * of its own: a chat platform waits for 3 s in all.
 */
function createDeadline(timeoutMs: number) {
  return async <T>(send: (options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> => {
    const controller = new AbortController();
    const { promise: deadline, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      reject(new DynamoTimeoutError(`DynamoDB did not answer within ${timeoutMs} ms`));
      controller.abort();
    }, timeoutMs);
    try {
      return await Promise.race([send({ abortSignal: controller.signal }), deadline]);
    } finally {
      clearTimeout(timer);
    }
  };
}

function pageOf(output: { Items?: Item[] | undefined; LastEvaluatedKey?: Item | undefined }): ItemPage {
  const items = output.Items ?? [];
  return output.LastEvaluatedKey ? { items, lastKey: output.LastEvaluatedKey } : { items };
}
