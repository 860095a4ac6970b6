import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { notificationKinds } from '../../src/core/notification.ts';
import {
  eventOf,
  isUrgent,
  notificationEvents,
  notificationPolicy,
} from '../../src/core/notification-policy.ts';
import { settingsOf } from '../../src/core/settings.ts';

const open = {
  language: null,
  quietFrom: null,
  quietTo: null,
  workDays: null,
  awayUntil: null,
  digest: null,
  digestAt: null,
  digestDays: null,
  events: null,
};

test('who never set anything has quiet nights, a digest on working days, and the events as everyone has them', () => {
  const settings = settingsOf(undefined);
  expect(settings).toMatchObject({
    language: null,
    quiet: { from: '20:00', to: '07:00' },
    workDays: [1, 2, 3, 4, 5],
    awayUntil: null,
    digest: { on: true, at: '08:00', days: [1, 2, 3, 4, 5] },
  });
  for (const event of notificationEvents)
    expect(settings.events[event]).toBe(notificationPolicy[event].channel);
});

test('what is set holds, and what is left open is filled in beside it', () => {
  const settings = settingsOf({
    ...open,
    quietFrom: '22:00',
    quietTo: '05:30',
    workDays: [6, 2, 2],
    digest: false,
    events: { commented: 'off' },
  });
  expect(settings.quiet).toEqual({ from: '22:00', to: '05:30' });
  expect(settings.workDays).toEqual([2, 6]);
  expect(settings.digest).toEqual({ on: false, at: '08:00', days: [2, 6] });
  expect(settings.events.commented).toBe('off');
  expect(settings.events.assigned).toBe(notificationPolicy.assigned.channel);
});

test('quiet hours that end when they begin are none', () => {
  expect(settingsOf({ ...open, quietFrom: '00:00', quietTo: '00:00' }).quiet).toBeNull();
});

test('no days at all are the days of everyone', () => {
  expect(settingsOf({ ...open, workDays: [], digestDays: [] })).toMatchObject({
    workDays: [1, 2, 3, 4, 5],
    digest: { days: [1, 2, 3, 4, 5] },
  });
});

test('only what is urgent comes at night: a reminder always, the rest for urgent tasks', () => {
  expect(isUrgent('reminder')).toBe(true);
  expect(isUrgent('assigned', 'urgent')).toBe(true);
  expect(isUrgent('assigned', 'high')).toBe(false);
  expect(isUrgent('commented', 'urgent')).toBe(false);
  expect(isUrgent('digest')).toBe(false);
});

test('each kind of message falls under an event that can be chosen about, or under none', () => {
  for (const kind of notificationKinds) {
    const event = eventOf(kind);
    if (event !== null) expect(notificationEvents).toContain(event);
  }
});

test('the page about notifications shows the table as it is', () => {
  const page = readFileSync(new URL('../../docs/notifications.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| (dm|digest|off) \| (.+) \| (yes|no) \|$/gm)].map(
    ([, event, channel, urgent, bundled]) => [event, { channel, urgent, bundled: bundled === 'yes' }],
  );
  expect(Object.fromEntries(rows)).toEqual(notificationPolicy);
});
