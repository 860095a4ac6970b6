import { z } from 'zod';
import type { Typed } from '../core/action.ts';
import type { CommandLine } from '../core/command-line.ts';
import { AppError } from '../core/errors.ts';
import type { ReportPeriod } from '../core/report.ts';
import { usualBack } from '../core/report-period.ts';
import { shorten } from '../core/shorten.ts';
import type { Button } from '../core/view.ts';
import { findPeople } from '../services/people.ts';
import { findProject } from '../services/projects.ts';
import { type ReportSubject, readReport } from '../services/report.ts';
import { reportView } from '../views/report.ts';
import { optionalText, reference } from './arguments.ts';
import { action, type Context } from './context.ts';

/** So far back the states of tasks are kept (jobs/forget.ts), with the period before to compare. */
const furthest: Record<ReportPeriod, number> = { week: 8, month: 1 };

interface Asked {
  who?: string | undefined;
  project?: string | undefined;
  period: ReportPeriod;
  back: number;
}

export const workReport = action({
  name: 'report',
  usage: ['report [PROJECT|@who] [last] [week|month]'],
  topic: 'manage',
  access: 'manager',
  effect: 'query',
  read: readWords,
  args: z.object({
    who: optionalText(300),
    project: optionalText(60),
    period: z.enum(['week', 'month']).catch('week'),
    back: z.coerce.number().int().min(0).optional().catch(undefined),
  }),
  async run(context, { back, ...asked }) {
    const usual = usualBack(asked.period, { reader: context.actor, now: context.now });
    const wanted = { ...asked, back: Math.min(back ?? usual, furthest[asked.period]) };
    const subject = await subjectOf(context, wanted);
    const report = await readReport(context, { subject, period: wanted.period, back: wanted.back });
    const view = reportView(report, { locale: context.actor.locale, buttons: buttonsTo(context, wanted) });
    const turned = context.invocation.request.type === 'intent';
    return { kind: 'view', to: 'user', view, ...(turned ? { replaceOriginal: true } : {}) };
  },
});

/** The words in any order: `report DOCK last month`. */
function readWords(line: CommandLine, { mentions }: Typed): Record<string, string> {
  const read: Record<string, string> = {};
  while (!line.done) {
    const person = line.person();
    if (person) {
      read.who = reference(person, mentions);
      continue;
    }
    const period = line.keyword('week', 'month');
    if (period) read.period = period;
    else if (line.keyword('last', 'previous')) read.back = '1';
    else if (line.keyword('this')) read.back = '0';
    else if (!line.keyword('for', 'of', 'in', 'all', 'the')) {
      const word = line.word();
      if (word === undefined) break;
      read.project = read.project ? `${read.project} ${word}` : word;
    }
  }
  return read;
}

async function subjectOf(context: Context, { who, project }: Asked): Promise<ReportSubject> {
  if (who) {
    const [person] = await findPeople(context, { references: [who], argument: 'who', former: true });
    if (person) return { type: 'person', ...person };
  }
  if (!project) return { type: 'all' };
  if (/\s/.test(project)) {
    throw new AppError('invalid_arguments', {
      userMessage: ({ report }) => report.unreadable(shorten(project, 60)),
    });
  }
  const { id, key } = await findProject(context, project);
  return { type: 'project', id, key };
}

function buttonsTo({ messages: { report: words } }: Context, asked: Asked): Button[] {
  const { period, back } = asked;
  const to = (label: string, changed: Partial<Asked>): Button => ({
    label,
    intent: { action: 'report', args: argsOf({ ...asked, ...changed }) },
  });
  return [
    ...(back < furthest[period] ? [to(words.earlier[period], { back: back + 1 })] : []),
    ...(back > 0 ? [to(words.later[period], { back: back - 1 })] : []),
    to(words.other[period], { period: period === 'week' ? 'month' : 'week', back: 0 }),
  ];
}

const argsOf = ({ who, project, period, back }: Asked): Record<string, string> => ({
  ...(who ? { who } : {}),
  ...(project ? { project } : {}),
  period,
  back: String(back),
});
