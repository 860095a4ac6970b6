import { ConfigError, readConfig } from '../../src/config.ts';
import { ClearError } from './clear-error.ts';
import { isChatConfigured } from './start-steps.ts';

/**
 * Says all that is wrong with the environment before anything is started. What `npm start` brings up itself counts as
 * given. Throws ClearError.
 */
export function checkConfiguration(env: NodeJS.ProcessEnv): void {
  const embedded = {
    ...(env.DATABASE_URL?.trim() ? {} : { DATABASE_URL: 'postgresql://embedded' }),
    ...(env.DYNAMODB_ENDPOINT?.trim() || env.AWS_REGION?.trim()
      ? {}
      : { DYNAMODB_ENDPOINT: 'http://127.0.0.1' }),
    ...(isChatConfigured(env) ? {} : { TEAMS_LOCAL_PLAYGROUND_URL: 'http://127.0.0.1' }),
  };
  try {
    readConfig({ ...env, ...embedded });
  } catch (error) {
    if (error instanceof ConfigError) throw new ClearError(error.message);
    throw error;
  }
}
