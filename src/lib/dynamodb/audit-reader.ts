import { z } from 'zod';
import type { AuditItem } from './audit-items.ts';
import { readItems } from './audit-streams.ts';
import type { Dynamo, Item } from './client.ts';

/** An item of the log with its sort key: a record, or what is wrong with it, or both. */
export type ChainEntry = { at: string; item: AuditItem };

/** Reads the whole log for export and verification, oldest first, a page in memory at a time. */
export interface AuditReader {
  /** Everyone who has entries, each once. */
  actors(): AsyncGenerator<string>;
  /** An actor's entries in order of time: `from` on, up to but without `to`. */
  chain(
    actor: string,
    range?: { from?: Date | undefined; to?: Date | undefined },
  ): AsyncGenerator<ChainEntry>;
}

/** Sorts behind every key that anyone can write. */
const lastKey = '\u{10FFFF}';

export function createAuditReader(dynamo: Dynamo): AuditReader {
  return {
    actors: () => actors(dynamo),
    chain: (actor, { from, to } = {}) =>
      readItems(
        dynamo,
        { attribute: 'actor', value: actor },
        {
          // Not '0' and '~' as for pages: whoever forges an entry may give it any key.
          after: from?.toISOString() ?? '\u0001',
          before: to?.toISOString() ?? lastKey,
          order: 'oldest first',
        },
      ),
  };
}

/** A scan gives the items of one actor together: after the first one it goes on behind the actor's last key. */
async function* actors(dynamo: Dynamo): AsyncGenerator<string> {
  let start: Item | undefined;
  do {
    const page = await dynamo.scan({
      TableName: dynamo.tables.auditLogs,
      Limit: 1,
      ProjectionExpression: 'actor',
      ConsistentRead: true,
      ExclusiveStartKey: start,
    });
    const [item] = page.items;
    if (item) {
      const actor = z.string().parse(item.actor);
      yield actor;
      start = { actor, at: lastKey };
    } else {
      start = page.lastKey;
    }
  } while (start);
}
