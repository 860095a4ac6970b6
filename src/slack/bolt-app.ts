import { App, type AppOptions, type ReceiverEvent } from '@slack/bolt';
import { isKnownShape, MalformedPayload } from './payloads.ts';

type Respond = (body?: unknown) => Promise<void>;

/**
 * Bolt's App with three of its answers put right, for HTTP and Socket Mode alike:
 * a payload of unknown shape is refused instead of left hanging for 3 s; a request that no listener takes gets its
 * 200; an event gets its 200 after its listener, not before it, since Slack delivers again only what failed.
 */
export class SlackApp extends App {
  constructor(options: AppOptions) {
    super(options);
    // Bolt logs and throws by default; the receivers log what reaches them.
    this.error(async (error) => {
      throw error;
    });
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    if (!isKnownShape(event.body)) throw new MalformedPayload('unknown shape');
    const isEvent = event.body.type === 'event_callback';
    let acknowledged = false;
    const acknowledge: Respond = async (body) => {
      if (isEvent) return;
      acknowledged = true;
      await event.ack(body);
    };
    await super.processEvent({ ...event, ack: acknowledge });
    if (!acknowledged) await event.ack();
  }
}
