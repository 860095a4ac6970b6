import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';

const read = async (name: string) =>
  JSON.parse(await readFile(new URL(`../../manifests/slack/${name}`, import.meta.url), 'utf8'));

describe('the manifests', () => {
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
    for (const scope of oauth.scopes.bot) expect(explained).toContain(`| \`${scope}\``);
  });

  it('stay inside what Slack takes', async () => {
    const { display_information: display, features } = await read('manifest.json');
    expect(display.name.length).toBeLessThanOrEqual(35);
    expect(display.description.length).toBeLessThanOrEqual(140);
    expect(display.long_description.length).toBeGreaterThanOrEqual(175);
    expect(display.long_description.length).toBeLessThanOrEqual(4_000);
    expect(features.slash_commands[0].usage_hint.length).toBeLessThanOrEqual(1_000);
  });
});
