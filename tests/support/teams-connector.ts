import { createServer } from 'node:http';
import { demoPeople } from '../../prisma/seed/people.ts';
import { close, listen } from './teams-auth.ts';

export interface ConnectorCall {
  method: string;
  path: string;
  authorization: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was sent
  body: any;
}

/** A team's first channel has its id, and no name. */
const TEAM = '19:team@thread.tacv2';
const DOCK = '19:dock@thread.tacv2';

type Behaviour =
  | { status: number; code?: string; retryAfter?: string; times?: number }
  | { delayMs: number }
  | 'never';

/** Stands in for the Bot Connector: keeps what was sent, and refuses or dawdles as it is told. */
export interface ConnectorServer {
  serviceUrl: string;
  calls: ConnectorCall[];
  /** Calls that bear a message, in the order in which they came. */
  messages(): ConnectorCall[];
  behave(behaviour: Behaviour | undefined, method?: string): void;
  /** What the roster says of a member besides the usual. */
  member(more: object): void;
  /** Resolves once so many messages have come. */
  received(count: number): Promise<ConnectorCall[]>;
  close(): Promise<void>;
}

export async function startConnector(): Promise<ConnectorServer> {
  const calls: ConnectorCall[] = [];
  let behaviour: Behaviour | undefined;
  let only: string | undefined;
  let ids = 0;
  let told: object = {};

  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = text === '' ? undefined : JSON.parse(text);
    const { method = '', url = '' } = request;
    calls.push({ method, path: decodeURIComponent(url), authorization: request.headers.authorization, body });
    const now = only === undefined || only === method ? behaviour : undefined;
    if (now === 'never') return;
    if (now && 'delayMs' in now) await new Promise((resolve) => setTimeout(resolve, now.delayMs));
    response.setHeader('content-type', 'application/json');
    if (now && 'status' in now && (now.times ?? 1) > 0) {
      if (now.times !== undefined) now.times -= 1;
      if (now.retryAfter) response.setHeader('retry-after', now.retryAfter);
      response
        .writeHead(now.status)
        .end(JSON.stringify({ error: { code: now.code ?? 'Error', message: 'no' } }));
      return;
    }
    response.end(JSON.stringify(answer(url)));
  });

  function answer(url: string): object {
    if (url.endsWith('/v3/conversations')) return { id: 'a:personal-chat' };
    if (url.includes('/v3/teams/')) return { conversations: [{ id: TEAM }, { id: DOCK, name: 'dock' }] };
    if (url.includes('/members/')) return { ...memberOf(url), ...told };
    ids += 1;
    return { id: `activity-${ids}` };
  }

  /** `29:maya` is Maya of Harbor Works; everybody else is a Wes. */
  function memberOf(url: string): object {
    const id = decodeURIComponent(url.split('/').at(-1) ?? '');
    const person = demoPeople.find(({ user }) => user !== 'wes' && id === `29:${user}`);
    return { id, name: person?.name ?? 'Wes Vance', email: person?.email ?? 'wes@harbor.example' };
  }

  const origin = await listen(server);
  const messages = () => calls.filter((call) => call.body?.type === 'message');
  return {
    serviceUrl: `${origin}/teams/`,
    calls,
    messages,
    behave(next, method) {
      behaviour = next;
      only = method;
    },
    member(more) {
      told = more;
    },
    async received(count) {
      for (let waited = 0; messages().length < count && waited < 8_000; waited += 10) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return messages();
    },
    close: () => close(server),
  };
}
