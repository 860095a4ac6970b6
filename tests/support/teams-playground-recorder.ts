import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity, CardElement } from './teams-playground-cards.ts';

/** A message that the bot has sent, as it stands now. */
export interface TeamsMessage {
  id: string;
  /** With the thread, in a channel. */
  conversationId: string;
  activity: Activity;
  /** How often it was replaced. */
  updates: number;
}

/** The playground can't be asked for its messages: they are read on their way to it. */
export interface Recorder {
  origin: string;
  /** Set before the first request. */
  forwardTo(origin: string): void;
  /** What stands in a conversation and its threads, oldest first. */
  messages(conversationId: string): TeamsMessage[];
  /** A button's answer puts another card into its message. */
  replaceCard(message: TeamsMessage, card: CardElement): void;
  stop(): Promise<void>;
}

export async function startRecorder(): Promise<Recorder> {
  const sent: TeamsMessage[] = [];
  let target = '';
  const server = createServer((request, response) => {
    void forward(target, request, response)
      .then((exchange) => record(sent, exchange))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    forwardTo: (origin) => {
      target = origin;
    },
    messages: (id) =>
      sent.filter(({ conversationId }) => withoutThread(conversationId) === withoutThread(id)),
    replaceCard: (message, content) => {
      message.activity = {
        ...message.activity,
        attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
      };
      message.updates++;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const withoutThread = (conversationId: string): string => conversationId.replace(/;messageid=.*$/, '');

interface Exchange {
  method: string;
  path: string;
  activity: Activity & { activity?: Activity };
  status: number;
  answer: { id?: string; activityId?: string };
}

async function forward(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Exchange> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const method = request.method ?? 'GET';
  const path = request.url ?? '/';
  const answered = await fetch(`${target}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body.length > 0 ? { body } : {}),
  });
  const text = await answered.text();
  const type = answered.headers.get('content-type');
  const exchange = {
    method,
    path,
    activity: json(body.toString()),
    status: answered.status,
    answer: json(text),
  } as Exchange;
  response.writeHead(answered.status, type ? { 'content-type': type } : {}).end(text);
  return exchange;
}

function record(sent: TeamsMessage[], { method, path, activity, status, answer }: Exchange): void {
  if (status >= 300) return;
  const [, conversation, messageId] =
    path.match(/\/v3\/conversations\/([^/?]+)\/activities(?:\/([^/?]+))?/) ?? [];
  if (!conversation) {
    // A conversation that is opened with its first message.
    if (activity.activity && answer.id && answer.activityId)
      add(sent, { conversationId: answer.id, id: answer.activityId, activity: activity.activity });
    return;
  }
  const conversationId = decodeURIComponent(conversation);
  if (method === 'POST' && answer.id) add(sent, { conversationId, id: answer.id, activity });
  if (method === 'PUT') {
    const message = sent.find(({ id }) => id === messageId);
    if (message) Object.assign(message, { activity, updates: message.updates + 1 });
  }
}

function add(sent: TeamsMessage[], message: Omit<TeamsMessage, 'updates'>): void {
  if (message.activity.type === 'message') sent.push({ ...message, updates: 0 });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
