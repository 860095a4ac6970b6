import path from 'node:path';
import { type BotProcess, startBot } from './lib/bot-process.ts';
import { checkConfiguration } from './lib/check-configuration.ts';
import { ClearError } from './lib/clear-error.ts';
import { dataFolder, shownPath } from './lib/paths.ts';
import { endWithParent, loadEnvironment, reportFailure } from './lib/run-script.ts';
import {
  freeBotPort,
  isChatConfigured,
  type Started,
  startChat,
  startDynamodb,
  startPostgres,
} from './lib/start-steps.ts';

const stopWanted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stopWanted.abort());
}
endWithParent();
// A terminal that is gone must not keep the rest from being stopped.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const running: Started[] = [];
process.exitCode = await run().catch((error: unknown) => {
  if (stopWanted.signal.aborted) return 0;
  reportFailure(error);
  return 1;
});
await stopAll();

async function run(): Promise<number> {
  loadEnvironment();
  checkConfiguration(process.env);
  const port = await freeBotPort();
  const postgres = await begin(startPostgres(say));
  await begin(startDynamodb(say));
  await begin(startChat({ botPort: port, demoUrl: postgres.env.DATABASE_URL, say }));
  const logFile = isChatConfigured() ? undefined : path.join(dataFolder, 'bot.log');
  const bot = startBot({ port, env: botEnvironment(port), ...(logFile ? { logFile } : {}) });
  await begin(Promise.resolve({ env: {}, stop: bot.stop }));
  await Promise.race([bot.ready(), stopRequest()]);
  if (!stopWanted.signal.aborted) tell(port, logFile);
  return untilEnd(bot, logFile);
}

/** Waits for a part to start and keeps it for the end, also when the stop was asked for meanwhile. */
async function begin(part: Promise<Started>): Promise<Started> {
  const started = await part;
  running.push(started);
  stopWanted.signal.throwIfAborted();
  return started;
}

function botEnvironment(port: number): NodeJS.ProcessEnv {
  const parts = running.map(({ env }) => env);
  return Object.assign({}, process.env, { PORT: String(port) }, ...parts);
}

function tell(port: number, logFile: string | undefined): void {
  say(`Crewline is running on port ${port}.`);
  for (const line of running.flatMap(({ lines }) => lines ?? [])) say(line);
  if (logFile)
    say(
      `The bot's log is ${shownPath(logFile)}; all data is below ${shownPath(dataFolder)}. Ctrl-C stops everything.`,
    );
}

/** Runs until someone asks to stop (0), the bot ends (its own code), or a server that it needs is gone (1). */
async function untilEnd(bot: BotProcess, logFile: string | undefined): Promise<number> {
  const failures = running.flatMap(({ failed }) => (failed ? [failed.then(fail)] : []));
  const code = await Promise.race([stopRequest(), bot.ended, ...failures]);
  if (stopWanted.signal.aborted) return 0;
  const log = logFile ? ` Its log is ${shownPath(logFile)}.` : '';
  console.error(`The bot has stopped (${bot.end()}), so everything else stops too.${log}`);
  return code || 1;
}

function fail(sentence: string): never {
  throw new ClearError(sentence);
}

function stopRequest(): Promise<number> {
  const { signal } = stopWanted;
  return new Promise((resolve) => {
    if (signal.aborted) resolve(0);
    else signal.addEventListener('abort', () => resolve(0), { once: true });
  });
}

/** In reverse order: the bot finishes what runs while its databases are still there. */
async function stopAll(): Promise<void> {
  if (stopWanted.signal.aborted) say('Stopping …');
  for (let part = running.pop(); part; part = running.pop()) {
    await part.stop().catch((error: unknown) => {
      reportFailure(error);
      process.exitCode = 1;
    });
  }
  process.exit();
}

function say(line: string): void {
  console.log(line);
}
