import type { Profile } from '../core/action.ts';
import type { Log } from '../core/ports.ts';
import type { Clients } from './clients.ts';

/**
 * A user's profile from `users.info`. When Slack doesn't answer in time it is the name alone: a person
 * with a session has one already, and someone new is asked for access instead of being kept waiting.
 */
export async function fetchProfile(
  { clients, log }: { clients: Clients; log: Log },
  user: { teamId: string; userId: string; name: string },
): Promise<Profile> {
  try {
    const client = await clients.of(user.teamId, 'interactive');
    const answer = await client.users.info({ user: user.userId, include_locale: true });
    const { real_name: realName, tz, locale, profile } = answer.user ?? {};
    return {
      name: profile?.real_name || realName || profile?.display_name || user.name,
      ...(profile?.email ? { email: profile.email } : {}),
      ...(tz ? { timeZone: tz } : {}),
      ...(locale ? { locale } : {}),
    };
  } catch (error) {
    log.warn({ error: String(error), userId: user.userId }, 'Slack gave no profile');
    return { name: user.name };
  }
}
