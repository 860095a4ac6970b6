import { z } from 'zod';
import { storable } from '../../core/audit-chain.ts';
import type { SealedAuditRecord } from '../../core/ports.ts';
import type { Item } from './client.ts';

/**
 * Every request of an organisation writes into its review index, and a DynamoDB partition takes 1,000 writes a second:
 * four of them take 4,000. Days and not hours, since a shorter time spreads nothing at one moment, while every one of
 * them costs four queries to look through.
 */
export const reviewShards = 4;

const shards = Array.from({ length: reviewShards }, (_, shard) => shard);

/** The partitions of the review index that hold one day (2026-11-22) of an organisation. */
export function reviewPartitions(organizationId: string, day: string): string[] {
  return shards.map((shard) => `${organizationId}#${day}#${shard}`);
}

/** Sort key of all audit indexes: unique, and in order of time. */
export function sortKeyOf(record: { at: string; id: string }): string {
  return `${record.at}#${record.id}`;
}

/** The record as an item. Details are one text, for DynamoDB has rules for attribute names that people's words may break. */
export function auditItemOf(sealed: SealedAuditRecord): Item {
  const { id, at, details, ...fields } = { ...storable(sealed), ...linkOf(sealed) };
  return {
    ...fields,
    at: sortKeyOf({ at, id }),
    details: JSON.stringify(details),
    orgDay: reviewPartitionOf(sealed),
  };
}

/** An item read back, or what is wrong with it: nobody but Crewline should have written here. */
export type AuditItem = { record: SealedAuditRecord; fault?: string } | { record?: undefined; fault: string };

export function parseAuditItem(item: Item): AuditItem {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { fault: `its attribute ${issue?.path.join('.') || 'list'} is not as it was written` };
  }
  const { at: key, orgDay, ...fields } = parsed.data;
  const [at = '', id = ''] = key.split('#');
  const record: SealedAuditRecord = { ...fields, at, id };
  if (orgDay === reviewPartitionOf(record)) return { record };
  return { record, fault: `it is hidden from its organisation's review (orgDay is ${orgDay})` };
}

function reviewPartitionOf({ organizationId, at, id }: SealedAuditRecord): string {
  // The last character of a ULID is random.
  const shard = id.charCodeAt(id.length - 1) % reviewShards;
  return `${organizationId}#${at.slice(0, 10)}#${shard}`;
}

function linkOf({ seq, prevHash, hash }: SealedAuditRecord) {
  return { seq, prevHash, hash };
}

const detailsSchema = z.string().transform((text, context) => {
  const details = parseDetails(text);
  if (details) return details;
  context.addIssue('not the JSON of names and texts');
  return z.NEVER;
});

/** By hand: zod's record leaves out `__proto__`, which a forged button may carry and the hash covers. */
function parseDetails(text: string): Record<string, string> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isTexts(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((text) => typeof text === 'string');
}

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

// Strict: an attribute that Crewline does not write is a sign that someone else has written.
const itemSchema = z.strictObject({
  actor: z.string(),
  at: z.string().regex(/^[^#]+#[^#]+$/),
  actorName: z.string(),
  organizationId: z.string(),
  action: z.string(),
  outcome: z.enum(['ok', 'denied', 'invalid', 'failed']),
  target: z.string().exactOptional(),
  taskNumber: z.int().exactOptional(),
  platform: z.enum(['slack', 'teams', 'system']),
  source: z.string(),
  details: detailsSchema,
  orgDay: z.string(),
  seq: z.int().positive(),
  prevHash: hashSchema,
  hash: hashSchema,
});
