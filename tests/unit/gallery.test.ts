import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { repositoryFile, shownPath } from '../../scripts/lib/paths.ts';
import { byView, catalogue } from '../gallery/catalogue.ts';
import { onSlack, onTeams } from '../gallery/draw.ts';
import { goldens, leftovers, readGolden } from '../gallery/golden.ts';
import { shownOf } from '../gallery/sample.ts';
import { hostile, worldOf } from '../gallery/world.ts';
import { slackComplaints } from '../support/slack-limits.ts';
import { outgoingComplaints } from '../support/teams-limits.ts';
import { exportedMakers } from '../support/view-makers.ts';

const folder = repositoryFile('src', 'views');
/** Words that several views use: no messages. */
const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'words.ts');
const sampled = new Set(catalogue.map(({ of }) => of));

const worlds = [
  ['English', worldOf('en')],
  ['Spanish', worldOf('es')],
  ['hostile words', worldOf('en', hostile)],
] as const;

describe('the catalogue of samples', () => {
  test.each(files)(
    'has a sample of every message that src/views/%s makes; add yours in tests/gallery/samples',
    async (file) => {
      const made = (await import(`../../src/views/${file}`)) as Record<string, unknown>;
      const makers = exportedMakers(readFileSync(`${folder}/${file}`, 'utf8'));
      expect(makers.filter((name) => !sampled.has(made[name]))).toEqual([]);
    },
  );

  test('names each case once', () => {
    for (const samples of byView().values()) {
      const names = samples.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test.each(worlds)('shows something in every case, in %s', (_name, world) => {
    const silent = catalogue.filter((sample) => !shownOf(sample.make(world)));
    expect(silent.map(({ view, name }) => `${view}: ${name}`)).toEqual([]);
  });
});

describe('every sample', () => {
  const cases = worlds.flatMap(([words, world]) =>
    [...byView()].map(([view, samples]) => ({ words, world, view, samples })),
  );

  test.each(cases)('of $view is taken by Slack and Teams, in $words', ({ world, samples }) => {
    const complaints = samples.flatMap((sample) => {
      const slack = onSlack(sample, world);
      const teams = onTeams(sample, world);
      return [
        ...(slack ? slackComplaints(slack) : []).map((complaint) => `${sample.name} on Slack: ${complaint}`),
        ...(teams ? outgoingComplaints(teams) : []).map(
          (complaint) => `${sample.name} on Teams: ${complaint}`,
        ),
      ];
    });
    expect(complaints).toEqual([]);
  });
});

describe('the goldens', () => {
  test.each(goldens().map((golden) => ({ ...golden, shown: shownPath(golden.file) })))(
    'stand in $shown; after a change that is meant: npm run gallery -- --update',
    (golden) => {
      expect(golden.drawn).toEqual(readGolden(golden));
    },
  );

  test('are only of views that there are; npm run gallery -- --update deletes the others', () => {
    expect(leftovers().map(shownPath)).toEqual([]);
  });
});
