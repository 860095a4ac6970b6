import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';
import { type Json, json, textOf } from './json.ts';

/** As botbuilder has it. In seconds. */
const CLOCK_TOLERANCE_S = 300;
const HASHES: Readonly<Record<string, string>> = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' };
/** Microsoft signs with a handful. */
const KEYS = 50;

/** Says what is wrong with a token's signature or its time; undefined when nothing is, and for what botbuilder refuses without a word. */
export type TokenCheck = (authorization: string, now: Date) => Promise<string | undefined>;

/**
 * Botbuilder writes each token that is signed with another key, or has expired, to the console with the key
 * that it tried, past the log: whoever sends rubbish could fill a disk with it. So such a token ends here, as one line.
 * The keys are those that botbuilder holds.
 */
export function createTokenCheck(from: {
  issuer: string;
  channelMetadataUrl: string;
  emulatorMetadataUrl: string;
}): TokenCheck {
  const keys = new Map<string, KeyObject>();

  function keyOf(pem: string): KeyObject {
    const known = keys.get(pem);
    if (known) return known;
    if (keys.size >= KEYS) keys.clear();
    const key = createPublicKey(pem);
    keys.set(pem, key);
    return key;
  }

  return async (authorization, now) => {
    const [, head, body, signature] = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization) ?? [];
    if (!head || !body || !signature) return undefined;
    const header = decoded(head);
    const claims = decoded(body);
    const hash = HASHES[textOf(header.alg) ?? ''];
    if (!hash) return 'the token is not signed as Microsoft does';
    const url = claims.iss === from.issuer ? from.channelMetadataUrl : from.emulatorMetadataUrl;
    const { openIdMetadata } = new JwtTokenExtractor({}, url, Object.keys(HASHES));
    const found = await openIdMetadata.getKey(textOf(header.kid) ?? '');
    if (!found) return undefined;
    const signed = Buffer.from(`${head}.${body}`);
    if (!verify(hash, signed, keyOf(found.key), Buffer.from(signature, 'base64url')))
      return 'the token is signed with another key';
    const seconds = now.getTime() / 1_000;
    if (typeof claims.exp === 'number' && claims.exp + CLOCK_TOLERANCE_S <= seconds)
      return 'the token has expired';
    if (typeof claims.nbf === 'number' && claims.nbf - CLOCK_TOLERANCE_S > seconds)
      return 'the token is not valid yet';
    return undefined;
  };
}

function decoded(part: string): Json {
  try {
    return json(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}
