import { createServer } from 'node:http';
import type { Invocation } from '../../src/core/action.ts';
import type { Answer, ChatAdapter, Dispatch } from '../../src/core/adapter.ts';
import { languageOf } from '../../src/core/messages.ts';
import type { Log } from '../../src/core/ports.ts';
import { plain, type Reply, say } from '../../src/core/view.ts';
import { createTeamsAdapter, type TeamsAdapterOptions } from '../../src/teams/bot.ts';
import { attachments } from './attachments.ts';
import { APP_ID, close, type Identity, ISSUER, listen, startIdentity } from './teams-auth.ts';
import { type ConnectorServer, startConnector } from './teams-connector.ts';

export interface Logged {
  level: string;
  message: string;
  fields: object;
}

export interface Response {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  body: any;
  text: string;
  tookMs: number;
}

/** The real adapter behind a real HTTP server, between a stand-in identity platform and connector. */
export interface TestBot {
  adapter: ChatAdapter;
  connector: ConnectorServer;
  identity: Identity;
  invocations: Invocation[];
  logged: Logged[];
  /** What the pipeline answers from now on; errors and delays are the function's own. */
  answer(next: (invocation: Invocation) => Answer | Promise<Answer>): void;
  /** What the pipeline says of requests beforehand; nothing opens a form, and all is understood, until told. */
  lookAhead(given: Pick<Dispatch, 'opensForm' | 'understands'>): void;
  /** Posts as Teams does, with a token for the activity's own service URL. */
  post(activity: Record<string, unknown>): Promise<Response>;
  /** Posts anything, with any header. */
  raw(body: string, authorization?: string): Promise<Response>;
  /** The claims of a good token. */
  claims(): Record<string, string>;
  close(): Promise<void>;
}

export const answered = (reply: Reply, repeated = false): Answer => ({ reply, repeated });
export const saying = (words: string): Answer => answered(say(plain(words)));

export async function startBot(options: Partial<TeamsAdapterOptions> = {}): Promise<TestBot> {
  const [identity, connector] = await Promise.all([startIdentity(), startConnector()]);
  const invocations: Invocation[] = [];
  const logged: Logged[] = [];
  let next: (invocation: Invocation) => Answer | Promise<Answer> = () => saying('ok');
  let ahead: Pick<Dispatch, 'opensForm' | 'understands'> = {
    opensForm: () => false,
    understands: () => true,
  };
  const dispatch: Dispatch = Object.assign(
    async (invocation: Invocation) => {
      invocations.push(invocation);
      return next(invocation);
    },
    {
      opensForm: (asked: Pick<Invocation, 'request'>) => ahead.opensForm(asked),
      understands: (asked: Pick<Invocation, 'request' | 'place'>) => ahead.understands(asked),
      languageOf: ({ locale = 'en' }: { locale?: string }) => languageOf(locale),
    },
  );
  let ids = 0;
  const adapter = createTeamsAdapter({
    dispatch,
    ...attachments(),
    workspaces: { find: async () => undefined, uninstalled: async () => {} },
    cardThreads: { isCard: async () => false, revive: async () => undefined },
    conversations: { renamed: async () => {}, ended: async () => {}, left: async () => {} },
    log: logTo(logged),
    clock: () => new Date(),
    newId: () => `id-${++ids}`,
    credentials: { appId: APP_ID, appPassword: 'secret', appType: 'MultiTenant' },
    openId: { metadataUrl: identity.metadataUrl, issuer: ISSUER, accessToken: async () => 'bot-token' },
    serviceUrls: [new URL(connector.serviceUrl).origin],
    apiTimeoutMs: 1_000,
    ...options,
  });
  const server = createServer((request, response) => void adapter.handle(request, response));
  const url = await listen(server);
  const claims = () => ({ iss: ISSUER, aud: APP_ID, serviceurl: connector.serviceUrl });

  async function raw(body: string, authorization?: string): Promise<Response> {
    const started = performance.now();
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body,
    });
    const text = await response.text();
    const tookMs = performance.now() - started;
    return { status: response.status, text, body: text ? JSON.parse(text) : undefined, tookMs };
  }

  return {
    adapter,
    connector,
    identity,
    invocations,
    logged,
    raw,
    claims,
    answer(given) {
      next = given;
    },
    lookAhead(given) {
      ahead = given;
    },
    async post(activity) {
      const { serviceUrl } = activity;
      const vouched = typeof serviceUrl === 'string' ? { ...claims(), serviceurl: serviceUrl } : claims();
      return raw(JSON.stringify(activity), await identity.bearer(vouched));
    },
    async close() {
      await Promise.all([close(server), connector.close(), identity.close()]);
    },
  };
}

function logTo(logged: Logged[]): Log {
  const at = (level: string) => (fields: object, message: string) => {
    logged.push({ level, fields, message });
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
