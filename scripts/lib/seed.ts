import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ClearError } from './clear-error.ts';
import { repositoryFile } from './paths.ts';

/** Fills a database with the people and the work that one tries Crewline out with; may be repeated. */
export async function seedDatabase(connectionString: string): Promise<void> {
  const file = repositoryFile('prisma', 'seed.ts');
  if (!existsSync(file)) throw new ClearError('prisma/seed.ts is missing.');
  const { seed } = (await import(pathToFileURL(file).href)) as { seed?: (url: string) => Promise<unknown> };
  if (!seed) throw new ClearError('prisma/seed.ts exports no function "seed".');
  await seed(connectionString);
}
