import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Activity } from 'botframework-schema';
import { ANSWER_WITHIN_MS, type ChatAdapter, type Dispatch } from '../core/adapter.ts';
import type { Files } from '../core/files.ts';
import type { Pictures } from '../core/pictures.ts';
import type { CardThreads, Clock, Conversations, Log, NewId, OwnCards, Workspaces } from '../core/ports.ts';
import { timeLeft } from '../core/time-left.ts';
import {
  createAuthentication,
  createTokenCheckFor,
  createVerifier,
  type OpenIdSettings,
  TeamsCloudAdapter,
} from './auth.ts';
import { createConnector } from './connector.ts';
import { connectorHttp } from './connector-http.ts';
import type { Credentials } from './credentials.ts';
import { createDraw } from './draw.ts';
import { createFileOffers } from './files.ts';
import { readJson, respond } from './http.ts';
import { createIllustrate, withPictures } from './illustrate.ts';
import { readActivity, referenceOf } from './incoming.ts';
import { createMessenger } from './messenger.ts';
import { createPeople } from './people.ts';
import { type Ask, safely } from './safely.ts';
import { createSender } from './sender.ts';
import { allowServiceUrls } from './service-urls.ts';
import { runTurn } from './turn.ts';
import { messagesFrom } from './words.ts';

export interface TeamsAdapterOptions {
  dispatch: Dispatch;
  workspaces: Workspaces;
  pictures: Pictures;
  files: Files;
  cardThreads: CardThreads;
  conversations: Conversations;
  /** Without it, everybody sees the same card. */
  ownCards?: OwnCards;
  log: Log;
  clock: Clock;
  newId: NewId;
  /** 'none' switches the JWT check off: for the local playground alone. */
  credentials: Credentials;
  /** Another identity platform than Microsoft's, for tests. */
  openId?: OpenIdSettings;
  /** Service URL origins or hosts that may be called besides Microsoft's; the first origin serves tenants not seen yet. */
  serviceUrls?: readonly string[];
  /** Time-out of each call to Microsoft, in ms. */
  apiTimeoutMs?: number;
}

const API_TIMEOUT_MS = 8_000;
/** Verifying may need Microsoft's signing keys, and the person waits already: the answer has what is left. In ms. */
const VERIFY_WITHIN_MS = 1_500;

/** Microsoft Teams through Bot Framework: takes requests at one HTTP path, and speaks to the Bot Connector. */
export function createTeamsAdapter(options: TeamsAdapterOptions): ChatAdapter {
  const { log, newId, credentials } = options;
  const timeoutMs = options.apiTimeoutMs ?? API_TIMEOUT_MS;
  const allowed = allowServiceUrls(options.serviceUrls);
  const client = { httpClient: connectorHttp(timeoutMs) };
  const authentication = createAuthentication({ credentials, openId: options.openId, timeoutMs, client });
  const cloud = new TeamsCloudAdapter(authentication);
  const appId = credentials === 'none' ? '' : credentials.appId;
  const connector = createConnector({
    ...client,
    allowed,
    createClient: (serviceUrl) => cloud.connectorClient(appId, serviceUrl),
  });
  const home = options.serviceUrls?.find((entry) => entry.includes('://'));
  const people = createPeople({ connector, botId: `28:${appId}`, ...(home ? { serviceUrl: home } : {}) });
  const sender = createSender({ connector, people });
  const draw = createDraw({
    newId,
    press: {
      in: 'message',
      // The playground opens no dialog from a button: there a form is a card in the chat.
      opensDialog: (intent) =>
        credentials !== 'none' && options.dispatch.opensForm({ request: { type: 'intent', ...intent } }),
    },
  });
  const verify = createVerifier({
    authentication,
    checkToken: createTokenCheckFor(options.openId),
    clock: options.clock,
    allowed,
    anonymous: credentials === 'none',
    timeoutMs: Math.min(VERIFY_WITHIN_MS, timeoutMs),
  });
  const running = new Set<Promise<void>>();
  let stopping = false;

  function background(work: Promise<void>): Promise<void> {
    const logged = work
      .catch((error: unknown) =>
        log.error({ code: 'platform_unavailable', err: error }, 'an answer did not reach Teams'),
      )
      .finally(() => running.delete(logged));
    running.add(logged);
    return logged;
  }

  const illustrate = createIllustrate(options);
  const ask = withPictures(safely(options.dispatch, log), illustrate);
  /** A stop waits for an answer whose request was told to be patient. */
  const dispatch: Ask = (invocation) => {
    const answer = ask(invocation);
    void background(answer.then(() => undefined));
    return answer;
  };
  const { workspaces, cardThreads, conversations } = options;
  const { understands } = options.dispatch;
  const messagesOf = messagesFrom(options.dispatch);
  const files = createFileOffers({ ...options, dispatch, sender, draw, timeoutMs });
  const tools = {
    messagesOf,
    ...{ dispatch, understands, sender, connector, people, draw, files, newId, log, background },
    ...{ workspaces, cardThreads, conversations, ownCards: options.ownCards },
  };

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const left = timeLeft(ANSWER_WITHIN_MS);
    if (request.method !== 'POST') return respond(response, 405);
    if (stopping) return respond(response, 503);
    const body = await readJson(request);
    if (!body.ok) return respond(response, body.status);
    const verdict = await verify(body.value, request.headers.authorization ?? '');
    if (!verdict.ok) {
      log.warn({ reason: verdict.reason }, 'refused a request to the Teams end point');
      return respond(response, verdict.status);
    }
    const incoming = readActivity(body.value);
    if (!incoming) return respond(response, 400);
    people.seen(referenceOf(incoming));
    const activity = body.value as Partial<Activity> as Activity;
    const invoked = await cloud.receive(verdict.result, activity, (context) =>
      runTurn({ ...tools, left }, incoming, context),
    );
    respond(response, invoked?.status ?? 200, invoked?.body);
  }

  return {
    platform: 'teams',
    messenger: createMessenger({ connector, people, draw, illustrate }),
    async handle(request, response) {
      try {
        await receive(request, response);
      } catch (error) {
        log.error({ err: error }, 'a request from Teams failed');
        respond(response, 500);
      }
    },
    async start() {},
    async stop() {
      stopping = true;
      // What ends may have begun something: a late answer is sent.
      while (running.size > 0) await Promise.all(running);
    },
  };
}
