import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { View } from '../../src/core/view.ts';
import { catalogue } from '../gallery/catalogue.ts';
import { onSlack, onTeams } from '../gallery/draw.ts';
import { type Sample, shownOf } from '../gallery/sample.ts';
import { typical, type Words, type World, worldOf } from '../gallery/world.ts';
import { slackComplaints } from '../support/slack-limits.ts';
import { spansOf, unaskedMarkup } from '../support/slack-markup.ts';
import { outgoingComplaints } from '../support/teams-limits.ts';

/** What people type when they mean no good, or only use what their keyboard has. */
const nasty = [
  '',
  ' ',
  '\n\n',
  '<!channel>',
  '<!here|here> @here @channel',
  '<@U0WES> <#C0DOCK|dock> <!subteam^S1>',
  '<https://evil.example|click> https://evil.example mailto:a@evil.example',
  '[click](https://evil.example)',
  '<at>Everyone</at>',
  '&lt;!channel&gt; &amp;amp;',
  '*bold* _italic_ ~strike~ `code`',
  '```\ncode\n```',
  '> quoted\n>>> all of it',
  '- one\n1. two\n# three',
  '{{DATE(2026-01-01T00:00:00Z, SHORT)}}',
  '<!date^1^{date}|now>',
  '\ud83d',
  '\ude00 and \ud83d',
  'a\u0000b\u0007c\u007f',
  '\u202Etxet desrever\u202C \u2066isolated',
  '\u200B\u200D\uFEFF',
  'z\u0351\u036b\u0343'.repeat(60),
  'مهمة جديدة 42 (pump)',
  '👨‍👩‍👧‍👦🏳️‍🌈👩🏽‍🔧',
  '👩‍🔧'.repeat(2_500),
  'x'.repeat(10_000),
  'word '.repeat(2_000),
  '&'.repeat(10_000),
  '"\\'.repeat(5_000),
  '\n'.repeat(10_000),
];

const hostileText = fc.oneof(
  fc.constantFrom(...nasty),
  fc.tuple(fc.constantFrom(...nasty), fc.constantFrom(...nasty)).map(([a, b]) => `${a} ${b}`),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
);

const names = Object.keys(typical.en) as (keyof Words)[];
const allOf = (text: string): Words => ({
  ...typical.en,
  ...Object.fromEntries(names.map((name) => [name, text])),
});
const hostileWords: fc.Arbitrary<Words> = fc
  .record(Object.fromEntries(names.map((name) => [name, hostileText])))
  .map((words) => ({ ...typical.en, ...words }));

/** Everything that is wrong with a sample on either platform. */
function complaintsOf(sample: Sample, world: World): string[] {
  const shown = shownOf(sample.make(world));
  if (!shown) return [];
  const slack = onSlack(sample, world);
  const teams = onTeams(sample, world);
  return [
    ...(slack ? slackComplaints(slack) : ['Slack shows nothing']),
    ...(teams ? outgoingComplaints(teams) : ['Teams shows nothing']),
    ...('view' in shown && slack && !('type' in slack) ? unaskedMarkup(shown.view, slack.blocks) : []),
    ...('view' in shown ? unaskedLinks(shown.view, teams) : []),
  ];
}

/** Links of a card that the view did not ask for. */
function unaskedLinks(view: View, drawn: unknown): string[] {
  const asked = new Set(spansOf(view).map((span) => (span.type === 'link' ? span.url : '')));
  const found = [...JSON.stringify(drawn).matchAll(/"type":"Action.OpenUrl","url":("(?:[^"\\]|\\.)*")/g)];
  const urls = found.map(([, url = '""']) => String(JSON.parse(url)));
  return urls.filter((url) => !asked.has(url)).map((url) => `a link to ${url}`);
}

const languages = ['en', 'es'] as const;

describe('whatever people type', () => {
  test.each(nasty.map((text) => [JSON.stringify(text.slice(0, 40)), text]))(
    'every message fits and stays words where all of it is %s',
    (_shown, text) => {
      const world = worldOf('en', allOf(text));
      const complaints = catalogue.flatMap((sample) =>
        complaintsOf(sample, world).map((one) => `${sample.view}, ${sample.name}: ${one}`),
      );
      expect(complaints).toEqual([]);
    },
  );

  test.each(catalogue)('$view, $name, fits and stays words', (sample) => {
    fc.assert(
      fc.property(hostileWords, fc.constantFrom(...languages), (words, language) => {
        expect(complaintsOf(sample, worldOf(language, words))).toEqual([]);
      }),
      { numRuns: 4 },
    );
  });
});
