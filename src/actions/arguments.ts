import { z } from 'zod';
import type { Mention } from '../core/action.ts';
import type { CommandLine, PersonWord } from '../core/command-line.ts';
import { worded } from '../core/worded.ts';
import { taskInContext } from '../services/task-in-context.ts';
import type { Context } from './context.ts';

/** Numbers beyond PostgreSQL's integer are no task's. */
const MOST_TASKS = 2_147_483_647;
export const LONGEST_TITLE = 300;
export const LONGEST_TEXT = 10_000;
const MOST_PEOPLE = 20;

/** A task's number; left out, the task in context is meant. */
export const taskNumber = z
  .string()
  .regex(/^\d{1,10}$/, worded('input', 'taskNumber'))
  .transform(Number)
  .refine((number) => number > 0 && number <= MOST_TASKS, worded('input', 'noSuchNumber'))
  .optional();

/** Letters, digits, punctuation or symbols: spaces that nobody sees don't make a text. */
export const hasInk = (value: string): boolean => /[\p{L}\p{N}\p{P}\p{S}]/u.test(value);

/** Trimmed; empty counts as left out. */
export const optionalText = (longest = LONGEST_TEXT) =>
  z
    .string()
    .transform((value) => (hasInk(value) ? value.trim() : undefined))
    .refine((value) => value === undefined || value.length <= longest, worded('input', 'tooLong', longest))
    .optional();

/** What is to be done, on one line; empty counts as left out. */
export const title = z
  .string()
  .transform((words) => (hasInk(words) ? words.replace(/\s+/g, ' ').trim() : ''))
  .refine((words) => words.length <= LONGEST_TITLE, {
    error: (issue) => worded('input', 'titleTooLong', String(issue.input).length, LONGEST_TITLE),
  })
  .optional();

/** References to people, separated by commas; see services/people.ts. */
export const people = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((reference) => reference.trim())
      .filter(Boolean),
  )
  .refine((references) => references.length <= MOST_PEOPLE, worded('input', 'tooManyPeople', MOST_PEOPLE))
  .optional();

/** The named task, or the one in context; either is what the session speaks of from now on. */
export async function theTask(context: Context, number: number | undefined): Promise<number> {
  const meant = number ?? (await taskInContext(context));
  context.rememberTask(meant);
  return meant;
}

/** A person as typed, as a reference. */
export function reference(person: PersonWord, mentions: readonly Mention[]): string {
  switch (person.type) {
    case 'mention': {
      const { userId = '', group, name } = mentions[person.index] ?? {};
      return group ? `group:${userId}:${(name ?? '').replaceAll(',', ' ')}` : `account:${userId}`;
    }
    case 'email':
      return `email:${person.text}`;
    case 'name':
      if (/^me$/i.test(person.text)) return 'me';
      // What a list's buttons bring back is a reference already.
      if (/^(person|account|email|name|group):./.test(person.text)) return person.text;
      return `name:${person.text.replaceAll(',', ' ')}`;
    default:
      return person satisfies never;
  }
}

export const references = (persons: readonly PersonWord[], mentions: readonly Mention[]): string =>
  persons.map((person) => reference(person, mentions)).join(',');

/** `<n>` alone. */
export function readTaskOnly(line: CommandLine): Record<string, string> {
  const task = takeTask(line);
  return task ? { task } : {};
}

/** What looks like a number but is no task's must be answered, not taken for the task that was spoken of last. */
const ODD_NUMBER = /^#?[-+]?\d+(?:[.,]\d+)?$/;

/** Takes the task's number, or what was meant as one. */
export function takeTask(line: CommandLine): string | undefined {
  const number = line.taskNumber();
  if (number) return number;
  const next = line.peek();
  return next && ODD_NUMBER.test(next) ? line.word() : undefined;
}

/** `<n> [words]`: what most commands are. */
export function taskAndRest(line: CommandLine, name: string): Record<string, string> {
  const task = takeTask(line);
  const words = line.rest();
  return { ...(task ? { task } : {}), ...(words ? { [name]: words } : {}) };
}
