import { en } from './messages/en.ts';
import type { Messages } from './messages.ts';

interface NamedStatus {
  name: string;
  category: keyof Messages['words']['statuses'];
}

/** Statuses that kept the names that they began with are read in each one's language; others are called as the organisation calls them. */
export const statusName = ({ name, category }: NamedStatus, { words }: Messages): string =>
  name === en.words.statuses[category] ? words.statuses[category] : name;
