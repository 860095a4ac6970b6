import { type DestinationStream, pino } from 'pino';
import type { LogLevel } from '../config.ts';
import type { Log } from '../core/ports.ts';

export interface LoggerOptions {
  level: LogLevel;
  /** Standard output when absent */
  destination?: DestinationStream;
}

/**
 * JSON lines with ISO times. Secrets and people's words are taken out at any depth, e-mail addresses too above
 * debug level: whoever reads logs need not be someone who may read the chats.
 */
export function createLogger({ level, destination }: LoggerOptions): Log {
  const options = {
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    // Errors are already plain when pino sees them; its own serializer would keep request bodies.
    serializers: { err: (error: unknown) => error },
  };
  const logger = destination ? pino(options, destination) : pino(options);
  const writer = (at: 'debug' | 'info' | 'warn' | 'error') => (fields: object, message: string) => {
    if (!logger.isLevelEnabled(at)) return;
    const cleaner = new Cleaner(at === 'debug' ? 'keep' : 'hide');
    logger[at](cleaner.fields(fields), cleaner.text(message));
  };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
}

const HIDDEN = '[redacted]';
const MAX_DEPTH = 6;
/** Values of one line: something huge or circular must not fill the log. */
const MAX_VALUES = 500;
const MAX_ARRAY = 50;
const MAX_TEXT = 8_000;
const MAX_CAUSES = 5;

/** Compared in lower case, letters and digits only: signing_secret and signingSecret are one. */
const secretEndings =
  /(token|secret|password|passwd|authorization|cookie|cookies|signature|apikey|encryptionkey|secretaccesskey|credential|credentials|cipher|databaseurl|connectionstring|responseurl)$/;
/** Where people's words stand: fields of messages, forms, tasks, and the values of statements. */
const wordFields = new Set([
  ...[
    'text',
    'body',
    'rawbody',
    'title',
    'comment',
    'comments',
    'description',
    'note',
    'statusnote',
    'details',
  ],
  ...['blocks', 'attachments', 'card', 'view', 'reply', 'args', 'fields', 'values', 'parameters', 'summary'],
  ...['usermessage', 'typed', 'payload', 'data', 'headers', 'config', 'md'],
]);
const emailFields = /(email|emails|mail|upn|userprincipalname)$/;

const secretTexts: readonly [RegExp, string][] = [
  [/\bxox[a-z](?:\.xox[a-z])?-[\w-]+/g, HIDDEN],
  [/\bxapp-[\w-]+/g, HIDDEN],
  [/\b(Bearer|Basic) [\w.~+/=-]{8,}/gi, `$1 ${HIDDEN}`],
  [/\beyJ[\w-]{10,}\.[\w-]+\.[\w-]*/g, HIDDEN],
  // Passwords in connection strings
  [/(\w:\/\/[^\s:/@]{0,100}):[^\s/@]{1,200}@/g, `$1:${HIDDEN}@`],
  // Whoever has a response URL can post with it.
  [/hooks\.slack\.com\/[^\s"']+/g, `hooks.slack.com/${HIDDEN}`],
];
const EMAIL = /[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g;

/** What an error tells about itself beyond its message: nothing of what was sent or stored. */
const errorFields = [
  ...[
    'code',
    'status',
    'statusCode',
    'errno',
    'syscall',
    'port',
    'severity',
    'constraint',
    'table',
    'column',
  ],
  ...['routine', 'clientVersion', 'retryAfter', 'failure'],
];

class Cleaner {
  readonly #emails: 'keep' | 'hide';
  #left = MAX_VALUES;

  constructor(emails: 'keep' | 'hide') {
    this.#emails = emails;
  }

  fields(fields: object): Record<string, unknown> {
    return fields instanceof Error ? { err: this.#error(fields, 0) } : this.#object(fields, 0);
  }

  text(text: string): string {
    let clean = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
    for (const [pattern, instead] of secretTexts) clean = clean.replace(pattern, instead);
    if (this.#emails === 'hide' && clean.includes('@')) clean = clean.replace(EMAIL, HIDDEN);
    return clean;
  }

  #object(value: object, depth: number): Record<string, unknown> {
    const clean: Record<string, unknown> = {};
    for (const [key, part] of Object.entries(value)) {
      if (this.#left <= 0) break;
      clean[key] =
        this.#isHidden(key) && part !== undefined && part !== null ? HIDDEN : this.#value(part, depth + 1);
    }
    return clean;
  }

  #isHidden(key: string): boolean {
    const plain = key.toLowerCase().replace(/[^a-z0-9]/g, '');
    if (secretEndings.test(plain) || wordFields.has(plain)) return true;
    return this.#emails === 'hide' && emailFields.test(plain);
  }

  #value(value: unknown, depth: number): unknown {
    this.#left -= 1;
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Error) return this.#error(value, depth);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof URL) return this.text(value.href);
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (depth >= MAX_DEPTH) return '[…]';
    if (value instanceof Set || value instanceof Map) return this.#value([...value], depth);
    if (Array.isArray(value)) return value.slice(0, MAX_ARRAY).map((part) => this.#value(part, depth + 1));
    return this.#object(value, depth);
  }

  /** `depth` counts the causes above. */
  #error(error: Error, depth: number): Record<string, unknown> {
    const { name, cause } = error;
    const clean: Record<string, unknown> = {
      type: name,
      message: this.text(messageOf(error)),
      // The first lines repeat the message as it was.
      stack: this.text(framesOf(error)),
    };
    for (const field of errorFields) {
      const value: unknown = Reflect.get(error, field);
      if (value !== undefined) clean[field] = this.#value(value, MAX_DEPTH - 1);
    }
    Object.assign(clean, this.#requestOf(error));
    if (depth >= MAX_CAUSES) return clean;
    if (cause !== undefined) clean.cause = this.#cause(cause, depth + 1);
    // Slack's library calls it so.
    const original: unknown = Reflect.get(error, 'original');
    if (original instanceof Error) clean.original = this.#error(original, depth + 1);
    if (error instanceof AggregateError)
      clean.errors = error.errors.slice(0, MAX_CAUSES).map((each) => this.#cause(each, depth + 1));
    return clean;
  }

  #cause(cause: unknown, depth: number): unknown {
    return cause instanceof Error ? this.#error(cause, depth) : this.#value(cause, depth);
  }

  /** AWS's support asks for the request id. */
  #requestOf(error: Error): Record<string, unknown> {
    const metadata: unknown = Reflect.get(error, '$metadata');
    if (typeof metadata !== 'object' || metadata === null || !('requestId' in metadata)) return {};
    return { requestId: this.#value(metadata.requestId, MAX_DEPTH) };
  }
}

/** An error's message, without the pieces of data that some kinds quote. */
function messageOf(error: Error): string {
  const { name, message } = error;
  const code: unknown = Reflect.get(error, 'code');
  // AppError: its message has the sentence that a person gets, which may quote a task.
  if (name === 'AppError') return String(code);
  // Prisma: a listing of the call with its arguments, then the reason.
  if (name.startsWith('PrismaClient')) return message.trim().split('\n').at(-1) ?? '';
  // JSON.parse quotes what it read, and PostgreSQL's class 22 the value that did not fit.
  const quotesData = name === 'SyntaxError' || (typeof code === 'string' && /^22\w{3}$/.test(code));
  return quotesData ? message.replace(/"[\s\S]*"/, `"${HIDDEN}"`) : message;
}

function framesOf({ stack }: Error): string {
  return (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
