import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLimiter } from './limits.ts';

/** What goes wrong, as shares of the requests. */
export interface Trouble {
  /** 429 without a reason */
  throttle: number;
  /** 500, and nothing was sent */
  fail: number;
  /** 500, and it was sent */
  failAfterSending: number;
  /** No answer, and nothing was sent */
  silence: number;
  /** A slow answer */
  slow: number;
}

export const noTrouble: Trouble = { throttle: 0, fail: 0, failAfterSending: 0, silence: 0, slow: 0 };

/** One message that arrived. */
export interface Arrival {
  /** The notification's mark, as it stands in the text */
  mark: string;
  workspace: string;
  /** Which replica sent it: part of its address for the platform */
  replica: string;
  at: number;
}

export interface StandIn {
  slackUrl(replica: string): string;
  teamsUrl(replica: string): string;
  arrivals: Arrival[];
  counts: {
    requests: number;
    /** Refused since they came faster than the published limits allow */
    tooFast: number;
    /** Came although their workspace had been told to wait */
    beforeRetryAfter: number;
    ambiguous: number;
  };
  trouble: Trouble;
  /** Lets nothing of a workspace through: it is told to wait so many s each time. */
  throttled: Map<string, number>;
  close(): Promise<void>;
}

const SLOW_MS = 1_500;
/** Requests may have been under way when a workspace was told to wait, for so many ms. */
const GRACE_MS = 300;

/** docs.slack.dev/apis/web-api/rate-limits: one a second and channel, with short bursts; a workspace as PLATFORMS says. */
const slackChannel = () => createLimiter([{ most: 2, ms: 1_000 }]);
const slackWorkspace = () => createLimiter([{ most: 525, ms: 60_000 }]);
/** learn.microsoft.com, "Rate limiting": a conversation; and an app in a tenant. */
const teamsChat = () =>
  createLimiter([
    { most: 7, ms: 1_000 },
    { most: 8, ms: 2_000 },
    { most: 60, ms: 30_000 },
  ]);
const teamsTenant = () => createLimiter([{ most: 50, ms: 1_000 }]);

/** Slack's Web API and Bot Framework's connector on one port: they keep the limits, err as told, and count. */
export async function startStandIn({
  random = Math.random,
}: {
  random?: () => number;
} = {}): Promise<StandIn> {
  const limits = {
    slackChannel: slackChannel(),
    slackWorkspace: slackWorkspace(),
    teamsChat: teamsChat(),
    teamsTenant: teamsTenant(),
  };
  const arrivals: Arrival[] = [];
  const counts: StandIn['counts'] = { requests: 0, tooFast: 0, beforeRetryAfter: 0, ambiguous: 0 };
  const throttled = new Map<string, number>();
  const waiting = new Map<string, { since: number; until: number }>();
  const standIn = { trouble: noTrouble };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const [, replica = '', platform = '', ...path] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
    if (platform === 'api') return slack({ replica, method: path.join('/'), body, request, response });
    return teams({ replica, path, body, response });
  }

  async function slack(call: Call & { method: string; request: IncomingMessage }): Promise<void> {
    const { method, body, request, response, replica } = call;
    const args = readArguments(request, body);
    const workspace = (request.headers.authorization ?? '').replace('Bearer xoxb-', '');
    const ok = (more: object): void => json(response, 200, { ok: true, ...more });
    if (method === 'conversations.open') return ok({ channel: { id: `D-${String(args.users)}` } });
    if (method !== 'chat.postMessage') return json(response, 200, { ok: false, error: 'unknown_method' });
    const channel = String(args.channel);
    const wait =
      held(workspace) ||
      limitOf(limits.slackChannel, `${workspace} ${channel}`) ||
      limitOf(limits.slackWorkspace, workspace);
    if (wait > 0) return refuse(response, wait, { ok: false, error: 'ratelimited' });
    await send({ replica, workspace, body, response }, () =>
      ok({ channel, ts: `${Date.now()}.${counts.requests}` }),
    );
  }

  async function teams({ replica, path, body, response }: Call & { path: string[] }): Promise<void> {
    const [, , conversation = ''] = path;
    const parsed = JSON.parse(body || '{}') as {
      members?: { id: string }[];
      conversation?: { tenantId?: string };
    };
    if (!conversation) return json(response, 200, { id: `a:${parsed.members?.[0]?.id ?? ''}` });
    const workspace = parsed.conversation?.tenantId ?? '';
    const wait =
      held(workspace) || limitOf(limits.teamsChat, conversation) || limitOf(limits.teamsTenant, workspace);
    if (wait > 0) return refuse(response, wait, { error: { code: 'TooManyRequests' } });
    await send({ replica, workspace, body, response }, () =>
      json(response, 200, { id: `m-${counts.requests}` }),
    );
  }

  function limitOf(limiter: ReturnType<typeof createLimiter>, key: string): number {
    const wait = limiter.take(key, Date.now());
    if (wait > 0) counts.tooFast += 1;
    return wait;
  }

  /** ms to wait, for a workspace that is throttled whatever it does. */
  function held(workspace: string): number {
    const now = Date.now();
    const told = waiting.get(workspace);
    if (told && now > told.since + GRACE_MS && now < told.until) counts.beforeRetryAfter += 1;
    const seconds = throttled.get(workspace);
    if (seconds === undefined) return 0;
    tellToWait(workspace, seconds * 1_000);
    return seconds * 1_000;
  }

  function tellToWait(workspace: string, ms: number): void {
    const now = Date.now();
    const told = waiting.get(workspace);
    if (!told || now >= told.until) waiting.set(workspace, { since: now, until: now + ms });
  }

  function refuse(response: ServerResponse, waitMs: number, body: object): void {
    response.setHeader('retry-after', String(Math.max(1, Math.ceil(waitMs / 1_000))));
    json(response, 429, body);
  }

  async function send(
    { replica, workspace, body, response }: Omit<Call, 'request'> & { workspace: string },
    succeed: () => void,
  ): Promise<void> {
    counts.requests += 1;
    const { throttle, fail, failAfterSending, silence, slow } = standIn.trouble;
    const fate = random();
    const until = (share: number, ...before: number[]): boolean =>
      fate < before.reduce((sum, one) => sum + one, share);
    if (until(throttle)) {
      tellToWait(workspace, 1_000);
      return refuse(response, 1_000, { ok: false, error: 'ratelimited' });
    }
    if (until(fail, throttle)) return json(response, 503, {});
    if (until(silence, throttle, fail)) return;
    const mark = /mark-[\w-]+/.exec(body)?.[0] ?? '';
    arrivals.push({ mark, workspace, replica, at: Date.now() });
    if (until(failAfterSending, throttle, fail, silence)) {
      counts.ambiguous += 1;
      return json(response, 500, {});
    }
    if (until(slow, throttle, fail, silence, failAfterSending)) await sleep(SLOW_MS);
    succeed();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address && typeof address !== 'string' ? address.port : 0;
  return Object.assign(standIn, {
    slackUrl: (replica: string) => `http://127.0.0.1:${port}/${replica}/api/`,
    teamsUrl: (replica: string) => `http://127.0.0.1:${port}/${replica}/teams/`,
    arrivals,
    counts,
    throttled,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

interface Call {
  replica: string;
  body: string;
  response: ServerResponse;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

/** The SDK sends forms, with objects as JSON in their fields. */
function readArguments(request: IncomingMessage, body: string): Record<string, unknown> {
  if (request.headers['content-type']?.startsWith('application/json'))
    return JSON.parse(body) as Record<string, unknown>;
  return Object.fromEntries(new URLSearchParams(body));
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
