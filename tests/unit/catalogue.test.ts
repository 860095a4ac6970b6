import { expect, test } from '@jest/globals';
import { type CatalogueEntry, compareCatalogues } from '../../scripts/lib/catalogue.ts';

const title: CatalogueEntry = { key: 'column tasks.title', definition: 'text not null', expressible: true };
const check: CatalogueEntry = {
  key: 'check tasks.title_length',
  definition: 'CHECK (…)',
  expressible: false,
};

test('what only SQL can say may stand in the migrations alone, and is listed', () => {
  expect(compareCatalogues([title], [title, check])).toEqual({ differences: [], extras: [check.key] });
});

test('a column that no migration makes is a difference', () => {
  expect(compareCatalogues([title], []).differences).toEqual([
    'column tasks.title: the schema has it, the migrations do not make it',
  ]);
});

test('a column that left the schema but not the database is a difference', () => {
  expect(compareCatalogues([], [title]).differences).toEqual([
    'column tasks.title: only the migrations have it',
  ]);
});

test('a column that may be empty in one of the two is a difference', () => {
  expect(compareCatalogues([title], [{ ...title, definition: 'text' }]).differences).toEqual([
    'column tasks.title: "text not null" in the schema, "text" from the migrations',
  ]);
});
