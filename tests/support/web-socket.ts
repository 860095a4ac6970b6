import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

const CLOSE = 0x8;

/** A WebSocket server that greets as Slack's Socket Mode does, and understands nothing. */
export interface HelloServer {
  url: string;
  /** Connections so far */
  readonly connections: number;
  /** Breaks those that are open. */
  breakAll(): void;
  close(): Promise<void>;
}

export async function startHelloServer(): Promise<HelloServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer();
  server.on('upgrade', (request, socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (frame) => {
      const opcode = (frame[0] ?? 0) & 0x0f;
      if (opcode === CLOSE) socket.end(Buffer.from([0x80 | CLOSE, 2, 0x03, 0xe8]));
    });
    // RFC 6455, section 1.3
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const hello = Buffer.from(JSON.stringify({ type: 'hello' }));
    socket.write(Buffer.concat([Buffer.from([0x81, hello.length]), hello]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections;
    },
    breakAll() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
