/** Activities as Teams sends them, with what a test is about laid over. */
export const TENANT = 'tenant-1';
export const BOT = { id: '28:bot', name: 'Crewline' };

type Overlay = Record<string, unknown>;

export function activity(serviceUrl: string, overlay: Overlay = {}): Overlay {
  return {
    channelId: 'msteams',
    serviceUrl,
    id: '1700000000001',
    from: { id: '29:wes', name: 'Wes', aadObjectId: 'aad-wes' },
    recipient: BOT,
    conversation: { id: 'a:wes-chat', conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    locale: 'en-GB',
    localTimezone: 'Europe/London',
    ...overlay,
  };
}

export const message = (serviceUrl: string, text: string, overlay: Overlay = {}): Overlay =>
  activity(serviceUrl, { type: 'message', text, textFormat: 'plain', ...overlay });

/** `@Crewline <text>` in a channel's thread. */
export function mention(serviceUrl: string, text: string, overlay: Overlay = {}): Overlay {
  return message(serviceUrl, `<at>Crewline</at> ${text}`, {
    conversation: {
      id: '19:dock@thread.tacv2;messageid=1699',
      conversationType: 'channel',
      isGroup: true,
      tenantId: TENANT,
    },
    channelData: {
      tenant: { id: TENANT },
      team: { id: '19:team@thread.tacv2' },
      channel: { id: '19:dock@thread.tacv2' },
    },
    entities: [{ type: 'mention', mentioned: BOT, text: '<at>Crewline</at>' }],
    ...overlay,
  });
}

/** A press of Action.Execute on the message `card-1`. */
export function press(serviceUrl: string, data: unknown, overlay: Overlay = {}): Overlay {
  return activity(serviceUrl, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: 'card-1',
    value: { action: { type: 'Action.Execute', verb: 'any', data }, trigger: 'manual' },
    ...overlay,
  });
}
