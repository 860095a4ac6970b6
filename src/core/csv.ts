/** Before the first line: without it Excel reads UTF-8 as the machine's old code page. */
export const BYTE_ORDER_MARK = '\ufeff';

/** What a spreadsheet takes for the beginning of a formula, at the beginning of a cell or behind what it may split at. */
const FORMULA = /(^|[;\t\r\n|])(\s*)(?=[=+\-@\uff0b\uff0d\uff1d\uff20])/g;

/** A line of CSV (RFC 4180). What would be a formula in a spreadsheet gets an apostrophe before it, and is text. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

function cell(value: string): string {
  const harmless = value.replace(/\0/g, '').replace(FORMULA, "$1$2'");
  return /^\s|[",;\r\n\t|]|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
