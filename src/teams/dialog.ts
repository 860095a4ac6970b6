import type { InvokeResponse } from 'botframework-schema';
import { type Form, plain, type View } from '../core/view.ts';
import { type FormPlace, renderFormCard } from './forms.ts';
import { cutText, type Element } from './rich-text.ts';

/** Phones show no longer ones, in characters. */
const LONGEST_TITLE = 60;

/** What `task/fetch`, `task/submit` and their twins of message extensions are answered with. Source: learn.microsoft.com, "Use dialogs with bots". */
const task = (content: object): InvokeResponse => ({ status: 200, body: { task: content } });

/** Opens a dialog, or shows another card in the open one. */
export const dialogCard = (title: string, card: Element): InvokeResponse =>
  task({
    type: 'continue',
    value: {
      title: cutText(title, LONGEST_TITLE),
      height: 'medium',
      width: 'medium',
      card: { contentType: 'application/vnd.microsoft.card.adaptive', content: card },
    },
  });

/** A line in place of the dialog, which a tap closes. */
export const dialogWords = (words: string): InvokeResponse => task({ type: 'message', value: words });

/** Nothing more to say: it closes. */
export const dialogClosed = (): InvokeResponse => ({ status: 200, body: {} });

export const dialogForm = (
  form: Form,
  errors: Record<string, string>,
  place: Omit<FormPlace, 'in'>,
): InvokeResponse => dialogCard(form.title, renderFormCard(form, errors, { in: 'dialog', ...place }));

/** A sentence with a button. */
export const noticeView = (
  words: string,
  button: { label: string; action: string; args: Record<string, string> },
): View => ({
  summary: words,
  nodes: [
    { type: 'text', text: plain(words) },
    {
      type: 'actions',
      buttons: [
        { label: button.label, tone: 'primary', intent: { action: button.action, args: button.args } },
      ],
    },
  ],
});
