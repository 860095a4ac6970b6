import type { webApi } from '@slack/bolt';
import type { Profile } from '../core/action.ts';
import { AppError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import type { Clients } from './clients.ts';
import { codeOf } from './errors.ts';

type SlackUser = NonNullable<webApi.UsersInfoResponse['user']>;

/** Slack's answers that there is nobody to know more of. */
const unknownUser = new Set(['user_not_found', 'users_not_found', 'user_not_visible']);

/**
 * A user's profile from `users.info`; of someone whom Slack does not know the name alone. Throws AppError
 * `platform_unavailable` when there is no answer in time: with the name alone a colleague would look like a stranger, and
 * end up as a second person.
 */
export async function fetchProfile(
  { clients, log }: { clients: Clients; log: Log },
  user: { teamId: string; userId: string; name: string },
): Promise<Profile> {
  try {
    const client = await clients.of(user.teamId, 'interactive');
    const answer = await client.users.info({ user: user.userId, include_locale: true });
    return profileOf(answer.user ?? {}, user);
  } catch (error) {
    log.warn({ error: String(error), userId: user.userId }, 'Slack gave no profile');
    if (unknownUser.has(codeOf(error) ?? '')) return { name: user.name };
    if (error instanceof AppError) throw error;
    throw new AppError('platform_unavailable', { cause: error });
  }
}

function profileOf(user: SlackUser, { teamId, name }: { teamId: string; name: string }): Profile {
  const { real_name: realName, tz, locale, profile } = user;
  const email = isColleague(user, teamId) ? profile?.email : undefined;
  return {
    name: profile?.real_name || realName || profile?.display_name || name,
    ...(email ? { email } : {}),
    ...(tz ? { timeZone: tz } : {}),
    ...(locale ? { locale } : {}),
  };
}

/**
 * Whether the workspace itself vouches for the e-mail address, by which people are recognised: not of guests, whom any member
 * may invite, of people from another company in a shared channel, of bots, nor where nobody has confirmed it.
 */
function isColleague(user: SlackUser, teamId: string): boolean {
  if (user.is_stranger || user.is_restricted || user.is_ultra_restricted) return false;
  if (user.is_bot || user.deleted || user.is_email_confirmed === false) return false;
  // In an Enterprise organisation people belong to several workspaces, and `team_id` names one of them.
  return user.team_id === undefined || user.team_id === teamId || belongsTo(user, teamId);
}

const belongsTo = (user: SlackUser, teamId: string): boolean =>
  user.enterprise_user?.teams?.includes(teamId) ?? false;
