import { bold, code, type RichText, type Span, text } from '../../view.ts';

const ordinals = new Intl.PluralRules('en-GB', { type: 'ordinal' });
const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/** Tasks that come again. `days`, `day`, `date` and `time` are written as the reader's locale has them. */
export const repeats = {
  every: {
    day: 'every day',
    days: (count: number) => `every ${count} days`,
    workday: 'every weekday',
    week: (days: string) => `every ${days}`,
    weeks: (count: number, days: string) => `every ${count} weeks on ${days}`,
    month: (days: string) => `every month on the ${days}`,
    months: (count: number, days: string) => `every ${count} months on the ${days}`,
    year: (date: string) => `every year on ${date}`,
  },
  dayOfMonth: (day: number) => `${day}${endings[ordinals.select(day)] ?? 'th'}`,
  lastDay: 'last day',
  nth: {
    first: (day: string) => `first ${day}`,
    second: (day: string) => `second ${day}`,
    third: (day: string) => `third ${day}`,
    fourth: (day: string) => `fourth ${day}`,
    last: (day: string) => `last ${day}`,
  },
  at: (rule: string, time: string) => `${rule} at ${time}`,
  shifted: (rule: string) => `${rule}, on a day off the next working day`,
  until: (rule: string, date: string) => `${rule}, until ${date}`,

  card: (rule: string) => `repeats ${rule}`,
  /** Said of one that was cancelled */
  nextComes: (when: Span): RichText => text`It repeats: the next one comes ${when}.`,
  set: (task: RichText, rule: string, next: Span): RichText =>
    text`${task} repeats ${rule}. The next one comes ${next}.`,
  setAck: (number: number) => `#${number} repeats.`,
  /** Told of a series that has run out */
  over: (task: RichText, rule: string): RichText => text`${task} repeated ${rule}. No more will come.`,
  setBy: (name: string) => `${name} set it so.`,
  stopped: (task: RichText): RichText => text`${task} repeats no more. What is there stays.`,
  stoppedAck: (number: number) => `#${number} repeats no more.`,
  notRepeated: (task: RichText, command: string): RichText =>
    text`${task} does not repeat. Choose how often, or type it, like ${code(command)}.`,
  notAny: 'does not repeat',
  again: (rule: string): RichText => text`${bold('It is time again')}: ${rule}`,
  againSummary: (task: string) => `Again: ${task}`,
  buttons: {
    stop: 'Stop',
    stopSeries: 'Stop repeating',
    weekdays: 'Weekdays',
    weekly: 'Weekly',
    monthly: 'Monthly',
    other: 'Other…',
  },
  form: {
    title: (number: number) => `Repeat #${number}`,
    rule: 'How often?',
    hint: 'Like “every weekday 9am”, “every 2 weeks on tue” or “monthly on the 1st until 20 dec”',
    submit: 'Repeat',
  },

  unreadable: (rule: string) =>
    `I can’t read how often that is: “${rule}”. Try “every weekday 9am”, “every 2 weeks on tue” or “monthly on the 1st”.`,
  time: (time: string) => `I can’t read “${time}” as a time of day. Try “9am” or “17:30”.`,
  end: (date: string) => `I can’t read “${date}” as its end. Try “until 20 dec”.`,
  meant: (sentence: string, suggestion: string) => `${sentence} Did you mean “${suggestion}”?`,
  ended: (rule: string) => `“${rule}” would never come. Set a later end.`,
  notRepeating: (number: number) => `#${number} does not repeat.`,
  ofPart: (number: number, parent: number) =>
    `#${number} is part of #${parent}, and comes along with it: \`repeat ${parent} every monday\`.`,
};
