import { setTimeout as sleep } from 'node:timers/promises';
import { ClearError } from './lib/clear-error.ts';
import { migrate } from './lib/migrations.ts';
import { reportFailure } from './lib/run-script.ts';
import { withDynamoOptions } from './lib/with-dynamo.ts';
import { setupDynamodb } from './setup-dynamodb.ts';

// What a container does: bring the databases up to date, then be the bot, in this one process.
try {
  const { DATABASE_URL, DYNAMODB_ENDPOINT, AWS_REGION } = process.env;
  if (!DATABASE_URL) throw new ClearError('DATABASE_URL is not set: it names the PostgreSQL to use.');
  if (!DYNAMODB_ENDPOINT && !AWS_REGION) {
    throw new ClearError(
      'Neither AWS_REGION nor DYNAMODB_ENDPOINT is set: one of them names the DynamoDB to use.',
    );
  }
  await patiently(() => migrate(DATABASE_URL));
  await patiently(() => withDynamoOptions(setupDynamodb));
  await import('../src/main.ts');
} catch (error) {
  reportFailure(error);
  process.exit(1);
}

/** A stack's databases may come up after the bot: try for half a minute. */
async function patiently(step: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await step();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(1_000);
    }
  }
}
