import { createHash } from 'node:crypto';
import type { AuditRecord, SealedAuditRecord } from './ports.ts';

/** Where a chain stands: the number and the hash of its last entry. */
export interface ChainHead {
  seq: number;
  hash: string;
}

/** What the first entry of each chain names as the hash before it. */
export const genesisHash = '0'.repeat(64);

/** Bytes as JSON. DynamoDB takes 400 KB an item; names, ids and hashes get by with what this leaves. */
const detailsLimit = 300_000;
const mostDetails = 100;
const longestDetailName = 100;

/**
 * Puts records into their actor's chain, in the order given, after `head` (undefined: a new chain).
 * What it returns is what must be stored: details that no DynamoDB item can hold are cut before they are hashed.
 * Throws when the records belong to more than one actor.
 */
export function seal(records: readonly AuditRecord[], head: ChainHead | undefined): SealedAuditRecord[] {
  let { seq, hash } = head ?? { seq: 0, hash: genesisHash };
  return records.map((given) => {
    if (given.actor !== records[0]?.actor) throw new Error('a chain holds the records of one actor only');
    const record = storable(given);
    const prevHash = hash;
    hash = hashOf(prevHash, record);
    seq += 1;
    return { ...record, seq, prevHash, hash };
  });
}

/** SHA-256 in hex over the hash before and the record as JSON with sorted keys (RFC 8785). */
export function hashOf(prevHash: string, record: AuditRecord): string {
  return createHash('sha256')
    .update(prevHash)
    .update(canonicalJson({ ...fieldsOf(record) }))
    .digest('hex');
}

/**
 * The record as DynamoDB can hold it: well-formed text, and details of at most 300,000 bytes that say where they were
 * cut. A record that went through here before stays as it is.
 */
export function storable(record: AuditRecord): AuditRecord {
  const fields = fieldsOf(record);
  return {
    ...fields,
    // Half of a surrogate pair can't be stored as UTF-8: it would come back changed and break the chain.
    actorName: fields.actorName.toWellFormed(),
    action: fields.action.toWellFormed(),
    details: storableDetails(record.details),
  };
}

/** Only what the chain protects: nothing else that a row may carry changes the hash. */
function fieldsOf(record: AuditRecord): AuditRecord {
  return {
    id: record.id,
    actor: record.actor,
    actorName: record.actorName,
    at: record.at,
    organizationId: record.organizationId,
    action: record.action,
    outcome: record.outcome,
    ...(record.target === undefined ? {} : { target: record.target }),
    ...(record.taskNumber === undefined ? {} : { taskNumber: record.taskNumber }),
    platform: record.platform,
    source: record.source,
    details: record.details,
  };
}

function storableDetails(details: Record<string, string>): Record<string, string> {
  const entries = Object.entries(details).map(([name, value]): [string, string] => [
    name.toWellFormed(),
    value.toWellFormed(),
  ]);
  if (jsonBytes(Object.fromEntries(entries)) <= detailsLimit) return Object.fromEntries(entries);
  const kept = entries.sort(byName).slice(0, mostDetails);
  const left = entries.length - kept.length;
  if (left > 0) kept.splice(-1, 1, ['…', `${left + 1} more were cut`]);
  const share = Math.floor(detailsLimit / kept.length) - 6 * longestDetailName - 10;
  const fitting = kept.map(([name, value]): [string, string] => [
    wholeCharacters(name, longestDetailName),
    cut(value, share),
  ]);
  return Object.fromEntries(fitting);
}

/** The beginning of a text, in at most so many bytes of JSON, with a mark that says that more was there. */
function cut(text: string, most: number): string {
  if (jsonBytes(text) <= most) return text;
  const mark = `… (cut, ${text.length} characters in all)`;
  const room = most - jsonBytes(mark);
  let length = room;
  // Up to six bytes of JSON a character: a step down of a tenth arrives after some twenty.
  while (jsonBytes(text.slice(0, length)) > room) length = Math.floor(length * 0.9);
  return `${wholeCharacters(text, length)}${mark}`;
}

function wholeCharacters(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

type Json = string | number | { readonly [name: string]: Json };

function canonicalJson(value: Json): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(byName)
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

function byName([a]: [string, Json], [b]: [string, Json]): number {
  return a < b ? -1 : Number(a > b);
}
