import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { shorten } from '../core/shorten.ts';
import { plain, say } from '../core/view.ts';
import { readDeadLetters, replayDeadLetters } from '../services/dead-letters.ts';
import { deliveryView } from '../views/delivery.ts';
import { optionalText } from './arguments.ts';
import { action } from './context.ts';

const showDelivery = action({
  name: 'delivery',
  usage: ['delivery'],
  topic: 'setup',
  access: 'admin',
  effect: 'query',
  read(line) {
    const words = line.rest();
    return words ? { words } : {};
  },
  args: z.object({ words: optionalText(60) }),
  async run(context, { words }) {
    if (words) {
      const typed = shorten(words, 20);
      throw new AppError('invalid_arguments', { userMessage: ({ delivery }) => delivery.unknown(typed) });
    }
    const { messages, actor, now } = context;
    return {
      kind: 'view',
      to: 'user',
      view: deliveryView(await readDeadLetters(context), { messages, reader: actor, now }),
    };
  },
});

const replayDelivery = action({
  name: 'delivery-replay',
  usage: ['delivery replay'],
  topic: 'setup',
  access: 'admin',
  effect: 'change',
  read: () => ({}),
  args: z.object({ reason: z.string().max(40).optional() }),
  async run(context, { reason }) {
    const count = await replayDeadLetters(context, reason);
    return say(plain(context.messages.delivery.replayed(count)), { to: 'user', tone: 'good' });
  },
});

export const deliveryActions = [showDelivery, replayDelivery];
