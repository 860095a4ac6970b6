import { type Messages, messagesFor } from '../core/messages.ts';
import { ruleSchema } from '../core/recurrence.ts';
import { type Button, type Form, join, type Reply, type RichText, say } from '../core/view.ts';
import type { Repeated } from '../services/repeat-task.ts';
import type { TaskRecord } from '../services/task-record.ts';
import { ruleWords } from './rule-words.ts';
import { type Reader, taskName, whenSpan } from './words.ts';

interface Written {
  messages: Messages;
  reader: Reader;
  now: Date;
}

type NamedTask = Pick<TaskRecord, 'number' | 'title'>;

/** "#42 Sweep the dock repeats every weekday at 09:00. The next one comes tomorrow 09:00." */
export function repeatSet({ task, rule, next }: Repeated, written: Written): Reply {
  const { repeats } = written.messages;
  return told(ruleSentence(task, { rule, next }, written), {
    ack: repeats.setAck(task.number),
    buttons: next ? [stop(task, written.messages)] : [],
  });
}

/** How it repeats, or how to have it repeat. */
export function repetition(
  { task, setBy, mayChange }: { task: TaskRecord; setBy: string | undefined; mayChange: boolean },
  written: Written & { root: string },
): Reply {
  const { repeats } = written.messages;
  const { series } = task;
  if (!series?.nextAt) {
    const command = `${written.root}repeat ${task.number} every 2 weeks on tue 9am`;
    return told(repeats.notRepeated(taskName(task), command), {
      ack: repeats.notRepeating(task.number),
      buttons: mayChange ? offers(task, written.messages) : [],
    });
  }
  const sentence = ruleSentence(task, { rule: series.rule, next: new Date(series.nextAt) }, written);
  return told(join(setBy ? [sentence, repeats.setBy(setBy)] : [sentence], ' '), {
    ack: repeats.setAck(task.number),
    buttons: mayChange ? [stop(task, written.messages), other(task, written.messages)] : [],
  });
}

export const repeatStopped = (task: NamedTask, { repeats }: Messages): Reply =>
  told(repeats.stopped(taskName(task)), { ack: repeats.stoppedAck(task.number), buttons: [] });

export function repeatForm(number: number, { messages, nonce }: { messages: Messages; nonce: string }): Form {
  const { form } = messages.repeats;
  return {
    title: form.title(number),
    submit: form.submit,
    intent: { action: 'repeat', args: { task: String(number) } },
    nonce,
    fields: [
      {
        type: 'text',
        name: 'rule',
        label: form.rule,
        placeholder: 'every weekday 9am',
        hint: form.hint,
        maxLength: 150,
      },
    ],
  };
}

/** News of a task that came by its rule, which stands in the notification as JSON. */
export function itIsTimeAgain(
  task: NamedTask,
  { rule, recipient }: { rule: string; recipient: Pick<Reader, 'locale'> },
): { news: RichText; summary: string } {
  const { repeats } = messagesFor(recipient.locale);
  const words = ruleWords(ruleSchema.parse(JSON.parse(rule)), recipient);
  return { news: repeats.again(words), summary: repeats.againSummary(`#${task.number} ${task.title}`) };
}

function ruleSentence(
  task: NamedTask,
  { rule, next }: Pick<Repeated, 'rule' | 'next'>,
  { messages: { repeats }, reader, now }: Written,
): RichText {
  const words = ruleWords(rule, reader);
  if (!next) return repeats.over(taskName(task), words);
  return repeats.set(taskName(task), words, whenSpan(next, { reader, now }));
}

const told = (sentence: RichText, { ack, buttons }: { ack: string; buttons: Button[] }): Reply =>
  say(sentence, { to: 'user', ack, buttons });

const offers = (task: NamedTask, messages: Messages): Button[] => {
  const { buttons } = messages.repeats;
  return [
    asks(task, buttons.weekdays, 'every weekday'),
    asks(task, buttons.weekly, 'weekly'),
    asks(task, buttons.monthly, 'monthly'),
    other(task, messages),
  ];
};

const stop = (task: NamedTask, { repeats }: Messages): Button => asks(task, repeats.buttons.stop, 'off');

/** "Stop repeating", where the task itself is what is spoken of */
export const stopRepeatingButton = (task: Pick<TaskRecord, 'number'>, { repeats }: Messages): Button =>
  asks(task, repeats.buttons.stopSeries, 'off');

/** Opens the form. */
const other = ({ number }: NamedTask, { repeats }: Messages): Button => ({
  label: repeats.buttons.other,
  intent: { action: 'repeat', args: { task: String(number), form: 'yes' } },
});

const asks = ({ number }: Pick<TaskRecord, 'number'>, label: string, rule: string): Button => ({
  label,
  intent: { action: 'repeat', args: { task: String(number), rule } },
});
