import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { z } from 'zod';
import type { LogLevel } from '../../src/config.ts';
import { AppError } from '../../src/core/errors.ts';
import { createLogger } from '../../src/lib/logger.ts';

type Line = Record<string, unknown>;

function recorder(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const log = createLogger({ level, destination: { write: (line) => void lines.push(line) } });
  const parsed = (): Line[] => lines.map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
  return { log, lines, parsed };
}

/** The line that these fields make, as text and parsed. */
function logged(fields: object, message = 'something happened') {
  const { log, lines, parsed } = recorder();
  log.info(fields, message);
  return { text: lines.join(''), line: parsed()[0] ?? {} };
}

describe('a line', () => {
  test('has level, ISO time, fields and message', () => {
    const { line } = logged({ taskNumber: 42, ok: true, nothing: null, list: ['a'] }, 'done');

    expect(line).toMatchObject({
      level: 'info',
      taskNumber: 42,
      ok: true,
      nothing: null,
      list: ['a'],
      msg: 'done',
    });
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('appears from its level on', () => {
    const { log, parsed } = recorder('warn');
    log.debug({}, 'a');
    log.info({}, 'b');
    log.warn({}, 'c');
    log.error({}, 'd');

    expect(parsed().map(({ msg }) => msg)).toEqual(['c', 'd']);
  });

  test('survives circles, huge values and odd types', () => {
    const circle: Line = { big: 10n, at: new Date(0), bytes: Buffer.from('abc'), call: () => 1 };
    circle.self = circle;
    const { line, text } = logged({ circle, long: Array(10_000).fill('x'), much: 'y'.repeat(100_000) });

    expect(line.circle).toMatchObject({ big: '10', at: '1970-01-01T00:00:00.000Z', bytes: '[3 bytes]' });
    expect(text.length).toBeLessThan(20_000);
  });
});

describe('secrets', () => {
  test.each([
    'token',
    'botToken',
    'bot_token',
    'SLACK_APP_TOKEN',
    'authorization',
    'Authorization',
    'proxy-authorization',
    'cookie',
    'Set-Cookie',
    'signingSecret',
    'signing_secret',
    'x-slack-signature',
    'MicrosoftAppPassword',
    'clientSecret',
    'secretAccessKey',
    'encryptionKey',
    'botTokenCipher',
    'credentials',
    'databaseUrl',
    'response_url',
  ])('are taken out of a field called %s, at any depth', (key) => {
    const { text, line } = logged({ [key]: 'hunter2', deep: { list: [{ [key]: { inner: 'hunter2' } }] } });

    expect(text).not.toContain('hunter2');
    expect(line[key]).toBe('[redacted]');
  });

  test.each([
    ['a bot token', 'failed with xoxb-12-34-AbC'],
    ['a rotating token', 'failed with xoxe.xoxb-1-AbC'],
    ['an app token', 'failed with xapp-1-A0-AbC'],
    ['a bearer token', 'Authorization: Bearer AbCdefghijk'],
    ['a JWT', 'got eyJhbGciOiJIUzI1NiJ9.AbC.AbC'],
    ['a database password', 'postgresql://crew:AbC@db:5432/crewline refused'],
    ['a response URL', 'POST https://hooks.slack.com/commands/T1/2/AbC'],
  ])('are taken out of texts: %s', (_name, words) => {
    const { text } = logged({ reason: words, err: new Error(words) }, words);

    expect(text).not.toContain('AbC');
    expect(text).toContain('[redacted]');
  });
});

describe("people's words", () => {
  test.each([
    'text',
    'body',
    'rawBody',
    'title',
    'comment',
    'description',
    'note',
    'blocks',
    'attachments',
    'card',
    'args',
    'values',
    'parameters',
    'userMessage',
    'headers',
    'data',
  ])('are taken out of a field called %s, at any depth', (key) => {
    const { text } = logged({ [key]: 'paint the crane', request: { [key]: [{ x: 'paint the crane' }] } });

    expect(text).not.toContain('paint');
  });
});

describe('e-mail addresses', () => {
  const fields = {
    email: 'maya@harbor.example',
    reason: 'no person maya@harbor.example',
    who: ['maya@harbor.example'],
  };

  test('stay at debug', () => {
    const { log, parsed } = recorder();
    log.debug(fields, 'looked for maya@harbor.example');

    expect(parsed()[0]).toMatchObject({ ...fields, msg: 'looked for maya@harbor.example' });
  });

  test.each(['info', 'warn', 'error'] as const)('are taken out at %s', (level) => {
    const { log, lines } = recorder();
    log[level](fields, 'looked for maya@harbor.example');

    expect(lines.join('')).not.toContain('harbor.example');
    expect(lines.join('')).toContain('no person [redacted]');
  });
});

describe('errors', () => {
  test('keep type, message, stack, code and their causes', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const { line } = logged({ err: new TypeError('it failed', { cause }) });

    expect(line.err).toMatchObject({
      type: 'TypeError',
      message: 'it failed',
      stack: expect.stringMatching(/^\s+at .*logger\.test/),
      cause: { message: 'connect ECONNREFUSED', code: 'ECONNREFUSED', stack: expect.any(String) },
    });
  });

  test('are found under any name, alone, in lists and as members of another', () => {
    const { text } = logged({
      reason: new Error('first'),
      list: [new Error('second')],
      all: new AggregateError([new Error('third')], 'several'),
    });

    for (const word of ['first', 'second', 'third', 'several']) expect(text).toContain(`"message":"${word}"`);
    expect(logged(new Error('alone')).line.err).toMatchObject({ message: 'alone' });
  });

  test('that go in circles come to an end', () => {
    const error = new Error('round');
    error.cause = error;

    expect(logged({ err: error }).text.length).toBeLessThan(30_000);
  });

  test("of Slack's library lose the request", () => {
    const original = Object.assign(new Error('Request failed'), {
      config: { headers: { Authorization: 'Bearer hunter2' }, data: 'paint the crane' },
      request: { path: 'paint the crane' },
    });
    const error = Object.assign(new Error('An API error occurred: channel_not_found'), {
      code: 'slack_webapi_platform_error',
      data: { ok: false, response_metadata: { messages: ['paint the crane'] } },
      original,
    });
    const { text, line } = logged({ err: error });

    expect(text).not.toMatch(/hunter2|paint/);
    expect(line.err).toMatchObject({
      code: 'slack_webapi_platform_error',
      message: 'An API error occurred: channel_not_found',
      original: { message: 'Request failed' },
    });
  });

  test('of PostgreSQL lose values, detail and place', () => {
    const refused = Object.assign(new pg.DatabaseError('duplicate key value', 10, 'error'), {
      code: '23505',
      constraint: 'persons_email_key',
      detail: 'Key (title)=(paint the crane) already exists.',
      where: 'paint the crane',
      parameters: ['paint the crane'],
    });
    const misfit = Object.assign(
      new pg.DatabaseError('invalid input syntax for type integer: "paint the crane"', 10, 'error'),
      { code: '22P02' },
    );
    const { text, line } = logged({ err: refused, other: misfit });

    expect(text).not.toContain('paint');
    expect(line.err).toMatchObject({ code: '23505', constraint: 'persons_email_key' });
    expect(line.other).toMatchObject({ message: 'invalid input syntax for type integer: "[redacted]"' });
  });

  test('of AWS keep the request id and lose the rest', () => {
    const error = Object.assign(new Error('The conditional request failed'), {
      name: 'ConditionalCheckFailedException',
      $metadata: { httpStatusCode: 400, requestId: 'R3QU3ST' },
      $response: { body: 'paint the crane' },
      Item: { title: { S: 'paint the crane' } },
    });
    const { text, line } = logged({ err: error });

    expect(text).not.toContain('paint');
    expect(line.err).toMatchObject({ type: 'ConditionalCheckFailedException', requestId: 'R3QU3ST' });
  });

  test('of Prisma keep the reason without the call', () => {
    const error = new Error(
      '\nInvalid `create()` invocation:\n{ title: "paint the crane" }\n\nUnique constraint failed',
    );
    error.name = 'PrismaClientKnownRequestError';

    const { text, line } = logged({ err: error });

    expect(text).not.toContain('paint');
    expect(line.err).toMatchObject({ message: 'Unique constraint failed' });
  });

  test('of our own keep the code, without the sentence for the person', () => {
    const error = new AppError('unknown_task', { userMessage: () => 'No task “paint the crane”.' });
    const { text, line } = logged({ err: error });

    expect(text).not.toContain('paint');
    expect(line.err).toMatchObject({ type: 'AppError', code: 'unknown_task' });
  });

  test('of JSON lose what could not be read', () => {
    const parse = () => JSON.parse('paint the crane');
    const { text } = logged({ err: thrownBy(parse) });

    expect(text).not.toContain('paint');
  });
});

function thrownBy(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
