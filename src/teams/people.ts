import type { Connector } from './connector.ts';
import type { Reference } from './references.ts';
import { GLOBAL_SERVICE_URL } from './service-urls.ts';

/** In a large company, what is remembered stays within some megabytes. */
const REMEMBERED = 10_000;

/** How to reach people of a tenant in their personal chat with the bot, when no address is at hand. */
export interface People {
  /** An activity of that tenant came in, verified: it tells where the tenant's connector is and the bot's id there. */
  seen(reference: Reference): void;
  /** Opens the personal chat. Throws as the connector does. */
  personalChat(tenantId: string, userId: string): Promise<Reference>;
}

/**
 * Only hints are kept, and only in this process: a restart costs one call a person. `botId` and `serviceUrl`
 * serve tenants that have not written since the start.
 */
export function createPeople(options: { connector: Connector; botId: string; serviceUrl?: string }): People {
  const tenants = new Map<string, { serviceUrl: string; botId: string }>();
  const chats = new Map<string, Reference>();
  return {
    seen({ serviceUrl, bot, conversation }) {
      if (!tenants.has(conversation.tenantId) && tenants.size >= REMEMBERED) tenants.clear();
      tenants.set(conversation.tenantId, { serviceUrl, botId: bot.id });
    },
    async personalChat(tenantId, userId) {
      const key = `${tenantId}:${userId}`;
      const known = chats.get(key);
      if (known) return known;
      const fallback = { serviceUrl: options.serviceUrl ?? GLOBAL_SERVICE_URL, botId: options.botId };
      const tenant = tenants.get(tenantId) ?? fallback;
      const opened = await options.connector.openPersonal({ ...tenant, tenantId, userId });
      if (chats.size >= REMEMBERED) chats.clear();
      chats.set(key, opened);
      return opened;
    },
  };
}
