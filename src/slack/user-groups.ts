import { AppError } from '../core/errors.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Clients } from './clients.ts';
import { codeOf } from './errors.ts';

/** People come and go seldom, and `usergroups.users.list` takes some 20 calls a minute. In ms. */
const KEPT_MS = 60_000;
/** Groups whose members are remembered */
const MOST_KEPT = 500;

/** Who is in Slack's user groups. */
export interface UserGroups {
  /** User ids; none where Slack doesn't know the group. Throws AppError `platform_unavailable`. */
  members(teamId: string, groupId: string): Promise<readonly string[]>;
}

export function createUserGroups(options: { clients: Clients; clock: Clock; log: Log }): UserGroups {
  const { clients, clock, log } = options;
  const kept = new Map<string, { users: readonly string[]; until: number }>();
  return {
    async members(teamId, groupId) {
      const key = `${teamId}:${groupId}`;
      const known = kept.get(key);
      if (known && known.until > clock().getTime()) return known.users;
      try {
        const client = await clients.of(teamId, 'interactive');
        const { users = [] } = await client.usergroups.users.list({ usergroup: groupId });
        if (kept.size >= MOST_KEPT) kept.clear();
        kept.set(key, { users, until: clock().getTime() + KEPT_MS });
        return users;
      } catch (error) {
        if (codeOf(error) === 'no_such_subteam') return [];
        log.warn({ error: String(error), groupId }, 'Slack did not tell who is in a user group');
        if (codeOf(error) === 'missing_scope') {
          throw new AppError('invalid_arguments', {
            userMessage: ({ groups }) => groups.scopeMissing,
            cause: error,
          });
        }
        throw new AppError('platform_unavailable', { cause: error });
      }
    },
  };
}
