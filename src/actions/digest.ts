import { z } from 'zod';
import type { CommandLine } from '../core/command-line.ts';
import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import { readDays, readTimeOfDay } from '../core/settings/time-words.ts';
import { shorten } from '../core/shorten.ts';
import { DAY, instantOf, startOfDay, wallTime } from '../core/time-zone.ts';
import type { Reply } from '../core/view.ts';
import type { OwnChange } from '../services/change-settings.ts';
import { endChannelDigest, setChannelDigest } from '../services/channel-digest.ts';
import { readDigests } from '../services/digest-content.ts';
import { channelSentence, digestAsked } from '../views/digest.ts';
import { settingSaved } from '../views/settings.ts';
import { daysWords, timeWords, zoneWords } from '../views/settings-words.ts';
import { optionalText } from './arguments.ts';
import { change } from './change-settings.ts';
import { action, type Context } from './context.ts';

const common = { topic: 'people', access: 'member', effect: 'change' } as const;
const words = optionalText(60);

const rest =
  (name: string) =>
  (line: CommandLine): Record<string, string> => {
    const said = line.rest();
    return said ? { [name]: said } : {};
  };

const unreadable = (field: string, userMessage: Sentence): AppError =>
  new AppError('invalid_arguments', { userMessage, fields: { [field]: userMessage } });

const showDigest = action({
  ...common,
  name: 'digest',
  aliases: ['today', 'resumen'],
  usage: ['digest [now]'],
  effect: 'query',
  read: rest('words'),
  args: z.object({ words }),
  async run(context, { words: said }): Promise<Reply> {
    if (said && !/^(now|today|show|ahora)$/i.test(said)) {
      const typed = shorten(said, 20);
      throw unreadable('words', ({ digest }) => digest.unknown(typed));
    }
    const { actor, now, messages } = context;
    const day = startOfDay(wallTime(now, actor.timeZone));
    const dayEnd = instantOf(day + DAY, actor.timeZone);
    const since = new Date(now.getTime() - DAY);
    const [content] = await readDigests(context.db, [
      { id: actor.personId, personId: actor.personId, now, dayEnd, since },
    ]);
    return digestAsked(content, { messages, now, isTurned: context.invocation.source === 'button' });
  },
});

/** Says the digest's time and days back, or that it is off. */
async function saved(context: Context, wanted: OwnChange): Promise<Reply> {
  const { settings, locale } = await change(context, wanted);
  const { settings: texts } = context.messages;
  const { on, at, days } = settings.digest;
  return settingSaved(
    on ? texts.digestSet(timeWords(at, locale), daysWords(days, locale, texts)) : texts.digestStopped,
    texts,
  );
}

const digestOn = action({
  ...common,
  name: 'digest-on',
  usage: ['digest on'],
  read: () => ({}),
  args: z.object({}),
  run: (context) => saved(context, { digest: true }),
});

const digestOff = action({
  ...common,
  name: 'digest-off',
  aliases: ['digest-stop', 'digest-none'],
  usage: ['digest off'],
  read: () => ({}),
  args: z.object({}),
  run: (context) => saved(context, { digest: false }),
});

const digestAt = action({
  ...common,
  name: 'digest-at',
  usage: ['digest at 08:30'],
  read: rest('time'),
  args: z.object({ time: words }),
  async run(context, { time = '' }) {
    const at = readTimeOfDay(time);
    if (!at) throw unreadable('time', ({ digest }) => digest.whichTime);
    return saved(context, { digest: true, digestAt: at });
  },
});

const digestDays = action({
  ...common,
  name: 'digest-days',
  usage: ['digest days mon-fri'],
  read: rest('days'),
  args: z.object({ days: words }),
  async run(context, { days = '' }) {
    const chosen = readDays(days);
    if (!chosen) throw unreadable('days', ({ digest }) => digest.whichDays);
    return saved(context, { digest: true, digestDays: chosen });
  },
});

const digestHere = action({
  ...common,
  name: 'digest-here',
  usage: ['digest here at 09:00', 'digest here off'],
  topic: 'setup',
  access: 'manager',
  read(line) {
    line.keyword('at');
    return rest('time')(line);
  },
  args: z.object({ time: words }),
  async run(context, { time = '' }) {
    const { actor, messages, root } = context;
    const texts = messages.digest.channel;
    if (/^(off|stop|none|end)$/i.test(time)) {
      await endChannelDigest(context);
      return channelSentence(texts.off(actor.name), root);
    }
    const at = readTimeOfDay(time);
    if (!at) throw unreadable('time', ({ digest }) => digest.channel.whichTime);
    await setChannelDigest(context, at);
    return channelSentence(
      texts.set(actor.name, timeWords(at, actor.locale), zoneWords(actor.timeZone)),
      root,
    );
  },
});

export const digestActions = [showDigest, digestOn, digestOff, digestAt, digestDays, digestHere];
