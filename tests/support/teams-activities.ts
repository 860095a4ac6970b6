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

/** A button that opens a dialog, on the message `card-1`. */
export const fetchDialog = (serviceUrl: string, data: unknown, overlay: Overlay = {}): Overlay =>
  activity(serviceUrl, {
    type: 'invoke',
    name: 'task/fetch',
    replyToId: 'card-1',
    value: { data, context: { theme: 'default' } },
    ...overlay,
  });

/** What an open dialog sends. */
export const submitDialog = (serviceUrl: string, data: unknown, overlay: Overlay = {}): Overlay =>
  activity(serviceUrl, {
    type: 'invoke',
    name: 'task/submit',
    value: { data, context: { theme: 'default' } },
    ...overlay,
  });

/** An invoke of a message extension in the channel #dock. */
export const extension = (serviceUrl: string, name: string, value: object, overlay: Overlay = {}): Overlay =>
  activity(serviceUrl, {
    type: 'invoke',
    name: `composeExtension/${name}`,
    id: 'f:bc319b1d-571a-194d-9ffb-11d7ab37c9ff',
    conversation: {
      id: '19:dock@thread.tacv2;messageid=1611060744833',
      conversationType: 'channel',
      isGroup: true,
      name: 'dock',
      tenantId: TENANT,
    },
    channelData: {
      tenant: { id: TENANT },
      team: { id: '19:team@thread.tacv2' },
      channel: { id: '19:dock@thread.tacv2' },
      source: { name: 'message' },
    },
    value: { requestId: '7f7d22efe5414818becebcec649a7912', context: { theme: 'default' }, ...value },
    ...overlay,
  });

/** The message of a channel that an action command was chosen on, as learn.microsoft.com shows it. */
export const messagePayload = (content: string, overlay: Overlay = {}): Overlay => ({
  linkToMessage: 'https://teams.microsoft.com/l/message/19:dock@thread.tacv2/1611060744833',
  id: '1611060744833',
  replyToId: null,
  createdDateTime: '2021-01-19T12:52:24.833Z',
  lastModifiedDateTime: null,
  deleted: false,
  summary: null,
  subject: null,
  importance: 'normal',
  locale: 'en-us',
  body: { contentType: 'html', content },
  from: {
    device: null,
    conversation: null,
    user: {
      userIdentityType: 'aadUser',
      id: 'b130c271-d2eb-45f9-83ab-9eb3fe3788bc',
      displayName: 'Tom Reed',
    },
    application: null,
  },
  reactions: [],
  mentions: [
    {
      id: 0,
      mentionText: 'Wes Carter',
      mentioned: { user: { userIdentityType: 'aadUser', id: 'aad-wes', displayName: 'Wes Carter' } },
    },
  ],
  attachments: [],
  ...overlay,
});

const TEAM = '19:team@thread.tacv2';

/** An event of the team: its conversation is the team's first channel, the channel that it is about stands apart. */
export const teamEvent = (serviceUrl: string, eventType: string, overlay: Overlay = {}): Overlay => {
  const { channelData, ...rest } = overlay;
  return activity(serviceUrl, {
    type: 'conversationUpdate',
    id: `f:${eventType}`,
    timestamp: '2026-11-24T15:00:00.000Z',
    conversation: { id: TEAM, conversationType: 'channel', isGroup: true, tenantId: TENANT },
    channelData: {
      team: { id: TEAM, name: 'Harbor' },
      eventType,
      tenant: { id: TENANT },
      ...(channelData as object),
    },
    ...rest,
  });
};

/** What was said in the thread of the message `root` of #dock, without naming the bot. */
export const threadMessage = (serviceUrl: string, text: string, overlay: Overlay = {}): Overlay =>
  message(serviceUrl, text, {
    timestamp: '2026-11-24T15:00:00.000Z',
    conversation: {
      id: '19:dock@thread.tacv2;messageid=root',
      conversationType: 'channel',
      isGroup: true,
      tenantId: TENANT,
    },
    channelData: {
      tenant: { id: TENANT },
      team: { id: TEAM },
      channel: { id: '19:dock@thread.tacv2' },
    },
    ...overlay,
  });
