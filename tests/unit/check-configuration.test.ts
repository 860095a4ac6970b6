import { describe, expect, test } from '@jest/globals';
import { checkConfiguration } from '../../scripts/lib/check-configuration.ts';

describe('before anything is started', () => {
  test('an empty environment is fine: all is embedded', () => {
    expect(() => checkConfiguration({})).not.toThrow();
    expect(() => checkConfiguration({ DATABASE_URL: '', SLACK_BOT_TOKEN: ' ' })).not.toThrow();
  });

  test('all that is wrong is said at once', () => {
    const wrong = { PORT: 'http', DATABASE_URL: 'mysql://db', LOG_LEVEL: 'loud' };
    for (const words of [
      '3 things are wrong',
      'PORT should be',
      'DATABASE_URL should start',
      'LOG_LEVEL should be',
    ])
      expect(() => checkConfiguration(wrong)).toThrow(words);
  });

  test('a workspace that is configured by half is not passed over for the local one', () => {
    expect(() => checkConfiguration({ SLACK_SIGNING_SECRET: '0123456789abcdef0123' })).toThrow(
      'SLACK_BOT_TOKEN is missing',
    );
  });

  test('for a real workspace nothing of it is embedded', () => {
    expect(() => checkConfiguration({ SLACK_BOT_TOKEN: 'xoxb-1' })).toThrow(
      'SLACK_SIGNING_SECRET is missing',
    );
  });
});
