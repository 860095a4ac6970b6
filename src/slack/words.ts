import type { Dispatch } from '../core/adapter.ts';
import { type Language, type Messages, messagesFor } from '../core/messages.ts';
import { plain, type Reply, type RichText, say } from '../core/view.ts';

export type SlackWords = Messages['slack'];

/** Somebody who is to hear something before it is known what the answer is. */
interface Hearer {
  teamId: string;
  userId: string;
}

/** In which language somebody is spoken to. */
export type LanguageOf = (hearer: Hearer) => Language;

export const languageFrom =
  (dispatch: Dispatch): LanguageOf =>
  ({ teamId, userId }) =>
    dispatch.languageOf({ platform: 'slack', workspaceId: teamId, userId });

/** What the adapter itself says. */
export const wordsFor = (language: Language | undefined): SlackWords => messagesFor(language ?? 'en').slack;

/** A sentence of the adapter's own where no action's answer can be had. */
export const warning = (sentence: string): Reply => say(plain(sentence), { tone: 'warning' });

/** A line that goes on where the answer will follow. */
export const line = (sentence: string | RichText): Reply =>
  say(typeof sentence === 'string' ? plain(sentence) : sentence);
