import {
  reminderCalledOff,
  reminderList,
  reminderSet,
  snoozed,
  whenForm,
  woken,
} from '../../../src/views/reminders.ts';
import { pump } from '../data.ts';
import { type Sample, samplesOf } from '../sample.ts';
import { momentOf, type World } from '../world.ts';

const own = (world: World) => [
  { number: 42, title: world.words.title, at: momentOf(0, 17), snoozes: false },
  { number: 57, title: world.words.otherTitle, at: momentOf(3, 8), snoozes: true },
];

export const reminderSamples: readonly Sample[] = [
  ...samplesOf(reminderSet, {
    new: (world) => reminderSet(pump(world), { at: momentOf(1, 8), isNew: true }, world.context),
    'there already': (world) => reminderSet(pump(world), { at: momentOf(1, 8), isNew: false }, world.context),
  }),
  ...samplesOf(reminderCalledOff, {
    plain: (world) => reminderCalledOff(pump(world), world.messages),
  }),
  ...samplesOf(reminderList, {
    some: (world) => reminderList(own(world), world.context),
    empty: (world) => reminderList([], world.context),
  }),
  ...samplesOf(snoozed, { plain: (world) => snoozed(pump(world), momentOf(0, 18), world.context) }),
  ...samplesOf(woken, { plain: (world) => woken(pump(world), world.messages) }),
  ...samplesOf(whenForm, {
    remind: ({ messages }) => whenForm('remind', { number: 42, nonce: 'n', messages }),
    snooze: ({ messages }) => whenForm('snooze', { number: 42, nonce: 'n', messages }),
  }),
];
