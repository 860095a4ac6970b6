import type { ActionContext, GuestContext } from '../core/action.ts';
import { defineAction, defineGuestAction, type GuestAction, type MemberAction } from '../core/action.ts';
import type { Database, Work } from '../services/scope.ts';

/** What actions run in: the pipeline's context on our database. */
export type Context = ActionContext<Database, Work>;
export type NewcomerContext = GuestContext<Database, Work>;
export type AnyAction = MemberAction<Database, Work> | GuestAction<Database, Work>;

export const action = defineAction as <Args>(
  definition: Parameters<typeof defineAction<Args, Database, Work>>[0],
) => MemberAction<Database, Work>;

export const guestAction = defineGuestAction as <Args>(
  definition: Parameters<typeof defineGuestAction<Args, Database, Work>>[0],
) => GuestAction<Database, Work>;
