import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import type { Reply } from '../core/view.ts';
import { connectGuest, connectPeople, readConnection } from '../services/connect.ts';
import { askForCode, checkCode } from '../services/connect-codes.ts';
import { readSeparable, separateAccount } from '../services/separate-account.ts';
import {
  codeRefused,
  codeSaid,
  connectAsked,
  connected,
  separated,
  separationAsked,
} from '../views/connect.ts';
import { optionalText } from './arguments.ts';
import { action, type Context, guestAction } from './context.ts';

const args = z.object({ code: optionalText(60), sure: z.string().optional() });

const common = {
  name: 'connect',
  usage: ['connect', 'connect <code>'],
  topic: 'people',
  effect: 'change',
  read(line: { rest(): string }) {
    const code = line.rest();
    return code ? { code } : ({} as Record<string, string>);
  },
  args,
} as const;

/** All who try codes stand in the audit log, however they fare. */
function refused({ audit, messages, root }: Pick<Context, 'audit' | 'messages' | 'root'>): Reply {
  audit({ details: { refused: 'code' } });
  return codeRefused(messages, root);
}

/** For whom nobody knows yet: the code says who they are. */
const connectAsGuest = guestAction({
  ...common,
  access: 'guest',
  async run(context, { code }): Promise<Reply> {
    const { guest, messages, invocation } = context;
    if (!code) throw new AppError('invalid_arguments', { userMessage: ({ connect }) => connect.noCode });
    const good = await checkCode(context, { organizationId: guest.organizationId, typed: code });
    if (!good) return refused(context);
    const owner = await connectGuest(context, good);
    const platforms = [...owner.accounts.map(({ platform }) => platform), invocation.platform];
    return connected({ name: owner.name, platforms: [...new Set(platforms)].sort() }, messages);
  },
});

export const connectAccounts = action({
  ...common,
  access: 'member',
  asGuest: connectAsGuest,
  async run(context, { code, sure }): Promise<Reply> {
    const { actor, messages } = context;
    if (!code) return codeSaid(await askForCode(context), messages);
    const good = await checkCode(context, { organizationId: actor.organizationId, typed: code });
    if (!good) return refused(context);
    if (!sure) {
      const asked = await readConnection(context, good);
      context.audit({ target: `person:${asked.owner.id}`, details: { asked: 'whether to connect' } });
      return connectAsked(asked, { code, messages });
    }
    const { person, gone, platforms } = await connectPeople(context, good);
    context.endSessions(person.id);
    context.endSessions(gone.id);
    const reply = connected({ name: person.name, platforms }, messages);
    return reply.kind === 'view' ? { ...reply, replaceOriginal: true } : reply;
  },
});

const PLATFORMS = { slack: 'slack', teams: 'teams' } as const;

export const disconnectAccount = action({
  name: 'disconnect',
  usage: ['disconnect [slack|teams]'],
  topic: 'people',
  access: 'member',
  effect: 'change',
  read(line): Record<string, string> {
    line.keyword('from');
    const platform = line.word()?.toLowerCase();
    return platform ? { platform } : {};
  },
  args: z.object({ platform: optionalText(20), sure: z.string().optional() }),
  async run(context, { platform, sure }): Promise<Reply> {
    const named = Object.values(PLATFORMS).find((name) => name === platform);
    if (platform && !named) {
      throw new AppError('invalid_arguments', { userMessage: ({ connect }) => connect.whichPlatform });
    }
    if (!sure) {
      const separable = await readSeparable(context, named);
      const target = `person:${context.actor.personId}`;
      context.audit({ target, details: { asked: 'whether to separate' } });
      return separationAsked(separable, context.messages);
    }
    const done = await separateAccount(context, named);
    context.endSessions(context.actor.personId);
    return separated(done, context.messages);
  },
});
