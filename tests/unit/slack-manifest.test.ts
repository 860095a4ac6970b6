import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';

const read = async (name: string) =>
  JSON.parse(await readFile(new URL(`../../manifests/slack/${name}`, import.meta.url), 'utf8'));

const folder = new URL('../../src/slack/', import.meta.url);
const sources = async () =>
  (await Promise.all((await readdir(folder)).map((name) => readFile(new URL(name, folder), 'utf8')))).join(
    '\n',
  );
const all = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map(([, found]) => found)),
];

/** Scopes of each method that is called with the bot's token: docs.slack.dev/reference/methods. */
const scopesOf: Record<string, string[]> = {
  'auth.test': [],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write', 'chat:write.public'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'dnd.info': ['dnd:read'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read', 'users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
};
/** Events that are listened to, with the scopes that each needs: docs.slack.dev/reference/events. */
const scopesOfEvent: Record<string, string[]> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  member_joined_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  reaction_added: ['reactions:read'],
  tokens_revoked: [],
};

/** What `message` is, by where it was said. */
const messages = ['message.channels', 'message.groups', 'message.im'];

describe('the manifests', () => {
  it.each(['manifest.json', 'manifest.socket.json'])(
    '%s asks for what the code uses, and no more',
    async (name) => {
      const code = await sources();
      const methods = all(code, /client\.(\w+(?:\.\w+)+)\(/g).map((method) => method ?? '');
      expect(methods.sort()).toEqual(Object.keys(scopesOf).sort());
      const manifest = await read(name);
      const scopes = [
        ...methods.flatMap((method) => scopesOf[method] ?? []),
        ...Object.values(scopesOfEvent).flat(),
      ];
      const needed = new Set([...scopes, 'commands']);
      expect(manifest.oauth_config.scopes.bot).toEqual([...needed].sort());

      const events = all(await readFile(new URL('on-event.ts', folder), 'utf8'), /case '(\w+)'/g);
      const subscribed = events.flatMap((event) => (event === 'message' ? messages : [event ?? '']));
      expect(subscribed.sort()).toEqual(Object.keys(scopesOfEvent).sort());
      expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(subscribed);
      expect(manifest.settings.interactivity.is_enabled).toBe(true);
      expect(manifest.features.app_home).toMatchObject({
        home_tab_enabled: true,
        messages_tab_enabled: true,
      });

      const shortcuts = all(await readFile(new URL('on-shortcut.ts', folder), 'utf8'), /^ {2}(\w+): async/gm);
      const named = manifest.features.shortcuts.map(({ callback_id: id }: { callback_id: string }) => id);
      expect(named.sort()).toEqual(shortcuts.sort());
    },
  );

  it('have an icon of the size that Slack asks for', async () => {
    const png = await readFile(new URL('../../manifests/slack/icon.png', import.meta.url));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([512, 512]);
  });

  it('ask for the same, by HTTP and by Socket Mode', async () => {
    const [http, socket] = [await read('manifest.json'), await read('manifest.socket.json')];
    expect(socket.oauth_config).toEqual(http.oauth_config);
    expect(socket.settings.event_subscriptions.bot_events).toEqual(
      http.settings.event_subscriptions.bot_events,
    );
    expect(socket.settings.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(socket)).not.toContain('crewline.example.com');
  });

  it('ask Slack to write mentions with their ids, which people are found by', async () => {
    const { features } = await read('manifest.json');
    expect(features.slash_commands[0].should_escape).toBe(true);
  });

  it('explain every scope', async () => {
    const { oauth_config: oauth } = await read('manifest.json');
    const explained = await readFile(new URL('../../manifests/slack/README.md', import.meta.url), 'utf8');
    for (const scope of oauth.scopes.bot)
      expect(explained).toMatch(new RegExp(`^\\| .*\`${scope}\`.* \\|`, 'm'));
  });

  it('explain every event', async () => {
    const { settings } = await read('manifest.json');
    const explained = await readFile(new URL('../../manifests/slack/README.md', import.meta.url), 'utf8');
    for (const event of settings.event_subscriptions.bot_events) expect(explained).toContain(`\`${event}\``);
  });

  it('stay inside what Slack takes', async () => {
    const { display_information: display, features } = await read('manifest.json');
    expect(display.name.length).toBeLessThanOrEqual(35);
    expect(display.description.length).toBeLessThanOrEqual(140);
    expect(display.long_description.length).toBeGreaterThanOrEqual(175);
    expect(display.long_description.length).toBeLessThanOrEqual(4_000);
    expect(features.slash_commands[0].usage_hint.length).toBeLessThanOrEqual(1_000);
    for (const { name, description } of features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
  });
});
