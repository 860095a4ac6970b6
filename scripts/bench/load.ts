import { Agent, request as httpRequest } from 'node:http';

export interface Prepared {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Whether this is the right answer */
  isRight(status: number, body: string): boolean;
}

/** One way of asking, again and again. */
export interface Scenario {
  /** The next request of a lane; a lane has one request on its way at a time. */
  next(lane: number): Prepared;
}

export interface Measured {
  requests: number;
  rps: number;
  p50: number;
  p99: number;
  /** Some of the wrong answers */
  wrong: string[];
  /** By process, in ms of CPU a request: unlike the rest, hardly changed by what else runs on the machine */
  cpu?: Record<string, number>;
}

export const LANES = 16;
const WRONG_SHOWN = 3;
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** Sends for so many ms on 16 kept-alive connections, each waiting for its answer before it asks again. */
export async function load(scenario: Scenario, milliseconds: number): Promise<Measured> {
  const times: number[] = [];
  const wrong: string[] = [];
  const started = performance.now();
  const end = started + milliseconds;
  async function lane(number: number): Promise<void> {
    while (performance.now() < end) {
      const prepared = scenario.next(number);
      const asked = performance.now();
      const { status, body } = await send(prepared);
      times.push(performance.now() - asked);
      if (!prepared.isRight(status, body)) wrong.push(`${status} ${body.slice(0, 400)}`);
    }
  }
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
  const seconds = (performance.now() - started) / 1_000;
  return {
    requests: times.length,
    rps: times.length / seconds,
    ...quantiles(times),
    wrong: wrong.slice(0, WRONG_SHOWN),
  };
}

export function send({ url, headers, body }: Prepared): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    };
    const request = httpRequest(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

export const closeConnections = (): void => agent.destroy();

/** In ms. */
export function quantiles(times: readonly number[]): { p50: number; p99: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
