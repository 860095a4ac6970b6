import { migrate } from '../lib/migrations.ts';
import { ensureDatabase } from '../lib/postgres-client.ts';
import { startThrowAwayPostgres } from '../lib/throw-away-postgres.ts';
import { startChild } from './child.ts';
import type { DigestsMeasured } from './processes/digests.ts';

/** How digests do for a small crew, and for a very large one whose people all get up at one hour: each in a process of its own. */
export async function measureDigests(
  sizes: readonly number[],
  say: (line: string) => void,
): Promise<DigestsMeasured[]> {
  const server = await startThrowAwayPostgres();
  try {
    const measured: DigestsMeasured[] = [];
    for (const people of sizes) {
      say(`digests of ${people.toLocaleString('en')} people`);
      const name = `bench_digests_${people}`;
      await ensureDatabase(server.urlFor('postgres'), name);
      await migrate(server.urlFor(name));
      const child = await startChild({ file: 'digests', input: { url: server.urlFor(name) } });
      try {
        measured.push(await child.ask<DigestsMeasured>('measure', people));
      } finally {
        await child.stop();
      }
    }
    return measured;
  } finally {
    await server.stop();
  }
}

export const digestLines = (measured: readonly DigestsMeasured[]): string =>
  measured
    .map(
      ({ people, computed, drained, memory }) =>
        `digests of ${people.toLocaleString('en')} people: ${computed.toFixed(0)}/s computed, ${drained.toFixed(0)}/s drawn and sent, ${memory.toFixed(0)} MB more at most`,
    )
    .join('\n');

/** As the other results; the ratio is to the small crew. */
export const digestResults = (measured: readonly DigestsMeasured[]): Record<string, object> =>
  Object.fromEntries(
    measured.map(({ people, computed, drained, memory }) => [
      `digests-${people}`,
      {
        rps: Math.round(computed),
        ratio: Number((computed / (measured[0]?.computed ?? Number.NaN)).toFixed(3)),
        drained_rps: Math.round(drained),
        memory_mb: Math.round(memory),
      },
    ]),
  );
