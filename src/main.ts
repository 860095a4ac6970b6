import { buildApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { ListenError } from './lib/http-server.ts';
import { createLogger } from './lib/logger.ts';

/** SIGTERM to exit: what takes longer is put back by its lease. */
const STOP_WITHIN_MS = 15_000;

try {
  const config = readConfig(process.env);
  const log = createLogger({ level: config.logLevel });
  const app = buildApp(config, { log });
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
  process.on('disconnect', () => stop('disconnect'));
  await app.start();
  log.info({ port: config.server.port, host: config.server.host }, 'Crewline takes requests');
} catch (error) {
  const isClear = error instanceof ConfigError || error instanceof ListenError;
  console.error(isClear ? error.message : error);
  process.exit(1);
}
