import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a process and a server of its, and has bad days. */
export interface TcpProxy {
  /** 127.0.0.1:<port> */
  address: string;
  /** Connections stay, and nothing moves on them. */
  stall(): void;
  resume(): void;
  /** Lets through what matches, lets the server do it, and breaks the connection before its answer gets back. Once. */
  cutAfter(sent: RegExp): void;
  /** How often `cutAfter` has cut. */
  readonly cuts: number;
  close(): Promise<void>;
}

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let stalled = false;
  let cutting: RegExp | undefined;
  let cuts = 0;

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  }

  const server = createServer((near) => {
    const far = connect(target);
    for (const socket of [near, far]) {
      keep(socket);
      socket.setNoDelay(true);
      if (stalled) socket.pause();
    }
    let cut = false;
    near.on('data', (sent) => {
      if (cutting?.test(sent.toString('latin1'))) {
        cutting = undefined;
        cut = true;
      }
      far.write(sent);
    });
    far.on('data', (answer) => {
      if (!cut) {
        near.write(answer);
        return;
      }
      cuts += 1;
      near.destroy();
      far.destroy();
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stall() {
      stalled = true;
      for (const socket of sockets) socket.pause();
    },
    resume() {
      stalled = false;
      for (const socket of sockets) socket.resume();
    },
    cutAfter(sent) {
      cutting = sent;
    },
    get cuts() {
      return cuts;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
