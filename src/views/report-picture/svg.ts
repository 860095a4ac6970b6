/** A few shapes of SVG. Every text goes through `escaped`: names come from people. */

export const INK = '#111111';
export const QUIET = '#444444';
export const LINE = '#B8B8B8';
export const DONE = '#0B5D3B';
export const LATE = '#A8001C';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (value: string): string => value.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);

const px = (value: number): string => String(Math.round(value * 100) / 100);

export interface TextStyle {
  x: number;
  /** Of the base line */
  y: number;
  size: number;
  bold?: boolean;
  colour?: string;
  anchor?: 'start' | 'middle' | 'end';
}

export function label(
  value: string,
  { x, y, size, bold, colour = INK, anchor = 'start' }: TextStyle,
): string {
  // The fonts of these scripts have one weight, and it is a thin one.
  const thin = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(value);
  const stroke = thin ? ` stroke="${colour}" stroke-width="${bold ? 0.7 : 0.4}"` : '';
  const weight = bold ? ' font-weight="700"' : '';
  return `<text x="${px(x)}" y="${px(y)}" font-size="${size}"${weight} text-anchor="${anchor}" fill="${colour}"${stroke}>${escaped(value)}</text>`;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What tells the three numbers apart without colour: full, empty with a border, striped. */
export type Fill = 'done' | 'open' | 'late';

const fills: Record<Fill, string> = {
  done: `fill="${DONE}"`,
  open: `fill="#FFFFFF" stroke="${INK}" stroke-width="1.5"`,
  late: `fill="url(#stripes)" stroke="${LATE}" stroke-width="1.5"`,
};

export function box({ x, y, width, height }: Box, fill: Fill): string {
  if (height <= 0 || width <= 0) return '';
  // A border stands half outside of its line.
  const inset = fill === 'done' ? 0 : 0.75;
  const [w, h] = [Math.max(width - 2 * inset, 0.5), Math.max(height - 2 * inset, 0.5)];
  return `<rect x="${px(x + inset)}" y="${px(y + inset)}" width="${px(w)}" height="${px(h)}" ${fills[fill]}/>`;
}

export const rule = ({ x, y, width }: Omit<Box, 'height'>, colour = LINE): string =>
  `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="1" fill="${colour}"/>`;

/** The whole picture; `width` and `height` in CSS pixels of a phone. */
export const picture = ({ width, height }: Pick<Box, 'width' | 'height'>, parts: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${px(height)}" viewBox="0 0 ${width} ${px(height)}" font-family="Noto Sans">
<defs><pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="#FFFFFF"/><rect width="2.5" height="5" fill="${LATE}"/></pattern></defs>
<rect width="100%" height="100%" fill="#FFFFFF"/>
${parts.join('\n')}
</svg>`;
