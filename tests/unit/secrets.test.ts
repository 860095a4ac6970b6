import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createSecretBox, SecretBoxError } from '../../src/lib/secrets.ts';

const box = createSecretBox(randomBytes(32));

describe('a secret box', () => {
  test.each(['xoxb-1-secret', '', 'Grüße 🌊'])('gives back what was sealed: %j', (plain) => {
    expect(box.open(box.seal(plain))).toBe(plain);
  });

  test('shows nothing of the secret, and seals the same one differently each time', () => {
    const [first, second] = [box.seal('xoxb-1-secret'), box.seal('xoxb-1-secret')];

    expect(first).toMatch(/^v1\.[\w-]+$/);
    expect(Buffer.from(first.slice(3), 'base64url').includes('xoxb')).toBe(false);
    expect(first).not.toBe(second);
  });

  test('says that another key sealed it', () => {
    const other = createSecretBox(randomBytes(32));

    expect(() => other.open(box.seal('xoxb-1-secret'))).toThrow(/sealed with another ENCRYPTION_KEY/);
  });

  test('refuses a change of any byte', () => {
    const bytes = Buffer.from(box.seal('xoxb').slice(3), 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => box.open(`v1.${changed.toString('base64url')}`)).toThrow(SecretBoxError);
    }
  });

  test.each(['', 'xoxb-plain', 'v1', 'v1.', 'v1.AAAA', 'v2.AAAA', 'v1.AAAA.AAAA'])(
    'refuses what it never sealed: %j',
    (text) => {
      expect(() => box.open(text)).toThrow(SecretBoxError);
    },
  );

  test.each([0, 16, 31, 33])('takes no key of %d bytes', (length) => {
    expect(() => createSecretBox(randomBytes(length))).toThrow('must be 32 bytes long');
  });
});
