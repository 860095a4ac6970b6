import { type QuotedMessage, quote, taskFromMessage } from '../core/from-message.ts';
import type { Intent } from '../core/view.ts';
import { json, textOf } from './json.ts';
import { plainText } from './message-text.ts';

/** The ids of the manifest's action commands, and what each one asks for. */
const intents: Record<string, (message: QuotedMessage) => Intent> = {
  new_task: () => ({ action: 'add', args: {} }),
  create_task: (message) => ({ action: 'add', args: { ask: 'yes', ...taskFromMessage(message) } }),
  add_to_task: (message) => ({ action: 'add-to-task', args: { body: quote(message) } }),
};

/** What somebody chose in the menu of a message, or beside where they write; undefined for a command of none of ours. */
export function actionCommand(value: unknown): Intent | undefined {
  const { commandId, messagePayload } = json(value);
  return intents[textOf(commandId) ?? '']?.(quotedMessage(messagePayload));
}

/** As people read it, with its address. Source: learn.microsoft.com, "Create and send dialogs". */
function quotedMessage(payload: unknown): QuotedMessage {
  const { body, linkToMessage, subject } = json(payload);
  const { content, contentType } = json(body);
  const said = (textOf(content) ?? '').replace(/<at(?:\s[^<>]*)?>([\s\S]*?)<\/at>/gi, '@$1');
  const text = plainText(said, textOf(contentType));
  const heading = textOf(subject);
  return { text: heading ? `${heading}\n${text}` : text, url: webAddress(linkToMessage) };
}

const webAddress = (value: unknown): string | undefined => {
  const address = textOf(value);
  return address !== undefined && /^https:\/\//i.test(address) ? address : undefined;
};
