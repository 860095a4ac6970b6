import { expect, test } from '@jest/globals';
import type { NotificationKind } from '../../src/core/notification.ts';
import { decideSend } from '../../src/core/send-decision.ts';
import { type StoredSettings, settingsOf } from '../../src/core/settings.ts';

const NOON = new Date('2026-11-24T12:00:00Z');
const NIGHT = new Date('2026-11-24T23:00:00Z');
const nothing: StoredSettings = {
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

const about = (kind: NotificationKind, more: Partial<StoredSettings> = {}) => ({
  kind,
  muted: false,
  recipient: { timeZone: 'UTC', settings: settingsOf({ ...nothing, ...more }), holidays: [] },
});

test('by day what is on goes, and says whether it is urgent', () => {
  expect(decideSend(about('assigned'), NOON)).toEqual({ do: 'send', urgent: false });
  expect(decideSend({ ...about('assigned'), priority: 'urgent' }, NOON)).toEqual({
    do: 'send',
    urgent: true,
  });
});

test('at night what is not urgent is held until morning', () => {
  expect(decideSend(about('assigned'), NIGHT)).toEqual({
    do: 'hold',
    until: new Date('2026-11-25T07:00:00Z'),
  });
  expect(decideSend({ ...about('assigned'), priority: 'urgent' }, NIGHT)).toEqual({
    do: 'send',
    urgent: true,
  });
});

test('answers to what somebody did themselves are held by nothing', () => {
  expect(decideSend(about('joined'), NIGHT)).toEqual({ do: 'send', urgent: true });
  expect(decideSend(about('card_not_posted'), NIGHT)).toEqual({ do: 'send', urgent: true });
});

test('what is turned off is dropped, what is for the digest waits for it, if there is one', () => {
  expect(decideSend(about('commented', { events: { commented: 'off' } }), NOON)).toEqual({
    do: 'drop',
    reason: 'turned off',
  });
  expect(decideSend(about('accepted'), NOON)).toEqual({ do: 'digest' });
  expect(decideSend(about('accepted', { digest: false }), NOON)).toMatchObject({ do: 'drop' });
  expect(decideSend(about('accepted', { events: { digest: 'off' } }), NOON)).toMatchObject({ do: 'drop' });
});

test('of a muted task comes only what asks for the person', () => {
  expect(decideSend({ ...about('commented'), muted: true }, NOON)).toMatchObject({ do: 'drop' });
  expect(decideSend({ ...about('blocked'), muted: true, priority: 'urgent' }, NOON)).toMatchObject({
    do: 'drop',
  });
  expect(decideSend({ ...about('nudged'), muted: true }, NOON)).toMatchObject({ do: 'send' });
  expect(decideSend({ ...about('assigned'), muted: true }, NOON)).toMatchObject({ do: 'send' });
});
