import type { Profile } from '../core/action.ts';
import { AppError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import type { Connector } from './connector.ts';
import { ConnectorError } from './errors.ts';
import type { Incoming } from './incoming.ts';
import { type Json, textOf } from './json.ts';
import type { People } from './people.ts';
import { splitThread } from './references.ts';
import { within } from './within.ts';

/** The person waits for their first answer meanwhile. In ms. */
const PROFILE_WITHIN_MS = 1_200;

/** The connector's answers that this roster does not have the user. */
const UNKNOWN_USER = [400, 403, 404];

/** The profile of the one who wrote, or of someone whom they mentioned. */
export type AskProfile = (userId?: string) => Promise<Profile>;

/**
 * Who wrote: name and address from the roster; time zone and language from the message itself, since Teams' roster has
 * none. Someone who is not in the roster has a name alone. Throws AppError `platform_unavailable` when the roster does not
 * answer: with the name alone a colleague would look like a stranger, and end up as a second person.
 */
export function profileOf(connector: Connector, log: Log, incoming: Incoming): AskProfile {
  // A team's roster is found under the team, a chat's under the chat.
  const roster = incoming.teamId ?? splitThread(incoming.conversation.id).channelId;
  return (userId = incoming.user.id) =>
    readProfile({ log, incoming, userId }, () => connector.member(incoming.serviceUrl, roster, userId));
}

/**
 * The same for what is asked through a message extension, also where the bot is no member and sees no roster: then who asks
 * stands in the roster of their own chat with the bot.
 */
export function elsewhereProfileOf(
  { connector, people, log }: { connector: Connector; people: People; log: Log },
  incoming: Incoming,
): AskProfile {
  const roster = incoming.teamId ?? splitThread(incoming.conversation.id).channelId;
  return (userId = incoming.user.id) =>
    readProfile({ log, incoming, userId }, async () => {
      try {
        return await connector.member(incoming.serviceUrl, roster, userId);
      } catch (error) {
        if (!isUnknownUser(error) || userId !== incoming.user.id) throw error;
        const chat = await people.personalChat(incoming.tenantId, userId);
        return connector.member(chat.serviceUrl, chat.conversation.id, userId);
      }
    });
}

async function readProfile(
  { log, incoming, userId }: { log: Log; incoming: Incoming; userId: string },
  ask: () => Promise<Json>,
): Promise<Profile> {
  const isAsker = userId === incoming.user.id;
  const own = {
    name: (isAsker ? incoming.user.name : undefined) ?? 'Someone',
    ...(!isAsker || incoming.timeZone === undefined ? {} : { timeZone: incoming.timeZone }),
    ...(!isAsker || incoming.locale === undefined ? {} : { locale: incoming.locale }),
  };
  try {
    const member = await within(PROFILE_WITHIN_MS, ask());
    const email = emailOf(member, incoming.tenantId);
    return { ...own, name: textOf(member.name) ?? own.name, ...(email ? { email } : {}) };
  } catch (error) {
    log.warn({ err: error, tenant: incoming.tenantId }, 'Teams did not tell who the user is');
    if (isUnknownUser(error)) return own;
    throw new AppError('platform_unavailable', { cause: error });
  }
}

const isUnknownUser = (error: unknown): boolean =>
  error instanceof ConnectorError && UNKNOWN_USER.includes(error.status);

/**
 * The address by which people are recognised, where the tenant vouches for it: a guest's is whatever their own organisation
 * says, and a shared channel has members of other tenants.
 */
function emailOf(member: Json, tenantId: string): string | undefined {
  const principal = textOf(member.userPrincipalName);
  const home = textOf(member.tenantId);
  if (home !== undefined && home.toLowerCase() !== tenantId.toLowerCase()) return undefined;
  if (textOf(member.userRole)?.toLowerCase() === 'guest' || principal?.toUpperCase().includes('#EXT#'))
    return undefined;
  return textOf(member.email) ?? principal;
}
