import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type DemoUser, demoPeople } from '../../prisma/seed/people.ts';
import { dataFolder } from '../../scripts/lib/paths.ts';
import { freePort } from '../../scripts/lib/ports.ts';
import { startTeamsPlayground, teamsTenant, teamsUserId } from '../../scripts/lib/teams-playground.ts';
import { type Activity, buttonsOf, inputsOf, wordsOf } from './teams-playground-cards.ts';
import { type Body, createPeople, type InvokeAnswer, type People } from './teams-playground-people.ts';
import {
  type Recorder,
  startRecorder,
  type TeamsMessage,
  withoutThread,
} from './teams-playground-recorder.ts';
import { until } from './until.ts';

export type { InvokeAnswer } from './teams-playground-people.ts';
export type { TeamsMessage } from './teams-playground-recorder.ts';
/** In groups and channels the bot hears only what mentions it; `say` does that. */
export type Place = { personal: DemoUser } | 'group' | 'general' | 'dock';

/**
 * A Teams tenant with six people of Harbor Works, and what they do there. What differs from Teams, as of 0.2.28:
 * - It sends no token and asks for none, and `serviceUrl` is its own.
 * - Only the one in front of the page can act: what others write it delivers as theirs. So others' activities go to
 *   the bot from here, in the playground's own form.
 * - A text and a card in one activity become two messages, answered with 202 and without an id.
 * - Deleting answers 501. Conversation ids that it makes up, for direct messages to the others, end with it (404).
 * - A button's answer takes the place of its card whatever its type is; Teams does that with cards alone, and so
 *   does `press`.
 */
export interface TeamsDriver {
  url: string;
  /** Settings with which the bot serves this tenant. */
  env: Record<string, string>;
  tenantId: string;
  userId(user: DemoUser): string;
  conversationId(place: Place): Promise<string>;
  /** Adds the app in the personal chat of the one in front of the page. */
  install(): Promise<void>;
  /** Writes a message, to the bot; `<@wes>` in it mentions Wes. */
  say(user: DemoUser, text: string, place?: Place): Promise<void>;
  /** Presses the button with this title; inputs are named by their labels. An Action.Submit has no answer. */
  press(
    user: DemoUser,
    message: TeamsMessage,
    title: string,
    inputs?: Record<string, string>,
  ): Promise<InvokeAnswer | undefined>;
  /** What the bot has sent there, oldest first, as it stands now. */
  messages(place: Place): Promise<TeamsMessage[]>;
  /** Waits for the newest message whose visible text contains these words. */
  seen(words: string, place: Place): Promise<TeamsMessage>;
  stop(): Promise<void>;
}

/** Starts a playground on a free port that is bound to the bot at this address. */
export async function startTeamsDriver(options: {
  /** The bot's base address: http://127.0.0.1:<port> */
  botUrl: string;
  currentUser?: DemoUser;
}): Promise<TeamsDriver> {
  const { botUrl, currentUser = 'maya' } = options;
  const folder = path.join(dataFolder, 'test', `teams-playground-${randomUUID()}`);
  const messagesUrl = `${botUrl}/api/messages`;
  const recorder = await startRecorder();
  const serviceUrl = `${recorder.origin}/_connector`;
  const port = await freePort();
  recorder.forwardTo(`http://127.0.0.1:${port}`);
  const playground = await startTeamsPlayground({ folder, port, messagesUrl, currentUser, serviceUrl });
  const people = createPeople({ url: playground.url, messagesUrl, serviceUrl, currentUser });
  return {
    ...drive(people, recorder),
    url: playground.url,
    env: playground.env,
    stop: async () => {
      await playground.stop();
      await recorder.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function drive(people: People, recorder: Recorder): Omit<TeamsDriver, 'url' | 'env' | 'stop'> {
  const conversationId = async (place: Place): Promise<string> => {
    if (typeof place === 'object') return people.personalChat(place.personal);
    return { group: teamsTenant.groupChat, general: teamsTenant.team, dock: teamsTenant.dockChannel }[place];
  };
  const messages = async (place: Place) => recorder.messages(await conversationId(place));

  return {
    tenantId: teamsTenant.tenantId,
    userId: teamsUserId,
    conversationId,
    messages,
    install: people.install,
    async say(user, text, place = { personal: user }) {
      const conversation = await conversationId(place);
      await people.write(user, conversation, spoken(text, { toBot: typeof place === 'string' }));
    },
    async press(user, message, title, inputs = {}) {
      const buttons = buttonsOf(message.activity);
      const button = buttons.find((candidate) => candidate.title === title);
      if (!button) throw new Error(`No button "${title}" but: ${buttons.map((one) => one.title).join(', ')}`);
      const filled = button.associatedInputs === 'auto' ? filledIn(message.activity, inputs) : {};
      const data = { ...button.data, ...filled };
      const where = { conversationId: threadOf(message), messageId: message.id };
      if (button.type === 'Action.Submit') {
        await people.submit(user, where, data);
        return undefined;
      }
      const answer = await people.execute(user, where, { verb: button.verb, data });
      if (answer.card) recorder.replaceCard(message, answer.card);
      return answer;
    },
    seen(words, place) {
      return until(
        `"${words}" in ${JSON.stringify(place)}`,
        async () => (await messages(place)).findLast(({ activity }) => wordsOf(activity).includes(words)),
        async () => (await messages(place)).map(({ activity }) => wordsOf(activity)),
      );
    },
  };
}

/** Text with its mentions, as Teams sends them. */
function spoken(text: string, { toBot }: { toBot: boolean }): Body {
  const mentions: Body['mentions'] = [];
  const mention = (id: string, name: string): string => {
    mentions.push({ mentioned: { id, name }, text: `<at>${name}</at>` });
    return `<at>${name}</at>`;
  };
  const addressed = toBot ? `${mention(teamsTenant.botId, 'Crewline')} ${text}` : text;
  const named = addressed.replace(/<@(\w+)>/g, (token, user: string) => {
    const person = demoPeople.find((candidate) => candidate.user === user);
    return person ? mention(teamsUserId(person.user), person.name) : token;
  });
  return { text: named, textFormat: mentions.length > 0 ? 'xml' : 'plain', mentions };
}

/** What the card's inputs hold: what was typed now, else what stood in them. */
function filledIn(activity: Activity, typed: Record<string, string>): Record<string, string> {
  const inputs = inputsOf(activity);
  for (const name of Object.keys(typed)) {
    if (!inputs.some(({ label }) => label === name)) {
      throw new Error(`No input "${name}" but: ${inputs.map(({ label }) => label).join(', ')}`);
    }
  }
  const values = inputs.map(({ id, label, value }) => [id, typed[label] ?? value] as const);
  return Object.fromEntries(values.flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])));
}

/** A click in a channel comes from the thread that its message began, or stands in. */
function threadOf({ id, conversationId }: TeamsMessage): string {
  const channels: string[] = [teamsTenant.team, teamsTenant.dockChannel];
  const isChannel = channels.includes(withoutThread(conversationId));
  return isChannel && !conversationId.includes(';') ? `${conversationId};messageid=${id}` : conversationId;
}
