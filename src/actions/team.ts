import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { worded } from '../core/worded.ts';
import { addToTeam } from '../services/add-to-team.ts';
import { readTeam } from '../services/read-team.ts';
import { readRemoval, removeFromTeam } from '../services/remove-from-team.ts';
import { addedToTeam, removalAsked, removed, teamList } from '../views/team.ts';
import { optionalText, reference } from './arguments.ts';
import { action } from './context.ts';

const listTeam = action({
  name: 'team',
  usage: ['team list'],
  topic: 'setup',
  access: 'admin',
  effect: 'query',
  read(line) {
    line.keyword('list');
    const page = line.keyword('page') && line.taskNumber();
    const verb = line.word();
    return { ...(page ? { page } : {}), ...(verb ? { verb } : {}) };
  },
  args: z.object({
    page: z
      .string()
      .regex(/^\d{1,4}$/, worded('input', 'page'))
      .transform(Number)
      .optional(),
    verb: optionalText(40),
  }),
  async run(context, { page = 1, verb }) {
    if (verb) {
      throw new AppError('invalid_arguments', {
        userMessage: ({ input }) => input.teamVerb(verb),
      });
    }
    const view = teamList(await readTeam(context, Math.max(1, page)), context.messages);
    const isTurned = context.invocation.source === 'button';
    return { kind: 'view', to: 'user', view, ...(isTurned ? { replaceOriginal: true } : {}) };
  },
});

const ROLES = ['worker', 'manager', 'admin'] as const;

const addToCrew = action({
  name: 'team-add',
  usage: ['team add @who [manager|worker|admin]', 'team add <e-mail>'],
  topic: 'setup',
  access: 'admin',
  effect: 'change',
  read(line, { mentions }) {
    const person = line.person();
    line.keyword('as', 'to');
    line.keyword('a', 'an');
    const role = line.word()?.toLowerCase();
    return { ...(person ? { who: reference(person, mentions) } : {}), ...(role ? { role } : {}) };
  },
  args: z.object({
    who: optionalText(300),
    role: z.enum(ROLES, worded('input', 'role')).optional(),
  }),
  async run(context, { who, role }) {
    if (!who) {
      throw new AppError('invalid_arguments', { userMessage: ({ input }) => input.whoToAdd });
    }
    const added = await addToTeam(context, { reference: who, role });
    // A session keeps its roles: the next word of theirs begins a new one.
    if (added.as !== 'new') context.endSessions(added.person.id);
    return addedToTeam(added, context.messages);
  },
});

const removeFromCrew = action({
  name: 'team-remove',
  usage: ['team remove @who [to @other]'],
  topic: 'setup',
  access: 'admin',
  effect: 'change',
  read(line, { mentions }) {
    const person = line.person();
    line.keyword('to', 'for');
    const heir = line.person();
    return {
      ...(person ? { who: reference(person, mentions) } : {}),
      ...(heir ? { heir: reference(heir, mentions) } : {}),
    };
  },
  args: z.object({ who: optionalText(300), heir: optionalText(300), sure: z.string().optional() }),
  async run(context, { who, heir, sure }) {
    if (!who) {
      throw new AppError('invalid_arguments', { userMessage: ({ input }) => input.whoToRemove });
    }
    const asked = { reference: who, heirReference: heir };
    if (!sure) {
      const removal = await readRemoval(context, asked);
      context.audit({ target: `person:${removal.person.id}`, details: { asked: 'whether to remove' } });
      return removalAsked(removal, context);
    }
    const done = await removeFromTeam(context, asked);
    context.endSessions(done.person.id);
    return removed(done, context.messages);
  },
});

export const teamActions = [listTeam, addToCrew, removeFromCrew];
