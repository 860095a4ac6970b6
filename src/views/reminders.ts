import type { Messages } from '../core/messages.ts';
import {
  type Button,
  type Form,
  type Reply,
  type RichText,
  say,
  text,
  toPlain,
  type View,
} from '../core/view.ts';
import type { OwnReminder } from '../services/remind.ts';
import { facts, type Reader, taskName, whenSpan } from './words.ts';

interface Written {
  messages: Messages;
  reader: Reader;
  now: Date;
}

interface NamedTask {
  number: number;
  title: string;
}

/** "I will remind you of #42 Reseal pump 3: tomorrow 09:00." */
export function reminderSet(
  task: NamedTask,
  { at, isNew }: { at: Date; isNew: boolean },
  written: Written,
): Reply {
  const { reminders } = written.messages;
  const sentence = (isNew ? reminders.set : reminders.setAlready)(taskName(task), whenSpan(at, written));
  return told(sentence, {
    ack: reminders.setAck(task.number),
    buttons: [callOff(task, 'remind', written.messages, at)],
  });
}

export const reminderCalledOff = (task: NamedTask, { reminders }: Messages): Reply =>
  told(reminders.calledOff(taskName(task)), { ack: reminders.calledOffAck(task.number), buttons: [] });

export function snoozed(task: NamedTask, at: Date, written: Written): Reply {
  const { reminders } = written.messages;
  return told(reminders.snoozed(taskName(task), whenSpan(at, written)), {
    ack: reminders.snoozedAck(task.number),
    buttons: [show(task, written.messages), callOff(task, 'snooze', written.messages)],
  });
}

export const woken = (task: NamedTask, messages: Messages): Reply =>
  told(messages.reminders.woken(taskName(task)), {
    ack: messages.reminders.wokenAck(task.number),
    buttons: [show(task, messages)],
  });

/** What somebody is still to be reminded of. */
export function reminderList(own: readonly OwnReminder[], written: Written & { root: string }): View {
  const { reminders } = written.messages;
  const rows = own.map(({ at, snoozes, ...task }) => ({
    title: taskName(task),
    detail: facts([text`${whenSpan(at, written)}`, snoozes ? reminders.isPutOff : undefined]),
    buttons: [callOff(task, snoozes ? 'snooze' : 'remind', written.messages, at)],
  }));
  const empty = reminders.empty(written.root);
  return {
    title: reminders.list,
    summary: own.length > 0 ? `${reminders.list}: ${own.length}` : toPlain(empty),
    nodes: [{ type: 'list', rows, empty }],
  };
}

/** Asks for the time. */
export function whenForm(
  action: 'remind' | 'snooze',
  { number, nonce, messages }: { number: number; nonce: string; messages: Messages },
): Form {
  const { form } = messages.reminders;
  return {
    title: form[action](number),
    submit: action === 'remind' ? form.remindMe : form.putOff,
    intent: { action, args: { task: String(number) } },
    nonce,
    fields: [
      {
        type: 'text',
        name: 'when',
        label: action === 'remind' ? form.when : form.until,
        placeholder: 'tomorrow 9am',
        hint: form.hint,
        maxLength: 60,
      },
    ],
  };
}

const told = (sentence: RichText, { ack, buttons }: { ack: string; buttons: Button[] }): Reply =>
  say(sentence, { to: 'user', ack, buttons });

const show = ({ number }: NamedTask, { buttons }: Messages): Button => ({
  label: buttons.show,
  intent: { action: 'show', args: { task: String(number) } },
});

const callOff = (
  { number }: NamedTask,
  action: 'remind' | 'snooze',
  { reminders }: Messages,
  at?: Date,
): Button => ({
  label: reminders.buttons.callOff,
  intent: {
    action,
    args: {
      task: String(number),
      when: 'off',
      ...(at && action === 'remind' ? { at: at.toISOString() } : {}),
    },
  },
});
