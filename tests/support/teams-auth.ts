import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export const APP_ID = '11111111-2222-4333-8444-555555555555';
export const ISSUER = 'https://issuer.test';

/** Stands in for Microsoft's identity platform: signs as it does, and publishes the keys. */
export interface Identity {
  metadataUrl: string;
  /** A header as Teams sends it; each part can be made wrong. */
  bearer(claims: JWTPayload, options?: { key?: 'foreign'; expired?: boolean }): Promise<string>;
  close(): Promise<void>;
}

export async function startIdentity(): Promise<Identity> {
  const own = await generateKeyPair('RS256', { extractable: true });
  const foreign = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'key-1', use: 'sig', endorsements: ['msteams'] };
  const server = createServer((request, response) => {
    const keys = request.url === '/keys';
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(keys ? { keys: [jwk] } : { issuer: ISSUER, jwks_uri: `${urlOf(server)}/keys` }),
    );
  });
  await listen(server);
  return {
    metadataUrl: `${urlOf(server)}/openid`,
    async bearer(claims, options = {}) {
      const now = Math.floor(Date.now() / 1_000);
      const token = new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'key-1', typ: 'JWT' })
        .setIssuedAt(now - 7_200)
        .setExpirationTime(options.expired ? now - 3_600 : now + 3_600);
      const key = options.key === 'foreign' ? foreign.privateKey : own.privateKey;
      return `Bearer ${await token.sign(key)}`;
    },
    close: () => close(server),
  };
}

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return urlOf(server);
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export function urlOf(server: Server): string {
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}
