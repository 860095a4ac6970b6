/** Cut between characters as people see them, with a sign that there is more. `most` in UTF-16 units. */
export function shorten(value: string, most: number): string {
  if (value.length <= most) return value;
  let cut = '';
  // No more than that can be shown: a text of any length costs the same.
  for (const { segment } of new Intl.Segmenter().segment(value.slice(0, most))) {
    if (cut.length + segment.length > most - 1) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}
