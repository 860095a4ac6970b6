import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Seals short secrets for the database. */
export interface SecretBox {
  seal(plain: string): string;
  /** Throws SecretBoxError when it was sealed with another key, changed, or never sealed at all. */
  open(sealed: string): string;
}

export class SecretBoxError extends Error {
  override name = 'SecretBoxError';
}

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** NIST SP 800-38D: 96 random bits, safe for 2^32 seals with one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Names algorithm and layout (nonce, tag, cipher text), so that another can follow. It is authenticated too. */
const VERSION = 'v1';

/** AES-256-GCM with a random nonce for each secret. Throws when the key is not 32 bytes long. */
export function createSecretBox(key: Buffer): SecretBox {
  if (key.length !== KEY_BYTES)
    throw new SecretBoxError(`The encryption key must be ${KEY_BYTES} bytes long.`);
  return {
    seal(plain) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(VERSION));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`;
    },
    open(sealed) {
      const [version, payload, ...rest] = sealed.split('.');
      if (version !== VERSION || payload === undefined || rest.length > 0)
        throw new SecretBoxError('This was not sealed by Crewline, or by a newer version of it.');
      return decrypt(key, Buffer.from(payload, 'base64url'));
    },
  };
}

function decrypt(key: Buffer, bytes: Buffer): string {
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(VERSION)).setAuthTag(tag);
    const text = bytes.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new SecretBoxError(
      'A stored secret cannot be opened: it was sealed with another ENCRYPTION_KEY, or changed since.',
      { cause },
    );
  }
}
