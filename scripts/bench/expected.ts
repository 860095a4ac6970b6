/** What somebody asked for, as far as the answer's words depend on it. */
export interface Asked {
  what: 'help' | 'list' | 'show' | 'form' | 'done' | 'reopen';
  /** The task's number; for a list, that of a task which must stand in it */
  task: number;
}

/** Whether an answer says what it should: a fast wrong answer is worth nothing. */
export function isAnswer({ what, task }: Asked, text: string): boolean {
  switch (what) {
    case 'help':
      return text.includes('What I can do for you');
    case 'list':
      return text.includes('open tasks') && text.includes(`#${task}`);
    case 'show':
      return text.includes(`#${task}`) && text.includes(titleOf(task));
    case 'form':
      // Words instead would say that Slack did not open it.
      return text === '';
    case 'done':
      return text.includes('Done: ') && text.includes(titleOf(task));
    case 'reopen':
      return text.includes('Reopened: ') && text.includes(titleOf(task));
    default:
      return what satisfies never;
  }
}

export const titleOf = (task: number): string => `Check valve ${task} and note what it shows`;

/** On Teams the activity's id carries what was asked to the stand-in, which sees the answer. */
export const activityIdOf = ({ what, task }: Asked, count: number): string => `${what}.${task}.${count}`;

export function askedIn(activityId: string): Asked | undefined {
  const [, what, task] = /^(help|list|show|done|reopen)\.(\d+)\.\d+$/.exec(activityId) ?? [];
  return what && task ? { what: what as Asked['what'], task: Number(task) } : undefined;
}
