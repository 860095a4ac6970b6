import { type Messages, messagesFor } from '../core/messages.ts';
import type { Report } from '../core/report.ts';
import { bold, plain, text, type View } from '../core/view.ts';
import type { WeeklyReport, WeekOfProject } from '../services/weekly-report.ts';
import { reportImage } from './report.ts';
import { facts } from './words.ts';

/** A manager's past week in numbers; undefined for one in which nothing happened and nothing is open. */
export function weeklyReportView({ recipient, projects }: WeeklyReport, picture?: Report): View | undefined {
  const words = messagesFor(recipient.locale).weekly;
  const told = projects.filter(({ added, done, open }) => added + done + open > 0);
  if (told.length === 0) return undefined;
  const all = told.reduce(
    (sum, { done, open, overdue }) => ({
      done: sum.done + done,
      open: sum.open + open,
      overdue: sum.overdue + overdue,
    }),
    { done: 0, open: 0, overdue: 0 },
  );
  const [only, ...more] = told;
  const query = `${only && more.length === 0 ? only.key : 'all'} overdue`;
  return {
    title: words.title,
    summary: words.summary(all),
    nodes: [
      { type: 'text', text: text`${words.summary(all)}` },
      { type: 'fields', items: told.slice(0, 10).map((project) => fieldOf(project, words)) },
      ...(picture ? [{ ...reportImage(picture, recipient), follows: plain(words.picture) }] : []),
      {
        type: 'actions',
        buttons: [{ label: words.tasks, intent: { action: 'list', args: { query } } }],
      },
    ],
  };
}

function fieldOf(project: WeekOfProject, words: Messages['weekly']) {
  const { key, done, added, open, overdue, blocked } = project;
  return {
    label: key,
    value: facts([
      text`${bold(words.done(done))}`,
      words.added(added),
      words.open(open),
      overdue > 0 ? words.overdue(overdue) : undefined,
      blocked > 0 ? words.blocked(blocked) : undefined,
    ]),
  };
}
