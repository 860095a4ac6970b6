import { settingsOf } from '../../../src/core/settings.ts';
import { settingSaved, settingsView } from '../../../src/views/settings.ts';
import { awayForm, generalForm, notificationsForm } from '../../../src/views/settings-forms.ts';
import { type Sample, samplesOf } from '../sample.ts';
import { momentOf, type World } from '../world.ts';

const untouched = ({ reader }: World) => ({ settings: settingsOf(null), ...reader });

const chosen = ({ reader, language }: World) => ({
  ...reader,
  settings: settingsOf({
    language,
    quietFrom: '19:00',
    quietTo: '06:30',
    workDays: [2, 3, 4, 5, 6],
    awayUntil: momentOf(9, 8),
    digest: true,
    digestAt: '06:45',
    digestDays: [1, 3],
    events: { commented: 'off', due_soon: 'digest', accepted: 'dm' },
  }),
});

const nothingSent = ({ reader }: World) => ({
  ...reader,
  settings: settingsOf({
    language: null,
    quietFrom: '00:00',
    quietTo: '00:00',
    workDays: [1, 2, 3, 4, 5, 6, 7],
    awayUntil: null,
    digest: false,
    digestAt: null,
    digestDays: null,
    events: null,
  }),
});

export const settingsSamples: readonly Sample[] = [
  ...samplesOf(settingsView, {
    'nothing set': (world) => settingsView(untouched(world), world.now),
    'much set': (world) => settingsView(chosen(world), world.now),
    'left alone': (world) => settingsView(nothingSent(world), world.now),
  }),
  ...samplesOf(settingSaved, {
    'quiet hours': ({ messages }) =>
      settingSaved(messages.settings.quietSet('19:00–06:30'), messages.settings),
  }),
  ...samplesOf(generalForm, {
    'nothing set': (world) => generalForm(untouched(world), { now: world.now, nonce: 'n' }),
    'much set': (world) => generalForm(chosen(world), { now: world.now, nonce: 'n' }),
  }),
  ...samplesOf(notificationsForm, {
    'of a worker': (world) => notificationsForm(untouched(world), { manages: false, nonce: 'n' }),
    'of a manager': (world) => notificationsForm(chosen(world), { manages: true, nonce: 'n' }),
  }),
  ...samplesOf(awayForm, { 'until when': ({ reader }) => awayForm(reader.locale, 'n') }),
];
