import { createServer } from 'node:net';

/** Whether something can listen on the port of the loopback interface right now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Below the ports that systems give to outgoing connections: none of those may take it before it is used. */
const PORTS = { first: 20_000, count: 12_000 };

/** A port that nobody listens on. Someone else may take it before it is used: be ready to ask again. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`no port is free between ${PORTS.first} and ${PORTS.first + PORTS.count}`);
}
