import type { View } from '../core/view.ts';
import type { ClaimedReply } from './ports.ts';
import { createPostings, type PostingsDeps } from './postings.ts';
import type { Job } from './worker.ts';

/** Draws what threads tell, by the reply's id, with comments as they read now. */
export type RenderReplies = (ids: readonly string[]) => Promise<Map<string, View>>;

export interface TellHistoryDeps extends Omit<PostingsDeps<ClaimedReply>, 'name' | 'render' | 'end'> {
  renderReplies: RenderReplies;
}

/** Tells in the threads of cards what happened elsewhere. What can't be told is left out: the card itself is true. */
export function createTellHistory(deps: TellHistoryDeps): Job {
  return createPostings<ClaimedReply>({
    ...deps,
    name: 'replies',
    render: (replies) => deps.renderReplies(replies.map(({ id }) => id)),
    end: async (row, reason) => ({ row, outcome: 'dead', reason }),
  });
}
