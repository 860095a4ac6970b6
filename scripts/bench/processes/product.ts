import { createHash } from 'node:crypto';
import { buildApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { createLogger } from '../../../src/lib/logger.ts';
import { ISSUER } from '../../../tests/support/teams-auth.ts';
import { serveChild } from '../child.ts';

interface Input {
  environment: Record<string, string>;
  metadataUrl: string;
  serviceOrigin: string;
}

/** Crewline itself, as `src/main.ts` starts it: HTTP, jobs, signals, logs. */
await serveChild(async ({ environment, metadataUrl, serviceOrigin }: Input) => {
  const config = readConfig(environment);
  const accessToken = async () => createHash('sha256').update('bench').digest('hex');
  const app = buildApp(config, {
    log: createLogger({ level: config.logLevel }),
    // Thousands of tasks that were made overdue would be told of meanwhile.
    scheduled: [],
    teams: { openId: { metadataUrl, issuer: ISSUER, accessToken }, serviceUrls: [serviceOrigin] },
  });
  await app.start();
  return { ready: { url: `http://127.0.0.1:${config.server.port}` }, stop: app.stop };
});
