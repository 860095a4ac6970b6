import { afterEach, expect, test } from '@jest/globals';
import { proveClaims, shortClaims } from '../../scripts/prove/claims.ts';
import { proveDelivery, shortDelivery } from '../../scripts/prove/delivery.ts';
import { proveDigests, shortDigests } from '../../scripts/prove/digests.ts';
import type { Finding } from '../../scripts/prove/measure.ts';
import { proveMemory, shortMemory } from '../../scripts/prove/memory.ts';
import { createTestDatabase } from '../support/database.ts';

/** The short versions of docs/reliability.md; each finding says what it measured. */
const MINUTES = 4 * 60_000;
const drops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const drop of drops.splice(0)) await drop();
});

async function fresh(): Promise<string> {
  const database = await createTestDatabase();
  drops.push(database.drop);
  return database.url;
}

/** All but the rates, which only a quiet machine can show: the commands measure these. */
function expectAll(findings: readonly Finding[], count: number): void {
  const here = findings.filter(({ needsQuiet }) => !needsQuiet);
  expect(here.filter(({ holds }) => !holds)).toEqual([]);
  expect(here).toHaveLength(count);
}

test.each([
  ['killed', 'kills: nothing is lost, and twice comes only what was under way', 3],
  ['troubled', 'platforms that err in every way: nothing is lost, and Retry-After is kept', 4],
  ['recovered', 'what a dead replica had claimed is sent by the others', 1],
  ['terminated', 'stops: nothing is lost or comes twice, and nothing stays claimed', 2],
  ['limited', 'limits: the published ones are kept, beside a workspace that lets nothing through', 2],
])(
  '%s: %s',
  async (only, _what, count) => {
    expectAll(await proveDelivery(fresh, shortDelivery, { only }), count);
  },
  MINUTES,
);

test(
  'both days on which clocks change: one digest a person and day, at its hour',
  async () => {
    expectAll(await proveDigests(await fresh(), shortDigests), 2 * shortDigests.spans.length + 2);
  },
  MINUTES,
);

test(
  'a claim does not read past what was finished long ago',
  async () => {
    expectAll(await proveClaims(await fresh(), shortClaims), 1);
  },
  MINUTES,
);

test(
  'a replica holds no more after thousands of messages than when it was warm',
  async () => {
    expectAll(await proveMemory(await fresh(), shortMemory), 1);
  },
  MINUTES,
);
