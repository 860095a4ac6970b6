import { type ChainHead, genesisHash, hashOf } from './audit-chain.ts';
import type { SealedAuditRecord } from './ports.ts';

/** What a chain should be, as another store knows it. */
export interface ExpectedChain {
  /** undefined: nothing was ever sealed for this actor */
  head: ChainHead | undefined;
  /** Sealed, but perhaps not in the log yet */
  waiting: readonly ChainLink[];
}

export type ChainLink = Pick<SealedAuditRecord, 'seq' | 'prevHash' | 'hash'>;

export type ChainFault =
  /** The content is not what was sealed */
  | 'changed'
  /** Entries between others are gone */
  | 'missing'
  /** An entry stands at another place than it was sealed for */
  | 'reordered'
  /** Two entries have one place */
  | 'forked'
  /** The last entries are gone */
  | 'truncated'
  /** An entry that was never sealed */
  | 'foreign';

export interface ChainProblem {
  kind: ChainFault;
  actor: string;
  seq: number;
  /** A sentence for people */
  reason: string;
}

/** Entries are stored by time and numbered by the relay: an entry may come this many places too early, not more. */
const window = 1_000;

/**
 * Checks one actor's chain. `records` come in order of time, with numbers nearly so; memory stays flat however many
 * there are. Without `expected` only what the chain says of itself is checked: a cut end can't be seen then.
 */
export async function* verifyChain(
  actor: string,
  records: AsyncIterable<SealedAuditRecord> | Iterable<SealedAuditRecord>,
  expected?: ExpectedChain,
): AsyncGenerator<ChainProblem> {
  const verifier = new ChainVerifier(actor, expected);
  for await (const record of records) yield* verifier.add(record);
  yield* verifier.end();
}

class ChainVerifier {
  readonly #actor: string;
  readonly #expected: ExpectedChain | undefined;
  readonly #waiting: ReadonlyMap<number, ChainLink>;
  /** Entries whose predecessor has not come yet, by number */
  readonly #pending = new Map<number, SealedAuditRecord>();
  /** Numbers of the last entries, by hash */
  readonly #recent = new Map<string, number>();
  /** Hashes of entries that were reported as reordered or forked: who names them is not to blame */
  readonly #reported = new Set<string>();
  readonly #gaps: Range[] = [];
  #next = 1;
  /** undefined after a gap: nobody knows what the next one should name */
  #lastHash: string | undefined = genesisHash;
  #found: ChainProblem[] = [];

  constructor(actor: string, expected: ExpectedChain | undefined) {
    this.#actor = actor;
    this.#expected = expected;
    this.#waiting = new Map(expected?.waiting.map((link) => [link.seq, link]));
  }

  add(record: SealedAuditRecord): ChainProblem[] {
    if (hashOf(record.prevHash, record) !== record.hash) {
      this.#report('changed', record.seq, `its content does not match its hash (${shown(record)})`);
    }
    this.#place(record);
    while (this.#pending.size > window) this.#skipGap();
    return this.#takeFound();
  }

  end(): ChainProblem[] {
    while (this.#pending.size > 0) this.#skipGap();
    const last = this.#expected?.head?.seq ?? 0;
    if (this.#next <= last) this.#passOver({ from: this.#next, to: last });
    return this.#takeFound();
  }

  #place(record: SealedAuditRecord): void {
    const { seq } = record;
    if (this.#expected && seq > (this.#expected.head?.seq ?? 0)) {
      const reason = `it stands in the log but was never sealed (${shown(record)})`;
      this.#report('foreign', seq, reason);
    } else if (seq < this.#next) {
      this.#placeLate(record);
    } else if (this.#pending.has(seq)) {
      this.#reportFork(record);
    } else {
      this.#pending.set(seq, record);
      this.#linkReady();
    }
  }

  #placeLate(record: SealedAuditRecord): void {
    const { seq, hash } = record;
    if (this.#gaps.some(({ from, to }) => from <= seq && seq <= to)) {
      const reason = `its time is later than that of ${window} entries that follow it (${shown(record)})`;
      this.#report('reordered', seq, reason);
    } else if (this.#waiting.get(seq)?.hash !== hash) {
      this.#reportFork(record);
    }
  }

  #linkReady(): void {
    for (;;) {
      const record = this.#pending.get(this.#next);
      if (!record) return;
      this.#pending.delete(record.seq);
      this.#link(record);
    }
  }

  #link(link: ChainLink): void {
    if (this.#lastHash !== undefined && link.prevHash !== this.#lastHash) this.#reportBrokenLink(link);
    const head = this.#expected?.head;
    if (head?.seq === link.seq && head.hash !== link.hash) {
      this.#report('changed', link.seq, 'the head of the chain has another hash for it: it was rewritten');
    }
    this.#recent.set(link.hash, link.seq);
    const oldest = this.#recent.keys().next();
    if (this.#recent.size > window && !oldest.done) this.#recent.delete(oldest.value);
    this.#lastHash = link.hash;
    this.#next = link.seq + 1;
  }

  /** Who names an entry that stands elsewhere was moved itself; otherwise the one before it was rewritten. */
  #reportBrokenLink(link: ChainLink): void {
    if (this.#reported.has(link.prevHash)) return;
    const before = this.#recent.get(link.prevHash) ?? this.#pendingWith(link.prevHash)?.seq;
    if (before === undefined) {
      const reason = `entry ${link.seq} names another hash for it: one of the two was rewritten`;
      this.#report('changed', link.seq - 1, reason);
      return;
    }
    this.#reported.add(link.hash);
    this.#report('reordered', link.seq, `it was sealed to follow what is now entry ${before}`);
  }

  #pendingWith(hash: string): SealedAuditRecord | undefined {
    for (const record of this.#pending.values()) if (record.hash === hash) return record;
    return undefined;
  }

  #reportFork(record: SealedAuditRecord): void {
    this.#reported.add(record.hash);
    this.#report('forked', record.seq, `another entry has the same place in the chain (${shown(record)})`);
  }

  /** Gives up on what should come next and goes on with the entry that stands first after it. */
  #skipGap(): void {
    const first = Math.min(...this.#pending.keys());
    this.#passOver({ from: this.#next, to: first - 1 });
    this.#linkReady();
  }

  /** Passes over entries that are not in the log: those that wait elsewhere are links, the others are missing. */
  #passOver(range: Range): void {
    const links = [...this.#waiting.values()]
      .filter(({ seq }) => range.from <= seq && seq <= range.to)
      .sort((a, b) => a.seq - b.seq);
    for (const link of links) {
      if (this.#next < link.seq) this.#reportGap({ from: this.#next, to: link.seq - 1 });
      this.#link(link);
    }
    if (this.#next <= range.to) this.#reportGap({ from: this.#next, to: range.to });
  }

  #reportGap(gap: Range): void {
    const { from, to } = gap;
    const what = from === to ? `entry ${from} is gone` : `entries ${from} to ${to} are gone`;
    const atEnd = to === this.#expected?.head?.seq;
    if (atEnd) this.#report('truncated', from, `${what} from the end of the chain`);
    else this.#report('missing', from, `${what}, while a later one is there`);
    this.#gaps.push(gap);
    this.#lastHash = undefined;
    this.#next = to + 1;
  }

  #report(kind: ChainFault, seq: number, reason: string): void {
    this.#found.push({ kind, actor: this.#actor, seq, reason });
  }

  #takeFound(): ChainProblem[] {
    if (this.#found.length === 0) return this.#found;
    const found = this.#found;
    this.#found = [];
    return found;
  }
}

interface Range {
  from: number;
  to: number;
}

const shown = (record: SealedAuditRecord): string => `${record.action} at ${record.at}, id ${record.id}`;
