import type { ChatAdapter, Dispatch } from '../core/adapter.ts';
import type { Files } from '../core/files.ts';
import type { Pictures } from '../core/pictures.ts';
import type { CardThreads, Clock, Log, NewId, OpenHomes, Workspaces } from '../core/ports.ts';
import { createAsk } from './ask.ts';
import { createBackground } from './background.ts';
import { SlackApp } from './bolt-app.ts';
import { type Clients, createClients } from './clients.ts';
import { createFileSender } from './files.ts';
import { createHttpHandler, type HandleHttp } from './http.ts';
import type { AskProfile } from './invocations.ts';
import { slackLogger } from './log.ts';
import { createSlackMessenger } from './messenger.ts';
import { onButton } from './on-button.ts';
import { onCommand } from './on-command.ts';
import { type EventTools, onEvent } from './on-event.ts';
import { onShortcut } from './on-shortcut.ts';
import { onSubmission } from './on-submission.ts';
import { onSuggestion } from './on-suggestion.ts';
import { createFormOpener } from './open-form.ts';
import { fetchProfile } from './profile.ts';
import { createHomePublisher } from './publish-home.ts';
import { createMessageReader } from './read-message.ts';
import { createHttpReceiver, createSocketReceiver, together } from './receivers.ts';
import { createRender } from './render.ts';
import { createRespond } from './respond.ts';
import { stayConnected } from './stay-connected.ts';
import { answersInWords, withTimesInWords } from './times-in-words.ts';
import { createUserGroups } from './user-groups.ts';
import { languageFrom } from './words.ts';

export interface SlackAdapterOptions {
  dispatch: Dispatch;
  workspaces: Workspaces;
  pictures: Pictures;
  files: Files;
  /** Without it, replies in the threads of cards are not heard. */
  cardThreads?: CardThreads;
  /** Without it, pages stay as they were opened until they are opened again. */
  homes?: Pick<OpenHomes, 'shown'>;
  /** Put on a message, it asks whether that is to be a task. Its name without colons; pushpin if left out. */
  taskEmoji?: string;
  log: Log;
  clock: Clock;
  newId: NewId;
  /** Takes requests by HTTP. */
  signingSecret?: string;
  /** Takes requests by Socket Mode, also or instead. */
  appToken?: string;
  /** Of a local Slack: http://localhost:3000/api/ */
  apiUrl?: string;
  /** false for a local Slack that shows date tokens as they are: times are then words in the asker's zone. */
  dateTokens?: boolean;
  /** How long a call to Slack may take, in ms. Where a person waits it is at most 1,200. */
  apiTimeoutMs?: number;
}

const API_TIMEOUT_MS = 5_000;
const noThreads: CardThreads = { isCard: async () => false, revive: async () => undefined };

/** Slack: requests by HTTP (POST /slack/events) or Socket Mode, through Bolt. Throws without signing secret and app token. */
export function createSlackAdapter(options: SlackAdapterOptions): ChatAdapter {
  const { log, clock, workspaces, signingSecret, appToken, apiUrl } = options;
  if (!signingSecret && !appToken)
    throw new Error('Slack needs a signing secret (HTTP) or an app token (Socket Mode)');
  const timeoutMs = options.apiTimeoutMs ?? API_TIMEOUT_MS;
  const clients = createClients({ workspaces, log, apiUrl, apiTimeoutMs: timeoutMs });
  const inWords = options.dateTokens === false;
  const files = createFileSender({ ...options, clients, timeoutMs });
  const plain = createSlackMessenger({ clients, files, clock });
  const messenger = inWords ? withTimesInWords(plain) : plain;
  const dispatch = inWords ? answersInWords(options.dispatch) : options.dispatch;
  const background = createBackground(log);
  const languageOf = languageFrom(dispatch);
  const respond = createRespond({ clients, messenger, workspaces, homes: options.homes, log, timeoutMs });
  const askProfile: AskProfile = (user) => fetchProfile({ clients, log }, user);
  const tools = {
    dispatch,
    ask: createAsk({
      ...options,
      dispatch,
      background,
      files,
      userGroups: createUserGroups({ clients, clock, log }),
    }),
    askProfile,
    forms: createFormOpener({ clients, respond, background, languageOf, log }),
    respond,
    render: createRender(),
    background,
    languageOf,
    messages: createMessageReader({ clients, askProfile, log }),
    cardThreads: options.cardThreads ?? noThreads,
    taskEmoji: options.taskEmoji ?? 'pushpin',
    clients,
    workspaces,
  };

  const http = createHttpReceiver(log);
  const socket = appToken ? createSocketReceiver({ appToken, apiUrl, log }) : undefined;
  const connection = socket && stayConnected(socket, log);
  const app = new SlackApp({
    receiver: together(socket ? [http, socket] : [http]),
    // Looks nothing up: the workspace is found inside the answer's deadline, and unknown ones are answered in words.
    authorize: async () => ({}),
    // Bolt's extras that nothing here reads: each is work on every request.
    convoStore: false,
    ignoreSelf: false,
    attachFunctionToken: false,
    logger: slackLogger(log),
  });
  listen(app, tools);

  const handleHttp = signingSecret
    ? createHttpHandler({ receiver: http, signingSecret, clock, log })
    : undefined;
  const handle = untilStopped(handleHttp);
  return {
    platform: 'slack',
    messenger,
    home: createHomePublisher({ clients, inWords }),
    handle: handle.http,
    start: async () => {
      await connection?.start();
    },
    stop: async () => {
      handle.stop();
      await connection?.stop();
      await handle.finished();
      await background.finished();
    },
  };
}

/** One listener for each kind of request; all of them run on each request, so there are no more than these. */
function listen(app: SlackApp, tools: EventTools & { clients: Clients }): void {
  const any = /.*/s;
  app.command(any, async ({ body, ack }) => {
    await ack(await onCommand(tools, body));
  });
  app.action({ type: 'block_actions' }, async ({ body, ack }) => {
    await onButton(tools, body, () => ack());
  });
  app.shortcut(any, async ({ body, ack }) => {
    await onShortcut(tools, body, () => ack());
  });
  app.view({ type: 'view_submission' }, async ({ body, ack }) => {
    await ack(await onSubmission(tools, body));
  });
  app.options<'block_suggestion'>({ type: 'block_suggestion' }, async ({ body, ack }) => {
    await ack(await onSuggestion(tools, body));
  });
  app.event(any, async ({ body, context }) => {
    await onEvent(tools, body, context.retryNum);
  });
}

/** Requests of a stopped adapter are sent elsewhere with 503; those that run can be waited for. */
function untilStopped(handle: HandleHttp | undefined) {
  const running = new Set<Promise<void>>();
  let stopped = false;
  return {
    http: async (...[request, response]: Parameters<HandleHttp>): Promise<void> => {
      if (stopped || !handle) {
        response.writeHead(stopped ? 503 : 404, { connection: 'close' }).end();
        return;
      }
      const work = handle(request, response);
      running.add(work);
      await work.finally(() => running.delete(work));
    },
    stop: () => {
      stopped = true;
    },
    finished: async () => {
      await Promise.allSettled(running);
    },
  };
}
