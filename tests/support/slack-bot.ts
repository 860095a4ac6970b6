import { createServer } from 'node:http';
import type { Invocation } from '../../src/core/action.ts';
import type { Answer, ChatAdapter, Dispatch } from '../../src/core/adapter.ts';
import type { Language } from '../../src/core/messages.ts';
import type { Log } from '../../src/core/ports.ts';
import { plain, say } from '../../src/core/view.ts';
import { createSlackAdapter, type SlackAdapterOptions } from '../../src/slack/app.ts';
import { attachments } from './attachments.ts';
import type { SlackApi } from './slack-api.ts';
import { SIGNING_SECRET, type SignedRequest } from './slack-requests.ts';

interface LogEntry {
  level: keyof Log;
  fields: object;
  message: string;
}

/** The Slack adapter on a real server, with a dispatch that a test decides. */
export interface SlackBot {
  adapter: ChatAdapter;
  invocations: Invocation[];
  uninstalled: string[];
  send(request: SignedRequest): Promise<{ status: number; body: unknown }>;
  answer(dispatch: (invocation: Invocation) => Promise<Answer>, options?: { opensForm: boolean }): void;
  /** In which language everybody is spoken to from now on. */
  speaks(language: Language): void;
  findFails(error: Error | undefined): void;
  /** How long finding the workspace takes from now on. */
  findTakes(ms: number): void;
  logged(level: keyof Log): LogEntry[];
  close(): Promise<void>;
}

/** Installed in the workspace T1. Without another answer it says hello. */
export async function startSlackBot(
  api: SlackApi,
  options: Partial<
    Pick<SlackAdapterOptions, 'apiTimeoutMs' | 'appToken' | 'cardThreads' | 'homes' | 'pictures' | 'files'>
  > = {},
): Promise<SlackBot> {
  const invocations: Invocation[] = [];
  const uninstalled: string[] = [];
  const entries: LogEntry[] = [];
  let ids = 0;
  let failure: Error | undefined;
  let findMs = 0;
  let opensForm = false;
  let language: Language = 'en';
  let answer = async (_invocation: Invocation): Promise<Answer> => ({
    reply: say(plain('Hello Wes')),
    repeated: false,
  });

  const log = (level: keyof Log) => (fields: object, message: string) =>
    void entries.push({ level, fields, message });
  const dispatch: Dispatch = Object.assign(
    (invocation: Invocation) => {
      invocations.push(invocation);
      return answer(invocation);
    },
    { opensForm: () => opensForm, understands: () => true, languageOf: () => language },
  );
  const adapter = createSlackAdapter({
    dispatch,
    workspaces: {
      async find(platform, externalId) {
        if (findMs > 0) await new Promise((resolve) => setTimeout(resolve, findMs));
        if (failure) throw failure;
        if (externalId !== 'T1') return undefined;
        return {
          id: 'w1',
          externalId,
          organizationId: 'o1',
          platform,
          botToken: 'xoxb-T1',
          botUserId: 'UBOT',
        };
      },
      uninstalled: async (_platform, externalId) => void uninstalled.push(externalId),
    },
    log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    clock: () => new Date(),
    newId: () => `ID-${++ids}`,
    ...attachments(),
    signingSecret: SIGNING_SECRET,
    apiUrl: api.url,
    ...options,
  });
  const server = createServer((request, response) => void adapter.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The bot has no port');
  const url = `http://127.0.0.1:${address.port}/slack/events`;

  return {
    adapter,
    invocations,
    uninstalled,
    async send({ body, headers }) {
      const response = await fetch(url, { method: 'POST', body, headers });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    },
    answer(next, more = { opensForm: false }) {
      answer = next;
      opensForm = more.opensForm;
    },
    speaks(next) {
      language = next;
    },
    findFails(error) {
      failure = error;
    },
    findTakes(ms) {
      findMs = ms;
    },
    logged: (level) => entries.filter((entry) => entry.level === level),
    async close() {
      await adapter.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
