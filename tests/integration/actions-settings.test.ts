import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Form } from '../../src/core/view.ts';
import { readSettings } from '../../src/services/settings.ts';
import { buttonOf, type Crew, formOf, openCrew } from '../support/crew.ts';

let crew: Crew;

beforeAll(async () => {
  crew = await openCrew();
});
afterAll(() => crew.close());

const settingsOf = async (who: string) => {
  const id = `harbor-person-${who}`;
  const found = (await readSettings(crew.db, [id])).get(id);
  if (!found) throw new Error('There are settings for everyone');
  return found;
};
const person = (who: string) =>
  crew.db.prisma.person.findUniqueOrThrow({ where: { id: `harbor-person-${who}` } });

/** A form's values as they were shown. */
const shownIn = (form: Form): Record<string, string> =>
  Object.fromEntries(form.fields.map(({ name, value = '' }) => [name, value]));

describe('settings alone', () => {
  test('shows in words what holds, with the ways to change it', async () => {
    const { words, buttons, reply } = await crew.says('tom', 'settings');
    expect(words.split('\n')).toEqual([
      'Your settings',
      'Language: English, as in your profile',
      expect.stringMatching(/^Time zone: \S+, \d\d:\d\d now$/),
      'Quiet hours: 20:00 – 07:00',
      'Working days: Mon–Fri',
      'Away: no',
      'Daily digest: 08:00, Mon–Fri',
      'Notifications: as for everyone',
      '[General] [Notifications] [I’m away]',
    ]);
    expect(buttons).toHaveLength(3);
    expect(reply).toMatchObject({ to: 'user' });
  });

  test('a word that is no setting is answered with those that there are', async () => {
    expect((await crew.says('tom', 'settings color blue')).words).toMatch(
      /^I don’t know \/task settings color\. There are language, timezone, quiet/,
    );
  });

  test('App Home leads there', async () => {
    const home = await crew.presses('tom', { intent: { action: 'home', args: {} } });
    expect((await crew.presses('tom', buttonOf(home, 'Settings'))).words).toMatch(/^Your settings\n/);
  });
});

describe('the language', () => {
  test('is spoken from the very answer on, and in the next command', async () => {
    expect((await crew.says('priya', 'settings language es')).words).toMatch(
      /^A partir de ahora te hablo en español\.\n\[Todos los ajustes\]$/,
    );
    const { words } = await crew.says('priya', 'settings');
    expect(words).toMatch(/^Tus ajustes\nIdioma: Español\n/);
    expect(words).toMatch(/\nDías laborables: lun–vie\n/);
    expect((await person('priya')).locale).toMatch(/^es(-|$)/);
    expect((await crew.says('priya', 'settings quiet soon')).words).toMatch(/^Di desde cuándo hasta cuándo/);
  });

  test('keeps the region, and with it how times are written', async () => {
    expect((await person('sam')).locale).toBe('en-NZ');
    await crew.says('sam', 'settings language spanish');
    expect((await person('sam')).locale).toBe('es-NZ');
    await crew.says('sam', 'settings language english');
    expect((await person('sam')).locale).toBe('en-NZ');
  });

  test('can be the profile’s again', async () => {
    await crew.says('priya', 'settings language auto');
    expect((await settingsOf('priya')).language).toBeNull();
    expect((await crew.says('priya', 'settings')).words).toMatch(/\nLanguage: English, as in your profile\n/);
  });

  test('one that I do not speak is answered in words', async () => {
    expect((await crew.says('tom', 'settings language klingon')).words).toMatch(
      /^I speak English and Spanish: \/task settings language en/,
    );
    expect((await crew.says('tom', 'settings language')).words).toMatch(/^I speak English and Spanish/);
  });
});

describe('the time zone', () => {
  test('is found by its city, said back with its time, and counts from the next word on', async () => {
    const { words } = await crew.says('wes', 'settings timezone tokyo');
    expect(words).toMatch(/^Your time zone is Asia\/Tokyo: it is 12:00 AM there\./);
    expect((await crew.says('wes', 'whoami')).words).toMatch(/Asia\/Tokyo/);
  });

  test('one that is misspelt gets a suggestion, and nothing changes', async () => {
    expect((await crew.says('wes', 'settings timezone Europe/Madird')).words).toMatch(
      /^I don’t know the time zone “Europe\/Madird”\. Do you mean Europe\/Madrid\?/,
    );
    expect((await crew.says('wes', 'settings timezone CET')).words).toMatch(
      /Do you mean Europe\/Berlin or Europe\/Madrid\?/,
    );
    expect((await person('wes')).timeZone).toBe('Asia/Tokyo');
  });
});

describe('quiet hours, working days, digest', () => {
  test.each([
    [
      'settings quiet 19:00-06:30',
      /^Quiet hours are 19:00 – 06:30\./,
      { quiet: { from: '19:00', to: '06:30' } },
    ],
    ['settings quiet off', /^There are no quiet hours for you any more\./, { quiet: null }],
    ['settings days tue-sat', /^You work Tue–Sat\./, { workDays: [2, 3, 4, 5, 6] }],
    ['settings days mon and wed', /^You work Mon and Wed\./, { workDays: [1, 3] }],
    ['settings digest at 6:45', /^Your digest comes at 06:45, Mon and Wed\./, { digest: { at: '06:45' } }],
    ['settings digest days weekdays', /^Your digest comes at 06:45, Mon–Fri\./, { workDays: [1, 3] }],
    ['settings digest off', /^There is no daily digest for you any more\./, { digest: { on: false } }],
    ['settings digest on', /^Your digest comes at 06:45/, { digest: { on: true } }],
  ])('%s', async (text, words, stored) => {
    expect((await crew.says('lena', text)).words).toMatch(words);
    expect(await settingsOf('lena')).toMatchObject(stored);
  });

  test.each([
    ['settings quiet', /^Say from when until when/],
    ['settings quiet 25-26', /^Say from when until when/],
    ['settings days never', /^Say which days you work/],
    ['settings digest sometimes', /^Say \/task settings digest on, \/task settings digest off/],
  ])('%s is answered with what to type', async (text, words) => {
    expect((await crew.says('lena', text)).words).toMatch(words);
  });
});

describe('away', () => {
  test('until a day ends as that day begins, where the person is', async () => {
    await crew.says('omar', 'settings timezone Europe/Madrid');
    const { words } = await crew.says('omar', 'settings away until 3 dec');
    expect(words).toMatch(/^You are away until Thu 3 Dec\. What/);
    expect((await settingsOf('omar')).awayUntil).toEqual(new Date('2026-12-02T23:00:00Z'));
  });

  test('through a day ends with it', async () => {
    await crew.says('omar', 'settings away through 3 dec');
    expect((await settingsOf('omar')).awayUntil).toEqual(new Date('2026-12-03T23:00:00Z'));
  });

  test('until a time ends then', async () => {
    await crew.says('omar', 'settings away until tomorrow 9am');
    expect((await settingsOf('omar')).awayUntil).toEqual(new Date('2026-11-25T08:00:00Z'));
  });

  test('is ended by a button in the settings', async () => {
    const shown = await crew.says('omar', 'settings');
    expect(shown.words).toMatch(/\nAway: until tomorrow 09:00\n/);
    expect((await crew.presses('omar', buttonOf(shown, 'I’m back'))).words).toMatch(/^You are back\./);
    expect((await settingsOf('omar')).awayUntil).toBeNull();
    expect((await crew.says('omar', 'settings away off')).words).toMatch(/^You are not away\./);
  });

  test('is begun by a button that asks until when', async () => {
    const away = buttonOf(await crew.says('omar', 'settings'), 'I’m away');
    const form = formOf((await crew.presses('omar', away)).reply);
    expect((await crew.submits('omar', form, { until: 'yesterday' })).words).toMatch(
      /^away: That is in the past/,
    );
    const again = formOf((await crew.presses('omar', away)).reply);
    expect((await crew.submits('omar', again, { until: '3 dec' })).words).toMatch(
      /^You are away until Thu 3 Dec/,
    );
  });

  test.each([
    ['settings away', /^Say until when/],
    ['settings away until the cows come home', /^I can’t read “the cows come home” as a date\./],
    ['settings away until yesterday', /^That is in the past/],
  ])('%s is answered with what to type', async (text, words) => {
    expect((await crew.says('omar', text)).words).toMatch(words);
  });
});

describe('notifications', () => {
  test('are chosen one by one, by name', async () => {
    expect((await crew.says('aiko', 'settings notify commented off')).words).toMatch(
      /^“A comment on your task” is off\./,
    );
    expect((await crew.says('aiko', 'settings notify due soon digest')).words).toMatch(
      /^“A task is due soon” stands in the digest only\./,
    );
    expect((await settingsOf('aiko')).events).toMatchObject({ commented: 'off', due_soon: 'digest' });
    expect((await crew.says('aiko', 'settings')).words).toMatch(
      /\nNotifications: in the digest: A task is due soon; off: A comment on your task\n/,
    );
  });

  test.each([
    ['settings notify', /^Say what and how/],
    ['settings notify commented loudly', /^Say what and how/],
    ['settings notify fireworks off', /^I don’t know the notification “fireworks”/],
    ['settings notify due off', /^“A task is due” is off\./],
    ['settings notify approv off', /Do you mean /],
  ])('%s', async (text, words) => {
    expect((await crew.says('maya', text)).words).toMatch(words);
  });

  test('a form shows each as it is, and only what was changed in it is written', async () => {
    const notifications = buttonOf(await crew.says('aiko', 'settings'), 'Notifications');
    const form = formOf((await crew.presses('aiko', notifications)).reply);
    const values = shownIn(form);
    expect(values).toMatchObject({ commented: 'off', due_soon: 'digest', assigned: 'dm' });
    await crew.says('aiko', 'settings notify blocked off');
    const sent = await crew.submits('aiko', form, { ...values, commented: 'dm', returned: 'digest' });
    expect(sent.words).toMatch(/\nNotifications: in the digest: A task is due soon, Your work is returned/);
    expect((await settingsOf('aiko')).events).toMatchObject({ commented: 'dm', returned: 'digest' });
  });

  test('workers are not asked about what only managers hear', async () => {
    const names = (form: Form) => form.fields.map(({ name }) => name);
    const formFor = async (who: string) =>
      formOf((await crew.presses(who, { intent: { action: 'settings-notifications', args: {} } })).reply);
    expect(names(await formFor('tom'))).not.toContain('join_asked');
    expect(names(await formFor('maya'))).toContain('join_asked');
  });
});

describe('the form of general settings', () => {
  const open = async (who: string) =>
    formOf((await crew.presses(who, buttonOf(await crew.says(who, 'settings'), 'General'))).reply);

  test('shows what holds, and says that nothing was changed when nothing was', async () => {
    const form = await open('tom');
    expect(shownIn(form)).toEqual({
      language: 'auto',
      zone: (await person('tom')).timeZone,
      quiet: '20:00-07:00',
      days: '1,2,3,4,5',
      away: '',
      digest: '08:00',
      digestDays: '1,2,3,4,5',
    });
    expect((await crew.submits('tom', form, shownIn(form))).words).toMatch(/^Nothing was changed\./);
    expect(
      await crew.db.prisma.personSettings.findUnique({ where: { personId: 'harbor-person-tom' } }),
    ).toBeNull();
  });

  test('writes what was changed and shows all of it in the new language', async () => {
    const form = await open('tom');
    const { words } = await crew.submits('tom', form, {
      ...shownIn(form),
      language: 'es',
      zone: 'madrid',
      quiet: '',
      days: '1,2,3,4',
      away: '3 dec',
      digest: '',
    });
    expect(words).toMatch(/^Tus ajustes\nIdioma: Español\nZona horaria: Europe\/Madrid, ahora las 16:00\n/);
    expect(await settingsOf('tom')).toMatchObject({
      language: 'es',
      quiet: null,
      workDays: [1, 2, 3, 4],
      awayUntil: new Date('2026-12-02T23:00:00Z'),
      digest: { on: false },
    });
    await crew.says('tom', 'settings language en');
  });

  test.each([
    [{ zone: 'Atlantis' }, 'zone: I don’t know the time zone “Atlantis”.'],
    [{ quiet: 'at night' }, 'quiet: Say from when until when'],
    [{ away: 'soon' }, 'away: I can’t read “soon” as a date.'],
    [{ digest: 'early' }, 'digest: Like 8:00'],
    [{ days: 'never' }, 'days: Say which days you work'],
  ])('an error stands at its field: %j', async (wrong, words) => {
    const form = await open('sam');
    expect((await crew.submits('sam', form, { ...shownIn(form), ...wrong })).words).toContain(words);
  });

  test('a client that sends nothing of a list changes nothing of it', async () => {
    const form = await open('lena');
    const before = await settingsOf('lena');
    await crew.submits('lena', form, {
      ...shownIn(form),
      days: '',
      digestDays: '',
      language: '',
      quiet: '21-6',
    });
    expect(await settingsOf('lena')).toMatchObject({
      workDays: before.workDays,
      digest: { days: before.digest.days },
      language: before.language,
      quiet: { from: '21:00', to: '06:00' },
    });
  });

  test('what somebody changed elsewhere while the form was open stays', async () => {
    const form = await open('sam');
    await crew.says('sam', 'settings quiet 22-5');
    await crew.submits('sam', form, { ...shownIn(form), days: '1,2' });
    expect(await settingsOf('sam')).toMatchObject({
      quiet: { from: '22:00', to: '05:00' },
      workDays: [1, 2],
    });
  });
});
