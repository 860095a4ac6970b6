import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ClearError } from './lib/clear-error.ts';
import { migrate } from './lib/migrations.ts';
import { ensureDatabase } from './lib/postgres-client.ts';
import { runScript } from './lib/run-script.ts';
import { startThrowAwayPostgres } from './lib/throw-away-postgres.ts';
import { fullClaims, proveClaims, shortClaims } from './prove/claims.ts';
import { fullDelivery, proveDelivery, shortDelivery } from './prove/delivery.ts';
import { fullDigests, proveDigests, shortDigests } from './prove/digests.ts';
import type { Finding } from './prove/measure.ts';
import { fullMemory, proveMemory, shortMemory } from './prove/memory.ts';

type Fresh = () => Promise<string>;
type Say = (line: string) => void;

/** Each in databases of its own; `short` is what `npm test` runs. */
const proofs: Record<
  string,
  (fresh: Fresh, options: { short: boolean; say: Say; only?: string | undefined }) => Promise<Finding[]>
> = {
  delivery: (fresh, { short, ...options }) =>
    proveDelivery(fresh, short ? shortDelivery : fullDelivery, options),
  digests: async (fresh, { short, say }) =>
    proveDigests(await fresh(), short ? shortDigests : fullDigests, say),
  claims: async (fresh, { short }) => proveClaims(await fresh(), short ? shortClaims : fullClaims),
  memory: async (fresh, { short, say }) => proveMemory(await fresh(), short ? shortMemory : fullMemory, say),
};

/** `npm run prove:delivery`, `prove:digests`, `prove:claims`, `prove:memory`, each with `-- --short`; `-- --only=limited` is a part of delivery: see docs/reliability.md. */
async function prove(): Promise<void> {
  const [name = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const proof = proofs[name];
  if (!proof) throw new ClearError(`There are the proofs ${Object.keys(proofs).join(', ')}.`);
  const server = await startThrowAwayPostgres();
  const started = performance.now();
  try {
    const fresh = async (): Promise<string> => {
      const database = `proof_${randomUUID().replaceAll('-', '')}`;
      await ensureDatabase(server.urlFor('postgres'), database);
      await migrate(server.urlFor(database));
      return server.urlFor(database);
    };
    const findings = await proof(fresh, {
      short: process.argv.includes('--short'),
      only: process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length),
      say: (line) => console.error(line),
    });
    for (const { what, measured, holds } of findings)
      console.log(`${holds ? 'holds' : 'FAILS'}  ${what}: ${measured}`);
    console.log(`${path.basename(name)}: ${Math.round((performance.now() - started) / 1_000)} s`);
    if (findings.some(({ holds }) => !holds)) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

await runScript(prove, { environment: 'shell' });
