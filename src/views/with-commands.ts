import { plain, type RichText, code as typed } from '../core/view.ts';

/** In sentences of the catalogue a command stands between backticks; it is shown as one types it. */
export const withCommands = (sentence: string, root = ''): RichText =>
  sentence.split('`').flatMap((part, index) => (index % 2 === 1 ? [typed(`${root}${part}`)] : plain(part)));
