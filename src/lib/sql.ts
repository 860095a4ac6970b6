/** A statement with its values apart: text goes to PostgreSQL as a prepared statement, values never into the text. */
export interface Sql {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
}

/** SQL from a template: values become parameters, other `sql` fragments are put in place. */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  const texts: string[] = [strings[0] ?? ''];
  const values: unknown[] = [];
  parts.forEach((part, index) => {
    const after = strings[index + 1] ?? '';
    const last = texts.length - 1;
    if (isSql(part)) {
      texts[last] += part.strings[0] ?? '';
      texts.push(...part.strings.slice(1));
      values.push(...part.values);
      texts[texts.length - 1] += after;
    } else {
      values.push(part);
      texts.push(after);
    }
  });
  return { strings: texts, values };
}

/** A fixed piece of SQL. Never for anything that came from outside. */
export const rawSql = (text: string): Sql => ({ strings: [text], values: [] });

/** The statement's text with $1, $2, … */
export function textOf(statement: Sql): string {
  let text = statement.strings[0] ?? '';
  for (let index = 1; index < statement.strings.length; index += 1)
    text += `$${index}${statement.strings[index]}`;
  return text;
}

function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && 'strings' in value && 'values' in value;
}

/** SQLSTATE of an engine's error. */
export function sqlState(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
