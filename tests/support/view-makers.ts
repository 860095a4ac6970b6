/**
 * Names of the functions that a module exports and that make a message: a View, a Form or a Reply. One whose
 * result is not written down counts as such, for it could be one.
 */
export function exportedMakers(source: string): string[] {
  const found = source.matchAll(
    /^export (?:async )?(?:function (?<name>\w+)|const (?<arrow>\w+) = (?=\())/gm,
  );
  return [...found].flatMap(({ 0: head, index, groups }) => {
    const name = groups?.name ?? groups?.arrow ?? '';
    const result = resultType(source.slice(index + head.length));
    return result === undefined || /\b(?:View|Form|Reply)\b/.test(result) ? [name] : [];
  });
}

/** What stands between the parameters and the body; undefined where nothing does. */
function resultType(declaration: string): string | undefined {
  const end = closingOf(declaration, declaration.indexOf('('));
  const rest = declaration.slice(end + 1);
  return /^:\s*(?<type>.+?)\s*(?:\{$|=>)/m.exec(rest.split('\n')[0] ?? '')?.groups?.type;
}

/** Where the bracket that opens at `start` is closed. */
function closingOf(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}
