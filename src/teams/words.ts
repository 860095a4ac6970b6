import type { Dispatch } from '../core/adapter.ts';
import { type Messages, messagesFor } from '../core/messages.ts';
import type { Incoming } from './incoming.ts';

/** What the adapter says itself, in the language of whoever sent the activity. */
export type MessagesOf = (incoming: Incoming) => Messages;

export const messagesFrom =
  (dispatch: Dispatch): MessagesOf =>
  ({ tenantId: workspaceId, user, locale }) =>
    messagesFor(
      dispatch.languageOf({ platform: 'teams', workspaceId, userId: user.id, ...(locale ? { locale } : {}) }),
    );
