import type { types } from '@slack/bolt';
import { type Button, plain } from '../core/view.ts';
import { encodeIntent } from './intent.ts';
import { limits } from './limits.ts';
import { plainText, textObject } from './render-text.ts';
import type { SlackWords } from './words.ts';

/**
 * Rows of buttons, each at most Slack's 25. A button whose intent is too long to be carried (a whole command
 * with a 10,000-character title, say) is named in words instead of being dropped or cut to another meaning.
 */
export function actionsBlocks(buttons: readonly Button[], words: SlackWords): types.KnownBlock[] {
  const elements: types.Button[] = [];
  const tooLong: string[] = [];
  for (const button of buttons) {
    const element = buttonElement(button, words);
    if (element) elements.push(element);
    else tooLong.push(button.label);
  }
  const blocks: types.KnownBlock[] = [];
  for (let start = 0; start < elements.length; start += limits.actionsElements) {
    blocks.push({ type: 'actions', elements: elements.slice(start, start + limits.actionsElements) });
  }
  if (tooLong.length > 0) blocks.push(tooLongNote(tooLong, words));
  return blocks;
}

/** A button, or undefined when its intent is longer than what a Slack button carries. Its action_id is set with the message's. */
export function buttonElement(button: Button, words: SlackWords): types.Button | undefined {
  const value = encodeIntent(button.intent);
  if (value.length > limits.buttonValue) return undefined;
  return {
    type: 'button',
    text: plainText(button.label, limits.buttonText),
    value,
    ...(button.tone ? { style: button.tone } : {}),
    ...(button.confirm ? { confirm: confirmDialog(button, { question: button.confirm, words }) } : {}),
  };
}

function confirmDialog(
  button: Button,
  { question, words }: { question: string; words: SlackWords },
): types.ConfirmationDialog {
  return {
    title: plainText(words.sure, limits.confirmTitle),
    text: plainText(question, limits.confirmText),
    confirm: plainText(button.label, limits.confirmButton),
    deny: plainText(words.cancel, limits.confirmButton),
    ...(button.tone ? { style: button.tone } : {}),
  };
}

function tooLongNote(labels: readonly string[], words: SlackWords): types.KnownBlock {
  const text = plain(words.noButton(labels.join(', ')));
  return { type: 'context', elements: [textObject(text, limits.contextText)] };
}
