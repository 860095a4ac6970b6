import { z } from 'zod';
import { shorten } from '../core/shorten.ts';
import { plain, say } from '../core/view.ts';
import { worded } from '../core/worded.ts';
import { dropReply, keepReply } from '../services/thread-reply.ts';
import { hasInk, LONGEST_TEXT } from './arguments.ts';
import { action } from './context.ts';

const OUT_OF_DATE = worded('input', 'outOfDate');
const NO_WORDS = worded('input', 'comment');
const message = z.string(OUT_OF_DATE).min(1, OUT_OF_DATE).max(200, OUT_OF_DATE);

/** A reply in a card's thread is a comment, as it stands now. Nobody else is answered: they speak with each other. */
export const keepThreadReply = action({
  name: 'reply',
  usage: [],
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: () => ({}),
  args: z.object({
    message,
    changed: z.string().optional(),
    /** Set where the bot was named: whoever speaks to it is answered. */
    spoken: z.string().optional(),
    /** Ids of those whom it mentions, separated by commas */
    mentions: z.string().max(2_000).optional(),
    body: z
      .string(NO_WORDS)
      .refine(hasInk, NO_WORDS)
      .transform((body) => shorten(body.trim(), LONGEST_TEXT)),
  }),
  async run(context, { message: externalId, body, changed, spoken, mentions }) {
    const number = await keepReply(context, {
      externalId,
      body,
      accounts: mentions?.split(',') ?? [],
      changed: changed !== undefined,
    });
    if (spoken === undefined || number === undefined) return { kind: 'none' };
    return say(plain(context.messages.dialogs.keptAsComment(number)));
  },
});

export const dropThreadReply = action({
  name: 'delete-reply',
  usage: [],
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: () => ({}),
  args: z.object({ message }),
  async run(context, { message: externalId }) {
    await dropReply(context, externalId);
    return { kind: 'none' };
  },
});
