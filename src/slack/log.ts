import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../core/ports.ts';

/** Our log as Slack's libraries want it. Only warnings and errors: below that they write bodies, with people's words in them. */
export function slackLogger(log: Log): Logger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts) => log.warn({ from: 'slack-sdk' }, inWords(parts)),
    error: (...parts) => log.error({ from: 'slack-sdk' }, inWords(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

function inWords(parts: readonly unknown[]): string {
  return parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
}
