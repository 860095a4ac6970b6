import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ClearError } from './lib/clear-error.ts';
import { repositoryFile, schemaFile } from './lib/paths.ts';
import { runScript } from './lib/run-script.ts';

/** Lies beside the generated client, so that it goes when the client goes; scripts/setup.mjs compares it. */
const stampFile = repositoryFile('src', 'generated', 'prisma', 'schema.sha256');

await runScript(async () => {
  if (!existsSync(schemaFile)) throw new ClearError('prisma/schema.prisma is missing.');
  const schema = readFileSync(schemaFile);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [repositoryFile('node_modules', 'prisma', 'build', 'index.js'), 'generate', '--no-hints'],
    { cwd: repositoryFile(), env: generateEnvironment(), encoding: 'utf8' },
  );
  if (status !== 0) {
    const output = `${stdout}${stderr}`.trim();
    throw new ClearError(`${output}\nThe Prisma client could not be generated: see Prisma's words above.`);
  }
  writeFileSync(stampFile, createHash('sha256').update(schema).digest('hex'));
  console.log('Generated the Prisma client in src/generated/prisma.');
});

function generateEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    // The CLI insists on a schema engine and would download one, which `generate` never runs: any file will do.
    PRISMA_SCHEMA_ENGINE_BINARY: repositoryFile('package.json'),
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
}
