import type { HomePublisher } from '../core/ports.ts';
import { timesInWords } from '../core/times-in-words.ts';
import type { Clients } from './clients.ts';
import { toDeliveryError } from './errors.ts';
import { renderHome } from './render-home.ts';

/** App Home, of the bot's own accord. */
export function createHomePublisher({
  clients,
  inWords,
}: {
  clients: Clients;
  /** For a local Slack that shows date tokens as they stand */
  inWords: boolean;
}): HomePublisher {
  return {
    async publish({ workspace, userId, view, choice }) {
      try {
        const client = await clients.of(workspace.externalId, 'job');
        const shown = inWords ? timesInWords(view) : view;
        await client.views.publish({ user_id: userId, view: renderHome(shown, choice) });
      } catch (error) {
        throw toDeliveryError(error, 'other');
      }
    },
  };
}
