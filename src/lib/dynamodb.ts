/** Sessions and the audit log in DynamoDB. The AWS SDK is used in `dynamodb/` and nowhere else. */
export { type AuditLogOptions, createAuditLog } from './dynamodb/audit-log.ts';
export { type AuditReader, type ChainEntry, createAuditReader } from './dynamodb/audit-reader.ts';
export { createDynamo, type Dynamo, type DynamoOptions, DynamoTimeoutError } from './dynamodb/client.ts';
export { createSessions, type SessionsOptions } from './dynamodb/sessions.ts';
export { prepareTables, type TableReport } from './dynamodb/tables.ts';
