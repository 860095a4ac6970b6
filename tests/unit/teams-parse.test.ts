import { describe, expect, test } from '@jest/globals';
import { mentionToken } from '../../src/core/command-line.ts';
import { readActivity } from '../../src/teams/incoming.ts';
import { readText } from '../../src/teams/message-text.ts';
import { fromAddress, toAddress } from '../../src/teams/references.ts';
import { allowServiceUrls } from '../../src/teams/service-urls.ts';
import { BOT, mention, message } from '../support/teams-activities.ts';

const URL_ = 'https://smba.trafficmanager.net/emea/';

function read(text: string, overlay: Record<string, unknown> = {}) {
  const incoming = readActivity(message(URL_, text, overlay));
  if (!incoming) throw new Error('not an activity');
  return readText(incoming);
}

const person = (id: string, name: string) => ({
  type: 'mention',
  mentioned: { id, name },
  text: `<at>${name}</at>`,
});

describe('what a person typed', () => {
  test.each([
    ['done&nbsp;42', 'done 42'],
    ['a\u00a0b', 'a b'],
    ['tom &amp; wes &lt;3 &quot;x&quot; &#39;y&#x27;', `tom & wes <3 "x" 'y'`],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['1 < 2 > 0', '1 < 2 > 0'],
    ['<b>typed</b>', '<b>typed</b>'],
    ['add x<br>two<br/>three', 'add x\ntwo\nthree'],
    ['  help \r\n', 'help'],
    ['مهمة', 'مهمة'],
    ['👍', '👍'],
    ['&unknown; &#0; &#9999999;', '&unknown; &#0; &#9999999;'],
    ['', ''],
  ])('%j is read as %j', (typed, expected) => {
    expect(read(typed).text).toBe(expected);
  });

  test('tags of formatted text go, their words stay', () => {
    expect(read('<p>add <strong>pump</strong></p><p>now</p>', { textFormat: 'xml' }).text).toBe(
      'add pump\nnow',
    );
  });

  test('the bot’s own mention goes, other people’s become tokens with their ids', () => {
    const text = '<at>Crewline</at> assign 42 <at>Wes Vance</at> and <at>Priya</at>';
    const entities = [
      { type: 'mention', mentioned: BOT, text: '<at>Crewline</at>' },
      person('29:wes', 'Wes Vance'),
      person('29:priya', 'Priya'),
    ];
    expect(read(text, { entities })).toEqual({
      text: `assign 42 ${mentionToken(0)} and ${mentionToken(1)}`,
      mentions: [
        { userId: '29:wes', name: 'Wes Vance' },
        { userId: '29:priya', name: 'Priya' },
      ],
      addressed: true,
    });
  });

  test('two people of one name stay two people', () => {
    const entities = [person('29:a', 'Wes'), person('29:b', 'Wes')];
    expect(read('<at>Wes</at> <at>Wes</at>', { entities })).toMatchObject({
      text: `${mentionToken(0)} ${mentionToken(1)}`,
      mentions: [{ userId: '29:a' }, { userId: '29:b' }],
    });
  });

  test('a mention that Teams splits into its words is one person', () => {
    const entities = [person('29:wes', 'Wes'), person('29:wes', 'Vance')];
    const { text } = read('assign 42 <at>Wes</at> <at>Vance</at>', { entities });
    expect(text).toBe(`assign 42 ${mentionToken(0)}`);
  });

  test('a mention that somebody only typed names nobody', () => {
    expect(read('assign 42 <at>Maya</at>')).toMatchObject({ text: 'assign 42 Maya', mentions: [] });
  });

  test.each(['<at ', '<br ', '<p ', '&#', '<', '&amp;'])(
    'a hundred kilobytes of %j are read at once',
    (unit) => {
      const started = performance.now();
      read(unit.repeat(100_000 / unit.length), { textFormat: 'xml' });
      expect(performance.now() - started).toBeLessThan(250);
    },
  );

  test('the marks of our own mention tokens can’t be typed, nor spelt as entities', () => {
    const forged = `${mentionToken(0)} &#xE000;0&#xE001;`;
    expect(read(forged).text).not.toMatch(/[\uE000\uE001]/);
  });
});

describe('an activity', () => {
  test.each(['type', 'serviceUrl', 'conversation', 'from', 'recipient'])(
    'without its %s is none',
    (field) => {
      const { [field]: _gone, ...rest } = mention(URL_, 'x', { channelData: undefined });
      expect(readActivity(rest)).toBeUndefined();
    },
  );

  test('finds its tenant in the channel data where the conversation has none', () => {
    const body = message(URL_, 'x', { conversation: { id: 'a:1', conversationType: 'personal' } });
    expect(readActivity(body)?.tenantId).toBe('tenant-1');
  });
});

describe('a stored address', () => {
  test('comes back as it was, and nothing else does', () => {
    const reference = {
      serviceUrl: URL_,
      bot: { id: '28:bot' },
      conversation: { id: 'a:1', tenantId: 't', conversationType: 'personal' as const },
    };
    expect(fromAddress(toAddress(reference))).toEqual(reference);
    for (const broken of ['', 'D123', '{}', '{"serviceUrl":"x"}'])
      expect(fromAddress(broken)).toBeUndefined();
  });
});

describe('service URLs that may be called', () => {
  const allowed = allowServiceUrls(['http://localhost:56150', 'bots.harbor.example']);
  test.each([
    ['https://smba.trafficmanager.net/emea/', true],
    ['https://smba.infra.gcc.teams.microsoft.com/teams', true],
    ['http://localhost:56150/_connector', true],
    ['https://bots.harbor.example/x', true],
    ['http://smba.trafficmanager.net/emea/', false],
    ['https://smba.trafficmanager.net.evil.test/', false],
    ['https://evil.test/smba.trafficmanager.net', false],
    ['https://smba.trafficmanager.net@evil.test/', false],
    ['https://smba.trafficmanager.net:8443/', false],
    ['http://localhost:56151/_connector', false],
    ['file:///etc/passwd', false],
    ['', false],
  ])('%s: %s', (url, expected) => {
    expect(allowed(url)).toBe(expected);
  });
});
