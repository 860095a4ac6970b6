import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type DemoUser, demoPeople } from '../../prisma/seed/people.ts';
import {
  type LocalSlackOptions,
  slackDmId,
  slackUserId,
  slackWorkspace,
  startLocalSlack,
} from '../../scripts/lib/local-slack.ts';
import { dataFolder } from '../../scripts/lib/paths.ts';
import { freePort } from '../../scripts/lib/ports.ts';
import { type Block, buttonsOf, type ModalView, type SlackMessage, textOf } from './local-slack-blocks.ts';
import { type FormInput, stateOf } from './local-slack-forms.ts';
import { type Page, watchPage } from './local-slack-page.ts';
import { until } from './until.ts';

export type { Block, SlackMessage } from './local-slack-blocks.ts';
export type Channel = keyof typeof slackWorkspace.channels | { dm: DemoUser };

/**
 * A Slack with the people of Harbor Works in it, and what they do there. What differs from Slack, as of 0.1.8:
 * - It checks neither tokens nor blocks, and retries nothing. A command's answer is awaited, however long it takes.
 * - An answer to a command without `response_type` is seen by all; in Slack it is ephemeral. A plain string is dropped.
 * - `attachments` are dropped from answers and from `chat.update`.
 * - It lists ephemeral messages with all others, with `ephemeral_to`, and calls their clicks `is_ephemeral: false`.
 * - There is one stack of modals for everybody. A prefilled value that nobody touched comes back as null:
 *   `submit` sends it, as Slack does.
 * - A click in App Home names neither the view nor its private_metadata, and an empty channel.
 * - In Socket Mode each envelope goes to every connection of the app; Slack picks one.
 * - An app_mention comes as a message event too, like in Slack.
 */
export interface SlackDriver {
  url: string;
  /** Settings with which the bot serves this Slack. */
  env: Record<string, string>;
  teamId: string;
  userId(user: DemoUser): string;
  channelId(channel: Channel): string;
  /** Types `/task <text>`; resolves when the bot has answered the request. `<@wes>` in it mentions Wes. */
  command(user: DemoUser, text: string, channel?: Channel): Promise<void>;
  /** Writes a message; `<@crewline>` in it mentions the bot. */
  say(user: DemoUser, text: string, options?: { channel?: Channel; thread?: string }): Promise<SlackMessage>;
  /** Presses the button with this label on a message. */
  click(user: DemoUser, message: SlackMessage, label: string): Promise<void>;
  react(user: DemoUser, message: SlackMessage, emoji: string): Promise<void>;
  edit(user: DemoUser, message: SlackMessage, text: string): Promise<void>;
  erase(user: DemoUser, message: SlackMessage): Promise<void>;
  /** Everything in a channel that everyone sees, oldest first. */
  messages(channel: Channel): Promise<SlackMessage[]>;
  /** What only this user sees there. */
  ephemeral(user: DemoUser, channel: Channel): Promise<SlackMessage[]>;
  /** Waits for the newest message whose visible text contains these words; `only` means one that just they see. */
  seen(words: string, where: { channel: Channel; only?: DemoUser }): Promise<SlackMessage>;
  /** Waits for a modal with this title. */
  modal(title: string): Promise<ModalView>;
  /** Submits the open modal; fields are named by their labels. Resolves when the bot has answered. */
  submit(user: DemoUser, values: Record<string, FormInput>): Promise<SubmitResult>;
  /** Opens the app's home and waits for what the bot publishes. */
  home(user: DemoUser): Promise<Block[]>;
  stop(): Promise<void>;
}

/** closed: taken. errors: by block id. open: the bot shows another view. */
export type SubmitResult = { closed: true } | { errors: Record<string, string> } | { open: ModalView };

/** Starts a local Slack on a free port that sends everything to the bot at this address. */
export async function startSlackDriver(options: {
  /** The bot's base address: http://127.0.0.1:<port> */
  botUrl: string;
  mode?: LocalSlackOptions['mode'];
}): Promise<SlackDriver> {
  const folder = path.join(dataFolder, 'test', `local-slack-${randomUUID()}`);
  const slack = await startLocalSlack({
    folder,
    port: await freePort(),
    requestUrl: `${options.botUrl}/slack/events`,
    mode: options.mode ?? 'events',
  });
  const page = await watchPage(slack.url);
  return {
    ...drive(slack.url, page),
    env: slack.env,
    stop: async () => {
      page.close();
      await slack.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function drive(url: string, page: Page): Omit<SlackDriver, 'env' | 'stop'> {
  const control = async (action: string, body: object): Promise<Record<string, unknown>> => {
    const response = await fetch(`${url}/_control/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${action}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };

  const everything = async (channel: Channel): Promise<SlackMessage[]> => {
    const response = await fetch(`${url}/_control/messages/${channelId(channel)}`);
    return ((await response.json()) as { messages: SlackMessage[] }).messages;
  };

  const messages = async (channel: Channel) =>
    (await everything(channel)).filter((message) => message.subtype !== 'ephemeral');

  const ephemeral = async (user: DemoUser, channel: Channel) =>
    (await everything(channel)).filter((message) => message.ephemeral_to === slackUserId(user));

  return {
    url,
    teamId: slackWorkspace.teamId,
    userId: slackUserId,
    channelId,
    messages,
    ephemeral,
    async command(user, text, channel = 'dock') {
      const where = { channel: channelId(channel), user: slackUserId(user) };
      await control('command', { ...where, command: '/task', text: withMentions(text) });
    },
    async say(user, text, { channel = 'dock', thread } = {}) {
      const { message } = await control('message', {
        channel: channelId(channel),
        user: slackUserId(user),
        text: withMentions(text.replaceAll('<@crewline>', `<@${slackWorkspace.botUserId}>`)),
        ...(thread ? { thread_ts: thread } : {}),
      });
      return message as SlackMessage;
    },
    async click(user, { channel, ts, blocks }, label) {
      const buttons = buttonsOf(blocks ?? []);
      const action = buttons.find(({ text }) => text.text === label);
      if (!action) {
        throw new Error(`No button "${label}" but: ${buttons.map(({ text }) => text.text).join(', ')}`);
      }
      await control('interact', { channel, messageTs: ts, user: slackUserId(user), action });
    },
    async react(user, { channel, ts }, emoji) {
      await control('reaction', { channel, ts, user: slackUserId(user), name: emoji });
    },
    async edit(user, { channel, ts }, text) {
      await control('edit-message', { channel, ts, user: slackUserId(user), text });
    },
    async erase(user, { channel, ts }) {
      await control('delete-message', { channel, ts, user: slackUserId(user) });
    },
    seen(words, { channel, only }) {
      const list = () => (only ? ephemeral(only, channel) : messages(channel));
      return until(
        `"${words}" in ${channelId(channel)}`,
        async () => (await list()).findLast((message) => textOf(message).includes(words)),
        async () => (await list()).map(textOf),
      );
    },
    modal(title) {
      const shown = () => page.modal();
      return until(
        `a form called "${title}"`,
        () => (shown()?.title.text === title ? shown() : undefined),
        shown,
      );
    },
    async submit(user, values) {
      const view = page.modal();
      if (!view) throw new Error('No form is open.');
      const answered = page.nextAnswer();
      page.send({ t: 'view_submit', user: slackUserId(user), values: stateOf(view.blocks, values) });
      const answer = await answered;
      if ('errors' in answer) return { errors: answer.errors };
      return answer.top ? { open: answer.top } : { closed: true };
    },
    async home(user) {
      const before = page.home(slackUserId(user));
      await control('open-home', { user: slackUserId(user) });
      const view = await until(`the home of ${user}`, () => {
        const now = page.home(slackUserId(user));
        return now === before ? undefined : now;
      });
      return view.blocks;
    },
  };
}

/** Mentions as Slack escapes them: people's words have user names only. */
function withMentions(text: string): string {
  const byName = (token: string, name: string): string => {
    const person = demoPeople.find(({ user }) => user === name);
    return person ? `<@${slackUserId(person.user)}|${name}>` : token;
  };
  return text.replace(/<@(\w+)>/g, byName);
}

function channelId(channel: Channel): string {
  return typeof channel === 'string' ? slackWorkspace.channels[channel] : slackDmId(channel.dm);
}
