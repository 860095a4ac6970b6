import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';
import { createActions } from '../../src/actions/index.ts';
import { lookAhead } from '../../src/core/look-ahead.ts';
import type { AuditLog } from '../../src/core/ports.ts';
import { createRegistry } from '../../src/core/registry.ts';
import { actionCommand } from '../../src/teams/message-payload.ts';

const folder = new URL('../../manifests/teams/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'));

const empty = async () => ({ records: [] });
const createNoAuditLog = (): AuditLog => ({
  append: async () => undefined,
  byActor: empty,
  byTarget: empty,
  byOrganization: empty,
});

describe('the Teams app manifest', () => {
  test('passes Microsoft’s schema', async () => {
    expect(await AppManifestUtils.validateAgainstSchema(manifest as TeamsManifest)).toEqual([]);
  });

  test('passes it with all replies to be heard, too, and asks for no more than that', async () => {
    const more = JSON.parse(readFileSync(new URL('hear-replies.json', folder), 'utf8'));
    expect(await AppManifestUtils.validateAgainstSchema({ ...manifest, ...more } as TeamsManifest)).toEqual(
      [],
    );
    expect(more.webApplicationInfo.id).toBe(manifest.id);
    expect(more.authorization.permissions.resourceSpecific).toEqual([
      { name: 'ChannelMessage.Read.Group', type: 'Application' },
    ]);
  });

  test('asks for what the bot does: to know who speaks, and to write to people', () => {
    expect(manifest.permissions).toEqual(['identity', 'messageTeamMembers']);
    expect(manifest.bots[0].isNotificationOnly ?? false).toBe(false);
  });

  test('is installable for people, teams and group chats', () => {
    expect(manifest.bots[0].scopes).toEqual(['personal', 'team', 'groupChat']);
    expect(manifest.bots[0].botId).toBe(manifest.id);
  });

  test('lists help first and at most the ten commands a scope that the schema allows, with no word twice', () => {
    for (const { commands } of manifest.bots[0].commandLists) {
      const titles: string[] = commands.map((command: { title: string }) => command.title);
      expect(titles[0]).toBe('help');
      expect(titles.length).toBeLessThanOrEqual(10);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });

  test('lists only commands that Crewline has, each understood as it stands there', () => {
    const registry = createRegistry(createActions({ auditLog: createNoAuditLog() }));
    const { understands } = lookAhead(registry, () => new Date());
    for (const { commands } of manifest.bots[0].commandLists) {
      for (const { title, description } of commands) {
        const [, example = title] = /: (.+)$/.exec(description) ?? [];
        for (const text of [title, example])
          expect([text, understands({ request: { type: 'text', text, mentions: [] } })]).toEqual([
            text,
            true,
          ]);
        expect(example.startsWith(title)).toBe(true);
      }
    }
  });

  test('offers a search and the actions on messages, by the bot itself', () => {
    const [{ botId, commands }] = manifest.composeExtensions;
    expect(botId).toBe(manifest.id);
    const offered = commands.map(({ id, type, context }: Record<string, unknown>) => [id, type, context]);
    expect(offered).toEqual([
      ['find_task', 'query', ['compose', 'commandBox']],
      ['new_task', 'action', ['compose', 'commandBox']],
      ['create_task', 'action', ['message']],
      ['add_to_task', 'action', ['message']],
    ]);
    for (const { id, type, fetchTask } of commands)
      if (type === 'action')
        expect([fetchTask, actionCommand({ commandId: id })]).toEqual([true, expect.any(Object)]);
  });

  test.each([
    ['color.png', 192],
    ['outline.png', 32],
  ])('%s is a PNG of the size that Teams asks for', (file, size) => {
    const png = readFileSync(new URL(file, folder));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  });
});
