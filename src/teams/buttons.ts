import type { Messages } from '../core/messages.ts';
import { type Button, type Intent, plain } from '../core/view.ts';
import { buttonData, dialogData } from './card-data.ts';
import { cutText, type Element, textElement } from './rich-text.ts';

/** A card's action set shows six; the rest of a longer one would be dropped in silence. */
const BUTTONS_A_ROW = 6;
/** Longer titles are cut by phones, in characters. */
const LABEL_LIMIT = 40;
/** A button whose data is larger would alone endanger the card, in bytes. */
const DATA_LIMIT = 4_000;

export type TeamsWords = Messages['teams'];

/** How the buttons of a place are pressed. */
export interface Press {
  /** A dialog takes Action.Submit alone (learn.microsoft.com, "Use dialogs with bots"). */
  in: 'message' | 'dialog';
  /** Whether the answer will be a form, for which a dialog opens at once. */
  opensDialog(intent: Intent): boolean;
}

/** On a message where no dialog can be opened. */
export const pressed: Press = { in: 'message', opensDialog: () => false };
export const pressedInDialog: Press = { in: 'dialog', opensDialog: () => false };

/** One drawing of a card. */
export interface Pen extends Press {
  /** Its own for each button: the n-th of this drawing. */
  nonce(): string;
}

export function penFor(nonce: string, press: Press): Pen {
  let count = 0;
  return { ...press, nonce: () => `${nonce}.${count++}` };
}

/** Action sets of at most six each; a button that can't be carried is named in words. */
export function buttonRows(
  buttons: readonly Button[],
  { pen, words }: { pen: Pen; words: TeamsWords },
): Element[] {
  const drawn = buttons.map((button) => ({ button, action: action(button, { pen, words }) }));
  const fitting = drawn.filter(({ action }) => Buffer.byteLength(JSON.stringify(action)) <= DATA_LIMIT);
  const rows: Element[] = [];
  for (let from = 0; from < fitting.length; from += BUTTONS_A_ROW) {
    const actions = fitting.slice(from, from + BUTTONS_A_ROW).map(({ action }) => action);
    rows.push({ type: 'ActionSet', actions });
  }
  const missing = drawn.length - fitting.length;
  if (missing > 0) rows.push(note(missing === 1 ? words.oneButtonLess : words.buttonsLess(missing)));
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

function action(button: Button, { pen, words }: { pen: Pen; words: TeamsWords }): Element {
  const pressable = { ...pressing(button, pen), title: titleOf(button), ...tone(button) };
  return button.confirm === undefined
    ? pressable
    : confirmed(button, { question: button.confirm, words, pressable });
}

/** Teams opens a dialog from Action.Submit alone; what an Action.Execute is answered with can't be one. */
function pressing({ intent }: Button, pen: Pen): Element {
  const nonce = pen.nonce();
  if (pen.in === 'dialog') return { type: 'Action.Submit', data: buttonData(intent, nonce) };
  if (pen.opensDialog(intent)) return { type: 'Action.Submit', data: dialogData(intent, nonce) };
  return { type: 'Action.Execute', verb: intent.action, data: buttonData(intent, nonce) };
}

/** Never empty: a button without words can't be told from the next. */
const titleOf = ({ label }: Button): string => cutText(label, LABEL_LIMIT).trim() || '–';

const tones = { primary: { style: 'positive' }, danger: { style: 'destructive' } } as const;

const tone = (button: Button): Element => (button.tone ? tones[button.tone] : {});

/** Teams has no confirmation of its own: the button unfolds the question, and the second press sends the intent. */
function confirmed(
  button: Button,
  { question, words, pressable }: { question: string; words: TeamsWords; pressable: Element },
): Element {
  return {
    type: 'Action.ShowCard',
    title: titleOf(button),
    ...tone(button),
    card: {
      type: 'AdaptiveCard',
      body: [textElement(plain(cutText(question, 300)))],
      actions: [{ ...pressable, title: words.goAhead }],
    },
  };
}
