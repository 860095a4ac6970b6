import { defineConfig } from 'prisma/config';

/** For Prisma's own CLI; the npm scripts need no native engine and do not read this. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
});
