import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mentionToken } from '../../src/core/command-line.ts';
import { parseText } from '../../src/slack/parse-text.ts';

describe('text from Slack', () => {
  it('turns mentions into tokens that point at who was named', () => {
    expect(parseText('assign 42 <@U123|wes> and <@W456>')).toEqual({
      text: `assign 42 ${mentionToken(0)} and ${mentionToken(1)}`,
      mentions: [{ userId: 'U123', name: 'wes' }, { userId: 'W456' }],
    });
  });

  it('turns user groups into tokens that point at the group', () => {
    expect(parseText('assign 42 <!subteam^S1|@dock-team> <!subteam^S2>')).toEqual({
      text: `assign 42 ${mentionToken(0)} ${mentionToken(1)}`,
      mentions: [
        { userId: 'S1', name: 'dock-team', group: true },
        { userId: 'S2', name: 'group', group: true },
      ],
    });
  });

  it('leaves the mention of the bot itself out', () => {
    expect(parseText('<@UBOT> done 42', 'UBOT')).toEqual({ text: 'done 42', mentions: [] });
    expect(parseText('<@UBOT|crewline> done <@U1>', 'UBOT').mentions).toEqual([{ userId: 'U1' }]);
  });

  it.each([
    ['<#C1|dock>', '#dock'],
    ['<#C1>', '#C1'],
    ['<!channel>', '@channel'],
    ['<!here|here>', '@here'],
    ['<!date^1700000000^{date}|Nov 14>', 'Nov 14'],
    ['<https://plans.example/a?b=1&amp;c=2>', 'https://plans.example/a?b=1&c=2'],
    ['<https://plans.example/a|the plan>', 'https://plans.example/a'],
    ['<http://pump.in|pump.in>', 'pump.in'],
    ['<mailto:wes@harbor.example|wes@harbor.example>', 'wes@harbor.example'],
    ['a &lt;b&gt; &amp; c', 'a <b> & c'],
    ['&amp;lt;', '&lt;'],
  ])('reads %s as %s', (raw, typed) => {
    expect(parseText(raw)).toEqual({ text: typed, mentions: [] });
  });

  it('lets nobody type a token', () => {
    expect(parseText(`assign 42 ${mentionToken(0)}`).text).not.toContain(mentionToken(0));
  });

  it('never throws, and every token has its mention', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '@', '#', '!', '|', '&', 'U1', 'amp;', ' ', 'x', '^') }),
        (raw) => {
          const { text, mentions } = parseText(raw);
          for (const index of mentions.keys()) expect(text).toContain(mentionToken(index));
        },
      ),
    );
  });
});
