import { withClient } from './postgres-client.ts';

/** One thing in a database, in PostgreSQL's own words for it. */
export interface CatalogueEntry {
  /** What it is and its name, such as `column tasks.title`. */
  key: string;
  definition: string;
  /** Whether Prisma's schema language can say it, so that the schema must have it too. */
  expressible: boolean;
}

/** Prisma's names for what it makes end so; anything else in a migration was written by hand, on purpose. */
const PRISMA_NAME = `'_(pkey|key|idx|fkey)$'`;

const QUERY = `
WITH ns AS (SELECT oid FROM pg_namespace WHERE nspname = 'public'),
rel AS (SELECT c.* FROM pg_class c, ns WHERE c.relnamespace = ns.oid AND c.relname <> '_prisma_migrations')
SELECT 'table ' || relname AS key, relpersistence::text AS definition, true AS expressible
  FROM rel WHERE relkind IN ('r', 'p')
UNION ALL
SELECT 'column ' || r.relname || '.' || a.attname,
       concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
                 'default ' || pg_get_expr(d.adbin, d.adrelid), 'identity ' || nullif(a.attidentity::text, ''),
                 'generated ' || nullif(a.attgenerated::text, '')),
       a.attgenerated = ''
  FROM rel r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
 WHERE r.relkind IN ('r', 'p')
UNION ALL
SELECT CASE o.contype::text WHEN 'f' THEN 'foreign key ' WHEN 'p' THEN 'primary key ' WHEN 'c' THEN 'check ' ELSE 'constraint ' END
         || r.relname || '.' || o.conname,
       pg_get_constraintdef(o.oid), o.contype = 'p' OR (o.contype = 'f' AND o.conname ~ ${PRISMA_NAME})
  FROM rel r JOIN pg_constraint o ON o.conrelid = r.oid
 WHERE o.contype IN ('f', 'p', 'c', 'x')
UNION ALL
SELECT 'index ' || r.relname, pg_get_indexdef(i.indexrelid),
       i.indpred IS NULL AND i.indexprs IS NULL AND i.indnatts = i.indnkeyatts AND r.relname ~ ${PRISMA_NAME}
  FROM rel r JOIN pg_index i ON i.indexrelid = r.oid WHERE NOT i.indisprimary
UNION ALL
SELECT 'enum ' || t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder), true
  FROM pg_type t JOIN ns ON t.typnamespace = ns.oid JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.typname
UNION ALL
SELECT CASE r.relkind::text WHEN 'v' THEN 'view ' ELSE 'materialized view ' END || r.relname, pg_get_viewdef(r.oid), false
  FROM rel r WHERE r.relkind IN ('v', 'm')
UNION ALL
SELECT 'function ' || p.oid::regprocedure, p.prosrc, false
  FROM pg_proc p JOIN ns ON p.pronamespace = ns.oid
 WHERE NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT 'trigger ' || r.relname || '.' || t.tgname, pg_get_triggerdef(t.oid), false
  FROM rel r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal
UNION ALL
SELECT 'extension ' || extname, '', false FROM pg_extension WHERE extname <> 'plpgsql'
ORDER BY key`;

/** All that stands in a database's public schema, ordered by what it is and its name. */
export function readCatalogue(connectionString: string): Promise<CatalogueEntry[]> {
  return withClient(connectionString, async (client) => (await client.query<CatalogueEntry>(QUERY)).rows);
}

export interface CatalogueComparison {
  /** One sentence for each thing that the two do not agree on. */
  differences: string[];
  /** What only the migrations have, and may have: Prisma's schema could not say it. */
  extras: string[];
}

/** Holds what the migrations make against what the schema asks for. */
export function compareCatalogues(
  fromSchema: CatalogueEntry[],
  fromMigrations: CatalogueEntry[],
): CatalogueComparison {
  const made = new Map(fromMigrations.map((entry) => [entry.key, entry]));
  const asked = new Set(fromSchema.map(({ key }) => key));
  const missing = fromSchema.flatMap(({ key, definition }) => {
    const found = made.get(key);
    if (!found) return [`${key}: the schema has it, the migrations do not make it`];
    if (found.definition === definition) return [];
    return [`${key}: "${definition}" in the schema, "${found.definition}" from the migrations`];
  });
  const more = fromMigrations.filter(({ key }) => !asked.has(key));
  return {
    differences: [
      ...missing,
      ...more.filter((entry) => entry.expressible).map(({ key }) => `${key}: only the migrations have it`),
    ],
    extras: more.filter((entry) => !entry.expressible).map(({ key }) => key),
  };
}
