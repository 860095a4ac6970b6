import type { Profile } from '../core/action.ts';
import type { Log } from '../core/ports.ts';
import type { Connector } from './connector.ts';
import type { Incoming } from './incoming.ts';
import { textOf } from './json.ts';
import { splitThread } from './references.ts';
import { within } from './within.ts';

/** The person waits for their first answer meanwhile. In ms. */
const PROFILE_WITHIN_MS = 1_200;

/** The profile of the one who wrote, or of someone whom they mentioned. */
export type AskProfile = (userId?: string) => Promise<Profile>;

/**
 * Who wrote: name and address from the roster; time zone and language from the message itself, since Teams' roster has
 * none. A roster that doesn't answer costs the e-mail address, not the answer.
 */
export function profileOf(connector: Connector, log: Log, incoming: Incoming): AskProfile {
  return async (userId = incoming.user.id) => {
    const isAsker = userId === incoming.user.id;
    const own = {
      name: (isAsker ? incoming.user.name : undefined) ?? 'Someone',
      ...(!isAsker || incoming.timeZone === undefined ? {} : { timeZone: incoming.timeZone }),
      ...(!isAsker || incoming.locale === undefined ? {} : { locale: incoming.locale }),
    };
    try {
      // A team's roster is found under the team, a chat's under the chat.
      const roster = incoming.teamId ?? splitThread(incoming.conversation.id).channelId;
      const member = await within(PROFILE_WITHIN_MS, connector.member(incoming.serviceUrl, roster, userId));
      const email = textOf(member.email) ?? textOf(member.userPrincipalName);
      return { ...own, name: textOf(member.name) ?? own.name, ...(email ? { email } : {}) };
    } catch (error) {
      log.warn({ err: error, tenant: incoming.tenantId }, 'Teams did not tell who the user is');
      return own;
    }
  };
}
