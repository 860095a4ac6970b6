import type { Block, ModalView } from './local-slack-blocks.ts';

interface HomeView {
  blocks: Block[];
}

/** What the bot made of a submitted form: errors, or the modal that is on top now. */
export type Answer = { errors: Record<string, string> } | { top: ModalView | undefined };

/** The local Slack's page without the browser: what it is told over its WebSocket, and what it sends. */
export interface Page {
  modal(): ModalView | undefined;
  home(userId: string): HomeView | undefined;
  /** The next word about modals. */
  nextAnswer(): Promise<Answer>;
  send(message: object): void;
  close(): void;
}

/** As much of the page's messages as tests look at. */
interface PageMessage {
  t: string;
  stack?: ModalView[];
  errors?: Record<string, string>;
  user?: string;
  view?: HomeView;
}

/** Longer than the 5 s for which it waits for a bot in Socket Mode, in ms. */
const ANSWER_WITHIN = 8_000;

export async function watchPage(url: string): Promise<Page> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ui`);
  const homes = new Map<string, HomeView>();
  const waiting: ((answer: Answer) => void)[] = [];
  let modals: ModalView[] = [];

  const answer = (value: Answer) => {
    for (const resolve of waiting.splice(0)) resolve(value);
  };
  const take = (message: PageMessage) => {
    if (message.t === 'view') {
      modals = message.stack ?? [];
      answer({ top: modals.at(-1) });
    } else if (message.t === 'view_errors') {
      answer({ errors: message.errors ?? {} });
    } else if (message.t === 'home' && message.user && message.view) {
      homes.set(message.user, message.view);
    }
  };

  socket.addEventListener('message', ({ data }) => take(JSON.parse(String(data)) as PageMessage));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error(`${url} takes no WebSocket.`)), { once: true });
  });

  return {
    modal: () => modals.at(-1),
    home: (userId) => homes.get(userId),
    nextAnswer: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('The form was not answered.')), ANSWER_WITHIN);
        waiting.push((value) => {
          clearTimeout(timer);
          resolve(value);
        });
      }),
    send: (message) => socket.send(JSON.stringify(message)),
    close: () => socket.close(),
  };
}
