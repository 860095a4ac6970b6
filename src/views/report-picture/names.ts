/** Scripts that the painter has letters of (see lib/painter/fonts.ts); the marks and digits that all share are `Common`. */
const DRAWABLE =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Common}\p{Script=Inherited}]*$/u;
/** Arabic letters join, which the drawing library gets wrong beside letters of another font: they have to be alone. */
const ARABIC = /^[\p{Script=Arabic}\p{Script=Inherited} ]+$/u;
/** Emoji, other small pictures, what joins or colours them, and what no XML may hold */
const PICTURES =
  /[\p{Cc}\p{So}\p{Sk}\p{Extended_Pictographic}\p{Regional_Indicator}\p{Cs}\p{Co}\p{Cn}]|\u200d|\ufe0f/gu;

/** A name as the picture can show it, no wider than `width`; undefined for one in letters that there is no font for. */
export function drawableName(
  name: string,
  { size, width }: { size: number; width: number },
): string | undefined {
  const letters = name.normalize('NFC').replace(/\s+/g, ' ').replace(PICTURES, '').replace(/ +/g, ' ').trim();
  if (letters === '') return undefined;
  if (ARABIC.test(letters)) return fitWords(letters, width / size);
  if (!DRAWABLE.test(letters)) return undefined;
  return fit(letters, width / size);
}

/** `most` in em. */
function fit(value: string, most: number): string {
  if (widthOf(value) <= most) return value;
  let kept = '';
  let used = 1;
  for (const { segment } of new Intl.Segmenter().segment(value)) {
    used += widthOf(segment);
    if (used > most) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Whole words, without an ellipsis, which is not a letter of theirs. */
function fitWords(value: string, most: number): string | undefined {
  const kept: string[] = [];
  for (const word of value.split(' ')) {
    if (widthOf([...kept, word].join(' ')) > most) break;
    kept.push(word);
  }
  return kept.length > 0 ? kept.join(' ') : undefined;
}

/** About as wide as the letters are in bold, in em: enough to know whether they fit. */
function widthOf(value: string): number {
  let width = 0;
  for (const character of value) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff00-\uff60]/u.test(character))
    return 1;
  if (/[mwMW@%—…]/.test(character)) return 0.95;
  if (/[iljtfr .,'’:;|!()-]/.test(character)) return 0.38;
  return /[\p{Lu}\p{Nd}]/u.test(character) ? 0.7 : 0.6;
}
