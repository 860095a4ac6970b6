import { describe, expect, test } from '@jest/globals';
import { createActions } from '../../src/actions/index.ts';
import { languages, messagesFor } from '../../src/core/messages.ts';
import type { AuditLog } from '../../src/core/ports.ts';
import { createRegistry, mayUse } from '../../src/core/registry.ts';

const unread: AuditLog = {
  append: () => Promise.reject(new Error('not here')),
  byActor: () => Promise.reject(new Error('not here')),
  byTarget: () => Promise.reject(new Error('not here')),
  byOrganization: () => Promise.reject(new Error('not here')),
};
const actions = createActions({ auditLog: unread });
const registry = createRegistry(actions);
const roles = { worker: false, manager: false, admin: false };

describe('words', () => {
  test('are found by name and by alias, and nothing else is', () => {
    for (const action of actions) {
      for (const word of [action.name, ...(action.aliases ?? [])]) expect(registry.find(word)).toBe(action);
    }
    for (const word of ['', '__proto__', 'constructor', 'toString', 'DONE', 'frobnicate']) {
      expect(registry.find(word)).toBeUndefined();
    }
  });

  test('belong to one action each', () => {
    const [first, second] = actions;
    if (!first || !second) throw new Error('There are no actions');
    expect(() => createRegistry([first, { ...second, aliases: [first.name] }])).toThrow(
      `Two actions are called ${first.name}`,
    );
  });

  test('are in the form in which a command line gives them', () => {
    const words = actions.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(words.filter((word) => word !== word.toLowerCase() || /\s/.test(word))).toEqual([]);
  });

  test.each([
    ['dnoe', 'done'],
    ['asign', 'assign'],
    ['strat', 'start'],
    ['proj', 'project'],
    ['comm', 'comment'],
    ['zzzzzz', undefined],
  ])('%s: did you mean %s', (typed, meant) => {
    const near = registry.suggest(typed);
    if (meant === undefined) expect(near).toBeUndefined();
    else
      expect([meant, registry.find(meant)?.name, ...(registry.find(meant)?.aliases ?? [])]).toContain(
        near ?? '',
      );
  });

  test('have a phrase each in the audit log, in every language', () => {
    for (const language of languages) {
      const { deeds } = messagesFor(language).history;
      expect(actions.map(({ name }) => name).filter((name) => !Object.hasOwn(deeds, name))).toEqual([]);
    }
  });

  test('that nobody types are never suggested', () => {
    expect(registry.suggest('approve-joi')).toBeUndefined();
    expect(registry.suggest('welcom')).toBeUndefined();
  });
});

describe('what each action says of itself', () => {
  test.each(actions.map((action) => [action.name, action] as const))('%s', (_name, action) => {
    for (const { summaries } of [messagesFor('en'), messagesFor('es')]) {
      expect(summaries[action.name]).toMatch(/^\p{Ll}.*[^.]$/u);
      expect(summaries[action.name].length).toBeLessThan(70);
    }
    for (const usage of action.usage) {
      const [word = '', verb] = usage.split(' ');
      // `project create` is written as two words.
      const own = action.name.includes('-') ? `${word}-${verb}` : word;
      expect([action.name, ...(action.aliases ?? [])]).toContain(own);
    }
  });
});

test('the catalogue has no line for an action that is gone', () => {
  const names = actions.map(({ name }) => name);
  expect(Object.keys(messagesFor('en').summaries).sort()).toEqual(names.sort());
});

describe('roles', () => {
  test.each([
    ['guest', roles, false],
    ['member', roles, true],
    ['manager', { ...roles, worker: true }, false],
    ['manager', { ...roles, manager: true }, true],
    ['manager', { ...roles, admin: true }, true],
  ] as const)('%s: %j: %s', (access, held, allowed) => {
    const action = actions.find((one) => one.access === access);
    if (!action) throw new Error(`No action is for a ${access}`);
    expect(mayUse(action, held)).toBe(allowed);
  });

  test('who gives orders is a manager; who works is anybody', () => {
    const forManagers = actions.filter(({ access }) => access === 'manager').map(({ name }) => name);
    expect(forManagers.sort()).toEqual([
      'approve-join',
      'assign',
      'audit',
      'deny-join',
      'digest-here',
      'find-people',
      'link',
      'project-archive',
      'project-create',
      'project-policy',
      'report',
      'unassign',
      'unlink',
    ]);
  });
});
