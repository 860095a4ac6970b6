import type { types } from '@slack/bolt';
import { type Button, plain } from '../core/view.ts';
import { encodeIntent } from './intent.ts';
import { limits } from './limits.ts';
import { plainText, textObject } from './render-text.ts';

/**
 * Rows of buttons, each at most Slack's 25. A button whose intent is too long to be carried (a whole command
 * with a 10,000-character title, say) is named in words instead of being dropped or cut to another meaning.
 */
export function actionsBlocks(buttons: readonly Button[]): types.KnownBlock[] {
  const elements: types.Button[] = [];
  const tooLong: string[] = [];
  for (const button of buttons) {
    const element = buttonElement(button);
    if (element) elements.push(element);
    else tooLong.push(button.label);
  }
  const blocks: types.KnownBlock[] = [];
  for (let start = 0; start < elements.length; start += limits.actionsElements) {
    blocks.push({ type: 'actions', elements: elements.slice(start, start + limits.actionsElements) });
  }
  if (tooLong.length > 0) blocks.push(tooLongNote(tooLong));
  return blocks;
}

/** A button, or undefined when its intent is longer than what a Slack button carries. Its action_id is set with the message's. */
export function buttonElement(button: Button): types.Button | undefined {
  const value = encodeIntent(button.intent);
  if (value.length > limits.buttonValue) return undefined;
  return {
    type: 'button',
    text: plainText(button.label, limits.buttonText),
    value,
    ...(button.tone ? { style: button.tone } : {}),
    ...(button.confirm ? { confirm: confirmDialog(button, button.confirm) } : {}),
  };
}

function confirmDialog(button: Button, question: string): types.ConfirmationDialog {
  return {
    title: plainText('Are you sure?', limits.confirmTitle),
    text: plainText(question, limits.confirmText),
    confirm: plainText(button.label, limits.confirmButton),
    deny: plainText('Cancel', limits.confirmButton),
    ...(button.tone ? { style: button.tone } : {}),
  };
}

function tooLongNote(labels: readonly string[]): types.KnownBlock {
  const text = plain(
    `No button for ${labels.join(', ')}: what it would send is too long. Type the command with fewer words.`,
  );
  return { type: 'context', elements: [textObject(text, limits.contextText)] };
}
