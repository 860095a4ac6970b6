import { describe, expect, test } from '@jest/globals';
import { clean } from '../../src/core/clean.ts';
import { isolate } from '../../src/core/isolate.ts';
import { messagesFor } from '../../src/core/messages.ts';
import { bold, text, toPlain } from '../../src/core/view.ts';

const pump = 'משאבה 3';

describe('words that are written from right to left', () => {
  test('are set apart where they are filled into a sentence', () => {
    expect(toPlain(text`${bold('#42')} ${pump} · due 14:00`)).toBe(`#42 \u2068${pump}\u2069 · due 14:00`);
    expect(toPlain(text`${bold(pump)}`)).toBe(`\u2068${pump}\u2069`);
    expect(messagesFor('en').words.and([pump, 'Wes'])).toBe(`\u2068${pump}\u2069 and Wes`);
  });

  test('are set apart once', () => {
    expect(toPlain(text`${text`${pump}`} ${isolate(pump)}`)).toBe(`\u2068${pump}\u2069 \u2068${pump}\u2069`);
  });

  test('can’t get out of it by signs of their own', () => {
    expect(isolate(`${pump}\u2069\u202e evil`)).toBe(`\u2068${pump} evil\u2069`);
  });

  test('all others stay as they are', () => {
    expect(isolate('Pumpe 3 · Größe')).toBe('Pumpe 3 · Größe');
    expect(isolate('ポンプ')).toBe('ポンプ');
  });
});

describe('what is sent', () => {
  test('keeps words that are set apart, and nothing else that turns the direction', () => {
    expect(clean(`a \u2068${pump}\u2069 b`)).toBe(`a \u2068${pump}\u2069 b`);
    expect(clean('\u202eevil\u202c \u2067x\u2069 \u2068half')).toBe('evil x half');
  });
});
