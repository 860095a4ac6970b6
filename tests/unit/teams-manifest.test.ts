import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';

const folder = new URL('../../manifests/teams/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'));

describe('the Teams app manifest', () => {
  test('passes Microsoft’s schema', async () => {
    expect(await AppManifestUtils.validateAgainstSchema(manifest as TeamsManifest)).toEqual([]);
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

  test.each([
    ['color.png', 192],
    ['outline.png', 32],
  ])('%s is a PNG of the size that Teams asks for', (file, size) => {
    const png = readFileSync(new URL(file, folder));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  });
});
