import { startEmbeddedDynamodb } from '../../lib/embedded-dynamodb.ts';
import { serveChild } from '../child.ts';

/** The embedded DynamoDB, in a process of its own as DynamoDB is on a machine of its own. */
await serveChild(async () => {
  const engine = await startEmbeddedDynamodb();
  return { ready: { endpoint: engine.endpoint }, stop: engine.stop };
});
