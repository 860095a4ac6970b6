import { z } from 'zod';
import type { Typed } from '../core/action.ts';
import type { CommandLine } from '../core/command-line.ts';
import type { AuditSubject } from '../core/files.ts';
import { languageOf } from '../core/messages.ts';
import type { AuditLog } from '../core/ports.ts';
import { localDate } from '../core/time-zone.ts';
import { type Button, plain, type Reply, say } from '../core/view.ts';
import { worded } from '../core/worded.ts';
import { expectMayExport, MOST_EXPORTED } from '../services/audit-export.ts';
import { readTimeline, reviewAudit } from '../services/audit-review.ts';
import { findPeople } from '../services/people.ts';
import { readSince } from '../services/since.ts';
import { taskInContext } from '../services/task-in-context.ts';
import { auditList } from '../views/audit.ts';
import { shorten } from '../views/words.ts';
import { optionalText, references, takeTask, taskNumber } from './arguments.ts';
import { type AnyAction, action, type Context } from './context.ts';

const cursor = z.string().max(1_500, worded('input', 'buttonOutOfDate')).optional();

interface AuditDeps {
  log: AuditLog;
  /** Whether an action only looks: a manager reviews what was done. */
  isQuery(name: string): boolean;
}

/** The log is in DynamoDB, so these are made with it. */
export function auditActions(deps: AuditDeps): AnyAction[] {
  return [timelineAction(deps), auditAction(deps)];
}

function timelineAction({ log, isQuery }: AuditDeps): AnyAction {
  return action({
    name: 'timeline',
    aliases: ['history'],
    usage: ['timeline <n>'],
    topic: 'look',
    access: 'member',
    effect: 'query',
    read(line) {
      const task = takeTask(line);
      return task ? { task } : {};
    },
    args: z.object({ task: taskNumber, cursor }),
    async run(context, { task, cursor: from }) {
      const { history } = context.messages;
      const number = task ?? (await taskInContext(context));
      const page = await readTimeline(context, log, { number, isQuery, ...(from ? { cursor: from } : {}) });
      context.rememberTask(number);
      return answer(context, page, {
        heading: history.timeline(number, shorten(page.taskTitle, 100)),
        empty: history.timelineEmpty,
        again: { action: 'timeline', args: { task: String(number) } },
      });
    },
  });
}

function auditAction({ log, isQuery }: AuditDeps): AnyAction {
  return action({
    name: 'audit',
    aliases: ['log'],
    usage: ['audit [@who|<n>] [since <when>] [csv]'],
    topic: 'manage',
    access: 'manager',
    effect: 'query',
    read: readAudit,
    args: z.object({
      task: taskNumber,
      who: optionalText(300),
      since: optionalText(60),
      csv: z.string().optional(),
      cursor,
    }),
    async run(context, { task, who, since, csv, cursor: from }) {
      const { history } = context.messages;
      const { subject, heading } = await subjectOf(context, { task, who });
      const start = since ? readSince(since, { person: context.actor, now: context.now }) : undefined;
      const titled = since ? history.headingSince(heading, since) : heading;
      if (csv) return asFile(context, { subject, start, heading: titled, args: { task, who, since } });
      const page = await reviewAudit(context, log, {
        subject,
        isQuery,
        ...(start ? { since: start } : {}),
        ...(from ? { cursor: from } : {}),
      });
      const args = argsOf({ task, who, since });
      return answer(context, page, {
        heading: titled,
        empty: history.empty,
        again: { action: 'audit', args },
      });
    },
  });
}

function readAudit(line: CommandLine, { mentions }: Typed): Record<string, string> {
  const task = takeTask(line);
  const person = line.person();
  const first = line.keyword('csv');
  line.keyword('since', 'from');
  const [, words = '', last] = /^(.*?)\s*\b(csv)?$/is.exec(line.rest().trim()) ?? [];
  return {
    ...(task ? { task } : {}),
    ...(person ? { who: references([person], mentions) } : {}),
    ...(words ? { since: words } : {}),
    ...(first || last ? { csv: 'yes' } : {}),
  };
}

interface FileAsked {
  subject: AuditSubject;
  start: Date | undefined;
  heading: string;
  args: { task: number | undefined; who: string | undefined; since: string | undefined };
}

/** The file comes after the answer: reading all of it takes longer than an answer may. */
async function asFile(context: Context, { subject, start, heading, args }: FileAsked): Promise<Reply> {
  await expectMayExport(context, subject);
  const { auditFile: words } = context.messages;
  const { actor, now } = context;
  const said = say(plain(words.follows), { to: 'user' });
  if (said.kind !== 'view') return said;
  const most = new Intl.NumberFormat(languageOf(actor.locale)).format(MOST_EXPORTED);
  return {
    ...said,
    file: {
      name: `audit-${localDate(now, actor.timeZone)}.csv`,
      content: {
        type: 'audit',
        personId: actor.personId,
        subject,
        ...(start ? { since: start.getTime() } : {}),
        until: now.getTime(),
      },
      intent: { action: 'audit', args: { ...argsOf(args), csv: 'yes' } },
      comment: plain(words.comment(heading)),
      cut: plain(words.cut(most)),
      missing: plain(words.missing),
      declined: plain(words.declined),
    },
  };
}

const argsOf = ({ task, who, since }: FileAsked['args']): Record<string, string> => ({
  ...(task ? { task: String(task) } : {}),
  ...(who ? { who } : {}),
  ...(since ? { since } : {}),
});

async function subjectOf(
  context: Context,
  { task, who }: { task: number | undefined; who: string | undefined },
): Promise<{ subject: AuditSubject; heading: string }> {
  const { history } = context.messages;
  if (task) return { subject: { type: 'task', number: task }, heading: history.headingOf(`#${task}`) };
  if (!who) return { subject: { type: 'organization' }, heading: history.heading };
  const [person] = await findPeople(context, { references: [who], argument: 'who', former: true });
  return person
    ? { subject: { type: 'person', id: person.id }, heading: history.headingOf(person.name) }
    : { subject: { type: 'organization' }, heading: history.heading };
}

interface Words {
  heading: string;
  empty: string;
  again: { action: string; args: Record<string, string> };
}

function answer(
  context: Context,
  page: Awaited<ReturnType<typeof reviewAudit>>,
  { heading, empty, again }: Words,
) {
  const older: Button | undefined = page.cursor
    ? {
        label: context.messages.history.older,
        intent: { action: again.action, args: { ...again.args, cursor: page.cursor } },
      }
    : undefined;
  const turned = context.invocation.request.type === 'intent' && 'cursor' in context.invocation.request.args;
  const view = auditList(page.records, {
    words: { heading, empty, ...(older ? { older } : {}) },
    reader: context.actor,
    now: context.now,
  });
  return { kind: 'view' as const, to: 'user' as const, view, ...(turned ? { replaceOriginal: true } : {}) };
}
