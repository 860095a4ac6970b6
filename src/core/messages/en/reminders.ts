import { bold, code, type RichText, type Span, text } from '../../view.ts';

/** What falls due, and what people want to be reminded of. `task` is “#42 Reseal pump 3”, `when` a moment. */
export const reminders = {
  soon: 'Due soon',
  now: 'Due now',
  today: 'Due today',
  overdue: 'Overdue',
  /** The last one */
  lastTo: (manager: string): RichText =>
    text`${bold('Overdue')}. ${manager} hears of it now, and I remind you of it no more.`,
  last: (): RichText => text`${bold('Overdue')}. I remind you of it no more.`,
  nobodys: 'nobody has it',
  escalated: (people: string, times: number): RichText =>
    text`${bold('Overdue')}. I have reminded ${people} ${times === 2 ? 'twice' : `${times} times`}; it is up to you now, and I say no more of it.`,
  escalatedNobodys: (): RichText =>
    text`${bold('Overdue')}, and nobody has it. It is up to you now, and I say no more of it.`,
  asked: 'You wanted to be reminded',
  putOff: 'You had put this off until now',
  summaries: {
    soon: (task: string) => `Due soon: ${task}`,
    now: (task: string) => `Due now: ${task}`,
    today: (task: string) => `Due today: ${task}`,
    overdue: (task: string) => `Overdue: ${task}`,
    reminder: (task: string) => `Reminder: ${task}`,
  },
  buttons: {
    hour: 'Snooze 1 h',
    hours: 'Snooze 3 h',
    tomorrow: 'Tomorrow',
    until: 'Until…',
    callOff: 'Call it off',
    assign: 'Assign',
    reassign: 'Reassign',
    show: 'Show',
  },

  set: (task: RichText, when: Span): RichText => text`I will remind you of ${task}: ${when}.`,
  setAck: (number: number) => `I will remind you of #${number}.`,
  setAlready: (task: RichText, when: Span): RichText =>
    text`You have a reminder of ${task} at that time already: ${when}.`,
  calledOff: (task: RichText): RichText => text`Called off: I won’t remind you of ${task}.`,
  calledOffAck: (number: number) => `No reminder of #${number}.`,
  none: (number: number) => `You have no reminder of #${number}. \`remind ${number} tomorrow 9am\` sets one.`,
  tooMany: (most: number) =>
    `You have ${most} reminders already. \`remind\` shows them: call off what you don’t need.`,
  isPutOff: 'put off until then',
  list: 'Your reminders',
  empty: (root: string): RichText =>
    text`There is nothing to remind you of. ${code(`${root}remind 42 tomorrow 9am`)} sets a reminder.`,
  snoozed: (task: RichText, when: Span): RichText =>
    text`Put off: ${task}. You hear nothing of its date until ${when}.`,
  snoozedAck: (number: number) => `#${number} is put off.`,
  woken: (task: RichText): RichText => text`No longer put off: ${task}`,
  wokenAck: (number: number) => `#${number} is no longer put off.`,
  notSnoozed: (number: number) => `You have not put #${number} off. \`snooze ${number} 3h\` does.`,
  closed: (number: number, status: string) =>
    `#${number} is ${status.toLowerCase()}: there is nothing to put off. \`remind ${number} tomorrow 9am\` reminds you all the same.`,

  form: {
    remind: (number: number) => `Remind me of #${number}`,
    snooze: (number: number) => `Put off #${number}`,
    when: 'When?',
    until: 'Until when?',
    hint: 'Like “in 2h”, “mon 9am” or “30 nov”; a day alone means its morning',
    remindMe: 'Remind me',
    putOff: 'Put off',
  },
};
