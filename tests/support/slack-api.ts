import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoPeople } from '../../prisma/seed/people.ts';

/** One request that the stand-in for Slack got: a Web API method, or a post to a response_url. */
export interface SlackCall {
  /** `chat.postMessage`, …; `response_url` for those; `upload` for the bytes of a file */
  method: string;
  token: string | undefined;
  args: Record<string, unknown>;
}

/** What a method does instead of succeeding. */
export type Behaviour =
  | { type: 'answer'; with: object }
  | { type: 'refuse'; error: string }
  | { type: 'status'; status: number; headers?: Record<string, string> }
  | { type: 'slow'; ms: number }
  | { type: 'never' };

export interface SlackApi {
  /** For `apiUrl` */
  url: string;
  responseUrl: string;
  calls: SlackCall[];
  /** Calls of one method. */
  of(method: string): SlackCall[];
  /** What the next calls of a method do, one each; the last one stays with `always`. */
  next(method: string, ...behaviours: Behaviour[]): void;
  always(method: string, behaviour: Behaviour | undefined): void;
  /** Resolves with the n-th call of a method, which may still have to come. */
  call(method: string, n?: number): Promise<SlackCall>;
  reset(): void;
  close(): Promise<void>;
}

/** Answers of Slack's methods, as far as Crewline reads them. */
const successes: Record<string, (args: Record<string, unknown>, origin: string) => object> = {
  'auth.test': () => ({ team_id: 'T1', team: 'Harbor', user_id: 'UBOT' }),
  'conversations.open': (args) => ({ channel: { id: `D-${String(args.users)}` } }),
  // What is said to a person stands in their direct conversation.
  'chat.postMessage': ({ channel }) => ({
    channel: String(channel).replace(/^(?=U)/, 'D-'),
    ts: '1700000000.000100',
  }),
  'chat.postEphemeral': () => ({ message_ts: '1700000000.000200' }),
  'conversations.history': ({ latest: ts }) => ({
    messages: String(ts).endsWith('9') ? [] : [{ type: 'message', ts, user: 'U-tom', text: 'Pump 3 leaks' }],
  }),
  // What ends in 9 is a reply.
  'conversations.replies': ({ ts }) => ({
    messages: [
      { type: 'message', ts: '1700000000.000000', thread_ts: '1700000000.000000', text: 'Pump 3 leaks' },
      { type: 'message', ts, thread_ts: '1700000000.000000', text: 'Pump 4 too' },
    ],
  }),
  'chat.getPermalink': ({ channel, message_ts: ts }) => ({
    channel,
    permalink: `https://harbor.slack.com/archives/${String(channel)}/p${String(ts).replace('.', '')}`,
  }),
  'chat.update': (args) => ({ channel: args.channel, ts: args.ts }),
  'views.open': () => ({ view: { id: 'V1' } }),
  'views.publish': () => ({ view: { id: 'VHOME' } }),
  'views.update': (args) => ({ view: { id: args.view_id } }),
  'files.getUploadURLExternal': (_args, origin) => ({ upload_url: `${origin}/upload/F1`, file_id: 'F1' }),
  'files.completeUploadExternal': ({ files }) => ({ files }),
  'users.info': (args) => ({ user: { id: args.user, tz: 'Europe/Oslo', locale: 'nb-NO', ...userOf(args) } }),
};

/** `U-MAYA` is Maya of Harbor Works; everybody else is a Wes. */
function userOf({ user }: Record<string, unknown>): object {
  const person = demoPeople.find((one) => `U-${one.user.toUpperCase()}` === user);
  const { name = 'Wes Wood', email = 'wes@harbor.example' } = person ?? {};
  return { real_name: name, profile: { real_name: name, email } };
}

/** A Slack on a port of its own, for the outer edge of tests. */
export async function startSlackApi(): Promise<SlackApi> {
  const calls: SlackCall[] = [];
  const queued = new Map<string, Behaviour[]>();
  const standing = new Map<string, Behaviour>();
  let waiting: (() => void)[] = [];

  const server = createServer(async (request, response) => {
    const call = await readCall(request);
    calls.push(call);
    for (const wake of waiting.splice(0)) wake();
    const behaviour = queued.get(call.method)?.shift() ?? standing.get(call.method);
    await answer(call, behaviour, { response, origin });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The stand-in for Slack has no port');
  const origin = `http://127.0.0.1:${address.port}`;

  const of = (method: string) => calls.filter((call) => call.method === method);
  return {
    url: `${origin}/api/`,
    responseUrl: `${origin}/response/1`,
    calls,
    of,
    next: (method, ...behaviours) => void queued.set(method, behaviours),
    always: (method, behaviour) => {
      if (behaviour) standing.set(method, behaviour);
      else standing.delete(method);
    },
    async call(method, n = 1) {
      for (;;) {
        const found = of(method)[n - 1];
        if (found) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    reset() {
      calls.length = 0;
      queued.clear();
      standing.clear();
      waiting = [];
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function readCall(request: IncomingMessage): Promise<SlackCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'];
  if (request.url?.startsWith('/upload/'))
    return {
      method: 'upload',
      token: request.headers.authorization,
      args: { type, base64: bytes.toString('base64') },
    };
  const body = bytes.toString();
  const method = request.url?.startsWith('/api/') ? request.url.slice('/api/'.length) : 'response_url';
  const token = request.headers.authorization?.replace('Bearer ', '');
  const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
  return { method, token, args: isJson ? JSON.parse(body) : readForm(body) };
}

/** The SDK sends objects as JSON in form fields. */
function readForm(body: string): Record<string, unknown> {
  const entries = [...new URLSearchParams(body)].map(([name, value]): [string, unknown] => [
    name,
    /^[[{]/.test(value) ? JSON.parse(value) : value,
  ]);
  return Object.fromEntries(entries);
}

async function answer(
  call: SlackCall,
  behaviour: Behaviour | undefined,
  { response, origin }: { response: ServerResponse; origin: string },
): Promise<void> {
  if (behaviour?.type === 'never') return;
  if (behaviour?.type === 'slow') await sleep(behaviour.ms);
  if (behaviour?.type === 'status') {
    response.writeHead(behaviour.status, behaviour.headers).end('');
    return;
  }
  const result =
    behaviour?.type === 'refuse'
      ? { ok: false, error: behaviour.error }
      : {
          ok: true,
          ...successes[call.method]?.(call.args, origin),
          ...(behaviour?.type === 'answer' ? behaviour.with : {}),
        };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
}
