import { readFile } from 'node:fs/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { DiffTarget } from '@prisma/schema-engine-wasm';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import { ClearError, reasonOf } from './clear-error.ts';

const everything = { externalTables: [], externalEnums: [] };
let ready: Promise<void> | undefined;

/**
 * The SQL that leads from one Prisma schema to another (`undefined`: from nothing), by Prisma's own engine in
 * WebAssembly: it needs no binary to be downloaded. The engine insists on a live connection and changes nothing there.
 */
export async function schemaDiff(
  schemas: { from: string | undefined; to: string },
  connectionString: string,
) {
  ready ??= loadEngine();
  await ready;
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString }));
  const datamodels: [string, string][] = [['schema.prisma', schemas.to]];
  try {
    const engine = await engineModule.SchemaEngine.new({ datamodels }, () => undefined, adapter);
    const { stdout } = await engine.diff({
      from: schemas.from === undefined ? { tag: 'empty' } : datamodel(schemas.from),
      to: datamodel(schemas.to),
      script: true,
      exitCode: null,
      filters: everything,
    });
    return /^-- This is an empty migration/.test(stdout ?? '') ? '' : (stdout ?? '');
  } catch (error) {
    throw new ClearError(`Prisma cannot work with the schema: ${reasonOf(error)}.`);
  }
}

function datamodel(content: string): DiffTarget {
  return { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] };
}

/** Importing the .wasm file would do this too, with a warning about an experiment on every run. */
async function loadEngine(): Promise<void> {
  const file = new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm'));
  const { Module, Instance } = webAssembly();
  const instance = new Instance(new Module(await readFile(file)), { './schema_engine_bg.js': engineModule });
  engineModule.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
}

interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, (() => void) | undefined> };
}

/** Node has it; the types for it only come with those of the browser. */
function webAssembly(): WebAssemblyApi {
  return (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
}
