import { type TextPart, text } from '../../view.ts';

/** The facts that stand on a task’s card and in its row of a list. */
export const card = {
  due: (when: TextPart) => text`due ${when}`,
  overdueSince: (when: TextPart) => text`overdue since ${when}`,
  priority: (name: string) => `${name} priority`,
  subtasksDone: (done: number, total: number) => `${done} of ${total} subtasks done`,
  partsDone: ({ people, done, total }: { people: string; done: number; total: number }) =>
    `${people} (${done} of ${total} done)`,
  partOf: (number: number) => `part of #${number}`,
  from: (name: string) => `from ${name}`,
  closedBy: ({ status, who, when }: { status: string; who: string; when: TextPart }) =>
    text`${status.toLowerCase()} by ${who} ${when}`,
  summary: (task: string, status: string) => `${task}: ${status}`,
  summaryOverdue: (task: string, status: string) => `${task}: ${status}, overdue`,
};
