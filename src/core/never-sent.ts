/** Codes of a connection that never came about, of Node and of undici, its fetch. */
const unconnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  // Written into a connection that the other side had closed: the request was not written to its end.
  'EPIPE',
]);

/** A certificate or a handshake that failed: no request goes out before it is done. */
const handshake = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

/**
 * True when a request that failed was certainly not received: it may simply be sent again. Takes what `fetch` throws,
 * which keeps the network's error in its cause. Read without `instanceof`, which ends at a realm's border.
 */
export function wasNeverSent(error: unknown): boolean {
  const thrown = property(error, 'cause') ?? error;
  const code = property(thrown, 'code');
  if (typeof code !== 'string') return false;
  if (unconnected.has(code) || handshake.test(code) || property(thrown, 'syscall') === 'connect') return true;
  if (code === 'ECONNRESET') return UNFINISHED_HANDSHAKE.test(String(property(thrown, 'message')));
  return code === 'UND_ERR_SOCKET' && property(property(thrown, 'socket'), 'bytesWritten') === 0;
}

const UNFINISHED_HANDSHAKE = /before secure TLS connection was established/;

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
