import { afterEach, expect, test } from '@jest/globals';
import { proveClaims, shortClaims } from '../../scripts/prove/claims.ts';
import { proveDelivery, shortDelivery } from '../../scripts/prove/delivery.ts';
import { proveDigests, shortDigests } from '../../scripts/prove/digests.ts';
import type { Finding } from '../../scripts/prove/measure.ts';
import { proveMemory, shortMemory } from '../../scripts/prove/memory.ts';
import { createTestDatabase } from '../support/database.ts';

/** The short versions of docs/reliability.md; each finding says what it measured. */
const MINUTES = 3 * 60_000;
const drops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const drop of drops.splice(0)) await drop();
});

async function fresh(): Promise<string> {
  const database = await createTestDatabase();
  drops.push(database.drop);
  return database.url;
}

function expectAll(findings: readonly Finding[]): void {
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  expect(findings.length).toBeGreaterThan(0);
}

test(
  'kills, stops, refusals and limits: nothing is lost, nothing comes twice that was not under way',
  async () => {
    const findings = await proveDelivery(fresh, shortDelivery);
    // How fast it was is for a quiet machine to say: npm run prove:delivery.
    expectAll(findings.filter(({ what }) => !/rate is used|delays the others/.test(what)));
  },
  MINUTES,
);

test(
  'both days on which clocks change: one digest a person and day, at its hour',
  async () => {
    expectAll(await proveDigests(await fresh(), shortDigests));
  },
  MINUTES,
);

test(
  'claims and memory are measured by what docs/reliability.md says',
  async () => {
    const findings = [
      ...(await proveClaims(await fresh(), shortClaims)),
      ...(await proveMemory(await fresh(), shortMemory)),
    ];
    expect(findings.map(({ what }) => what)).toEqual([
      expect.stringMatching(/takes at most twice as long/),
      expect.stringMatching(/memory grows by less than 5 %/),
    ]);
  },
  MINUTES,
);
