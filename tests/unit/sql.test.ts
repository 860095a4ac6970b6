import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rawSql, sql, textOf } from '../../src/lib/sql.ts';

test('values become parameters, in their order', () => {
  const statement = sql`SELECT * FROM tasks WHERE id = ${'a'} AND number = ${42}`;
  expect(textOf(statement)).toBe('SELECT * FROM tasks WHERE id = $1 AND number = $2');
  expect(statement.values).toEqual(['a', 42]);
});

test('fragments are put in place, and their parameters are counted on', () => {
  const condition = sql`owner = ${'maya'} AND ${sql`due_at < ${'now'}`}`;
  const statement = sql`SELECT ${rawSql('count(*)')} FROM tasks WHERE id = ${1} AND ${condition} OR ${condition} LIMIT ${8}`;
  expect(textOf(statement)).toBe(
    'SELECT count(*) FROM tasks WHERE id = $1 AND owner = $2 AND due_at < $3 OR owner = $4 AND due_at < $5 LIMIT $6',
  );
  expect(statement.values).toEqual([1, 'maya', 'now', 'maya', 'now', 8]);
});

test('nothing, null, lists and dates are values too', () => {
  const at = new Date('2026-11-24T15:00:00Z');
  const statement = sql`VALUES (${undefined}, ${null}, ${['a', 'b']}, ${at}, ${''})`;
  expect(textOf(statement)).toBe('VALUES ($1, $2, $3, $4, $5)');
  expect(statement.values).toEqual([undefined, null, ['a', 'b'], at, '']);
});

test('an empty fragment leaves no trace', () => {
  expect(textOf(sql`UPDATE tasks SET ${sql``}version = ${2}`)).toBe('UPDATE tasks SET version = $1');
});

test('whatever a value is, it never becomes part of the text', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 6 }), (values) => {
      const whole = values.reduce((all, value) => sql`${all}, ${value}`, sql`x`);
      expect(textOf(whole)).toBe(`x${values.map((_value, index) => `, $${index + 1}`).join('')}`);
      expect(whole.values).toEqual(values);
    }),
  );
});

test('one shape of statement has one text, so that it is prepared once', () => {
  const find = (number: number) => textOf(sql`SELECT 1 FROM tasks WHERE number = ${number}`);
  expect(find(1)).toBe(find(2_000_000));
});
