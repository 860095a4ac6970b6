import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDeck, type Fate, fates, noTrouble, type Trouble } from './fates.ts';
import { type Limiter, noLimits, publishedLimits } from './limits.ts';

/** One message that arrived. */
export interface Arrival {
  /** The notification's mark, as it stands in the text */
  mark: string;
  workspace: string;
  channel: string;
  /** Which replica sent it: part of its address for the platform */
  replica: string;
  at: number;
  /** Nobody was told that it arrived: it was answered with an error, with nothing, or to a process that had gone. */
  unheard: boolean;
}

export interface Counts {
  /** Refused since they came faster than the published limits allow, by limit */
  tooFast: Map<string, number>;
  /** Came although their workspace had been told to wait */
  beforeRetryAfter: number;
  /** How often each was drawn */
  fates: Record<Fate, number>;
}

export interface StandIn {
  slackUrl(replica: string): string;
  teamsUrl(replica: string): string;
  arrivals: Arrival[];
  counts: Counts;
  /** Messages of a replica that wait for their answer */
  open(replica: string): number;
  meet(trouble: Trouble): void;
  /** Lets nothing of a workspace through: it is told to wait so many s each time. */
  throttled: Map<string, number>;
  close(): Promise<void>;
}

export interface StandInOptions {
  /** How many times the published limits it lets through; 'none': everything */
  limits?: number | 'none';
  /** Requests may have been under way when a workspace was told to wait, for so many ms. */
  graceMs?: number;
  random?: () => number;
  /** Whether it remembers what arrived */
  remembers?: boolean;
}

const SLOW_MS = 1_500;

/** Slack's Web API and Bot Framework's connector on one port: they keep the limits, err as told, and count. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { graceMs = 300, random = Math.random, remembers = true } = options;
  const limits = options.limits === 'none' ? noLimits : publishedLimits(options.limits);
  const arrivals: Arrival[] = [];
  const counts: Counts = {
    tooFast: new Map(),
    beforeRetryAfter: 0,
    fates: Object.fromEntries(fates.map((fate) => [fate, 0])) as Record<Fate, number>,
  };
  const throttled = new Map<string, number>();
  const waiting = new Map<string, { since: number; until: number }>();
  const open = new Map<string, number>();
  let draw = createDeck(noTrouble, random);
  let messages = 0;

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const [, replica = '', platform = '', ...path] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
    if (platform === 'api') return slack({ replica, method: path.join('/'), body, request, response });
    return teams({ replica: String(request.headers['x-replica'] ?? replica), path, body, response });
  }

  async function slack(call: Call & { method: string; request: IncomingMessage }): Promise<void> {
    const { method, body, request, response, replica } = call;
    const args = readArguments(request, body);
    const workspace = (request.headers.authorization ?? '').replace('Bearer xoxb-', '');
    const ok = (more: object): void => json(response, 200, { ok: true, ...more });
    const refuse = (ms: number): void => throttle(response, ms, { ok: false, error: 'ratelimited' });
    switch (method) {
      case 'conversations.open': {
        const wait = held(workspace) || limited('slackOpens', workspace);
        return wait > 0 ? refuse(wait) : ok({ channel: { id: `D-${String(args.users)}` } });
      }
      case 'dnd.info':
        return ok({ dnd_enabled: false });
      case 'chat.postMessage': {
        // To a person: their direct conversation.
        const channel = String(args.channel).replace(/^(?=s\d+-u)/, 'D-');
        const wait =
          held(workspace) ||
          limited('slackChannel', `${workspace} ${channel}`) ||
          limited('slackWorkspace', workspace);
        if (wait > 0) return refuse(wait);
        messages += 1;
        const ts = `${Date.now()}.${messages}`;
        return send({ replica, workspace, channel, body, response }, () => ok({ channel, ts }));
      }
      default:
        return json(response, 200, { ok: false, error: 'unknown_method' });
    }
  }

  async function teams({ replica, path, body, response }: Call & { path: string[] }): Promise<void> {
    const [, , channel = ''] = path;
    const parsed = JSON.parse(body || '{}') as {
      members?: { id: string }[];
      tenantId?: string;
      conversation?: { tenantId?: string };
    };
    const workspace = parsed.conversation?.tenantId ?? parsed.tenantId ?? '';
    const wait =
      held(workspace) || limited('teamsTenant', workspace) || (channel ? limited('teamsChat', channel) : 0);
    if (wait > 0) return throttle(response, wait, { error: { code: 'TooManyRequests' } });
    if (!channel) return json(response, 200, { id: `a:${parsed.members?.[0]?.id ?? ''}` });
    messages += 1;
    const id = `m-${messages}`;
    return send({ replica, workspace, channel, body, response }, () => json(response, 200, { id }));
  }

  function limited(limit: keyof typeof limits, key: string): number {
    const limiter: Limiter = limits[limit];
    const wait = limiter.take(key, Date.now());
    if (wait > 0) counts.tooFast.set(limit, (counts.tooFast.get(limit) ?? 0) + 1);
    return wait;
  }

  /** ms to wait, for a workspace that is throttled whatever it does. */
  function held(workspace: string): number {
    const now = Date.now();
    const told = waiting.get(workspace);
    if (told && now > told.since + graceMs && now < told.until) counts.beforeRetryAfter += 1;
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

  async function send(message: Message, succeed: () => void): Promise<void> {
    const { replica, response } = message;
    open.set(replica, (open.get(replica) ?? 0) + 1);
    response.once('close', () => open.set(replica, (open.get(replica) ?? 1) - 1));
    const fate = draw();
    counts.fates[fate] += 1;
    switch (fate) {
      case 'throttled': {
        const ms = 1_000 + Math.floor(random() * 2) * 1_000;
        tellToWait(message.workspace, ms);
        return throttle(response, ms, { ok: false, error: 'ratelimited' });
      }
      case 'unavailable':
        return json(response, 503, {});
      case 'failed':
        return json(response, 500, {});
      case 'silent':
        return;
      case 'failedAfterSending':
        arrive(message).unheard = true;
        return json(response, 500, {});
      case 'silentAfterSending':
        arrive(message);
        return;
      case 'slow':
        arrive(message);
        await sleep(SLOW_MS);
        return succeed();
      case 'answered':
        arrive(message);
        return succeed();
      default:
        return fate satisfies never;
    }
  }

  function arrive({ replica, workspace, channel, body, response }: Message): Arrival {
    const mark = /mark-[\w-]+/.exec(body)?.[0] ?? '';
    const arrival = { mark, workspace, channel, replica, at: Date.now(), unheard: false };
    if (remembers) arrivals.push(arrival);
    response.once('close', () => {
      if (!response.writableFinished) arrival.unheard = true;
    });
    return arrival;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address && typeof address !== 'string' ? address.port : 0;
  return {
    slackUrl: (replica) => `http://127.0.0.1:${port}/${replica}/api/`,
    teamsUrl: (replica) => `http://127.0.0.1:${port}/${replica}/teams/`,
    arrivals,
    counts,
    open: (replica) => open.get(replica) ?? 0,
    meet(trouble) {
      draw = createDeck(trouble, random);
    },
    throttled,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

interface Call {
  replica: string;
  body: string;
  response: ServerResponse;
}

interface Message extends Call {
  workspace: string;
  channel: string;
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

function throttle(response: ServerResponse, waitMs: number, body: object): void {
  response.setHeader('retry-after', String(Math.max(1, Math.ceil(waitMs / 1_000))));
  json(response, 429, body);
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
