import { type Button, plain } from '../core/view.ts';
import { buttonData } from './card-data.ts';
import { cutText, type Element, textElement } from './rich-text.ts';

/** A card's action set shows six; the rest of a longer one would be dropped in silence. */
const BUTTONS_A_ROW = 6;
/** Longer titles are cut by phones, in characters. */
const LABEL_LIMIT = 40;
/** A button whose data is larger would alone endanger the card, in bytes. */
const DATA_LIMIT = 4_000;

/** Gives each button of one drawing of a card its own nonce: the n-th button of card `nonce`. */
export type NonceOf = () => string;

export function nonces(nonce: string): NonceOf {
  let count = 0;
  return () => `${nonce}.${count++}`;
}

/** Action sets of at most six each; a button that can't be carried is named in words. */
export function buttonRows(buttons: readonly Button[], nonceOf: NonceOf): Element[] {
  const drawn = buttons.map((button) => ({ button, action: action(button, nonceOf()) }));
  const fitting = drawn.filter(({ action }) => Buffer.byteLength(JSON.stringify(action)) <= DATA_LIMIT);
  const rows: Element[] = [];
  for (let from = 0; from < fitting.length; from += BUTTONS_A_ROW) {
    const actions = fitting.slice(from, from + BUTTONS_A_ROW).map(({ action }) => action);
    rows.push({ type: 'ActionSet', actions });
  }
  const missing = drawn.length - fitting.length;
  if (missing > 0)
    rows.push(note(missing === 1 ? 'One button does not fit here.' : `${missing} buttons do not fit here.`));
  return rows;
}

/** Small print of our own words. */
export const note = (words: string): Element => ({
  type: 'TextBlock',
  text: words,
  wrap: true,
  isSubtle: true,
  size: 'Small',
});

function action(button: Button, nonce: string): Element {
  const execute = {
    ...executeAction(button, nonce),
    title: titleOf(button),
    ...tone(button),
  };
  return button.confirm === undefined ? execute : confirmed(button, button.confirm, execute);
}

function executeAction({ intent }: Button, nonce: string): Element {
  return { type: 'Action.Execute', verb: intent.action, data: buttonData(intent, nonce) };
}

/** Never empty: a button without words can't be told from the next. */
const titleOf = ({ label }: Button): string => cutText(label, LABEL_LIMIT).trim() || '–';

const tones = { primary: { style: 'positive' }, danger: { style: 'destructive' } } as const;

const tone = (button: Button): Element => (button.tone ? tones[button.tone] : {});

/** Teams has no confirmation of its own: the button unfolds the question, and the second press sends the intent. */
function confirmed(button: Button, question: string, execute: Element): Element {
  return {
    type: 'Action.ShowCard',
    title: titleOf(button),
    ...tone(button),
    card: {
      type: 'AdaptiveCard',
      body: [textElement(plain(cutText(question, 300)))],
      actions: [{ ...execute, title: 'Yes, go ahead' }],
    },
  };
}
