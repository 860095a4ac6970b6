import { createDynamo, type DynamoOptions, prepareTables, type TableReport } from '../src/lib/dynamodb.ts';
import { ClearError } from './lib/clear-error.ts';
import { runScript } from './lib/run-script.ts';
import { withDynamoOptions } from './lib/with-dynamo.ts';

/** Making a table takes longer than chat would wait, above all on the embedded engine's disk. */
const patienceMs = 30_000;

/**
 * Creates the tables that are missing, checks those that are there, and gives lines to print. Any number of times.
 * Throws a ClearError that names every difference when a table is there that Crewline can't work with.
 */
export async function setupDynamodb(options: DynamoOptions): Promise<string[]> {
  const dynamo = createDynamo({ ...options, requestTimeoutMs: patienceMs });
  try {
    const reports = await prepareTables(dynamo);
    const differences = reports.flatMap(differenceLines);
    if (differences.length === 0) return reports.map(lineFor);
    throw new ClearError(
      `${differences.join('\n')}\nCrewline changes no table that holds data: correct it, or set DYNAMODB_TABLE_PREFIX to use other tables.`,
    );
  } finally {
    dynamo.close();
  }
}

function lineFor({ table, state, ttl }: TableReport): string {
  const what = state === 'created' ? 'created' : 'is there and as it should be';
  return `DynamoDB table ${table}: ${what}${ttl ? `, time to live ${ttl}` : ''}`;
}

function differenceLines({ table, differences }: TableReport): string[] {
  return differences.map((difference) => `DynamoDB table ${table}: ${difference}.`);
}

if (import.meta.main) {
  await runScript(async () => {
    for (const line of await withDynamoOptions(setupDynamodb)) console.log(line);
  });
}
