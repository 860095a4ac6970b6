import type { Messages } from '../core/messages.ts';
import { shorten } from '../core/shorten.ts';
import { plain, type View } from '../core/view.ts';

const TITLE_SHOWN = 90;

/** Asks whether a message is to be a task. Its form asks for the rest. */
export function taskOffer(
  message: { title?: string | undefined; description?: string | undefined },
  { offer }: Messages,
): View {
  const { title, description } = message;
  const question = title ? offer.whetherNamed(shorten(title, TITLE_SHOWN)) : offer.whether;
  const args = { ask: 'offer', ...(title ? { title } : {}), ...(description ? { description } : {}) };
  return {
    summary: offer.whether,
    nodes: [
      { type: 'text', text: plain(question) },
      {
        type: 'actions',
        buttons: [
          { label: offer.create, tone: 'primary', intent: { action: 'add', args } },
          { label: offer.no, intent: { action: 'no-task', args: {} } },
        ],
      },
    ],
  };
}
