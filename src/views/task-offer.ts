import { shorten } from '../core/shorten.ts';
import { text, type View } from '../core/view.ts';

const TITLE_SHOWN = 90;

/** Asks whether a message is to be a task. Its form asks for the rest. */
export function taskOffer(message: { title?: string | undefined; description?: string | undefined }): View {
  const { title, description } = message;
  const question = title ? text`Make “${shorten(title, TITLE_SHOWN)}” a task?` : text`Make this a task?`;
  const args = { ask: 'offer', ...(title ? { title } : {}), ...(description ? { description } : {}) };
  return {
    summary: 'Make this a task?',
    nodes: [
      { type: 'text', text: question },
      {
        type: 'actions',
        buttons: [
          { label: 'Create', tone: 'primary', intent: { action: 'add', args } },
          { label: 'No', intent: { action: 'no-task', args: {} } },
        ],
      },
    ],
  };
}
