import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');

/** An absolute path inside the repository, whatever folder the command was started from. */
export function repositoryFile(...parts: string[]): string {
  return path.join(root, ...parts);
}

/** Everything that running the product or its tests leaves behind is below this ignored folder. */
export const dataFolder = repositoryFile('.data');
export const postgresFolder = path.join(dataFolder, 'postgres');
export const dynamodbFolder = path.join(dataFolder, 'dynamodb');
export const migrationsFolder = repositoryFile('prisma', 'migrations');
export const schemaFile = repositoryFile('prisma', 'schema.prisma');

/** A path as a person would type it from the repository's root. */
export function shownPath(absolute: string): string {
  const relative = path.relative(root, absolute);
  return relative.startsWith('..') ? absolute : relative;
}
