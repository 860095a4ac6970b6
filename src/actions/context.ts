import type { ActionContext, GuestContext } from '../core/action.ts';
import { defineAction, defineGuestAction, type GuestAction, type MemberAction } from '../core/action.ts';
import type { Database, Work } from '../services/scope.ts';
import { withFreshCard } from './fresh-card.ts';

/** What actions run in: the pipeline's context on our database. */
export type Context = ActionContext<Database, Work>;
export type NewcomerContext = GuestContext<Database, Work>;
export type AnyAction = MemberAction<Database, Work> | GuestAction<Database, Work>;

/** An action for members. Where a stale button led to it, the refusal comes with the task as it is now. */
export const action = <Args>(
  definition: Parameters<typeof defineAction<Args, Database, Work>>[0],
): MemberAction<Database, Work> =>
  defineAction<Args, Database, Work>({
    ...definition,
    async run(context, args) {
      try {
        return await definition.run(context, args);
      } catch (error) {
        throw await withFreshCard(context, { args, error });
      }
    },
  });

export const guestAction = defineGuestAction as <Args>(
  definition: Parameters<typeof defineGuestAction<Args, Database, Work>>[0],
) => GuestAction<Database, Work>;
