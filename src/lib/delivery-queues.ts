export { createCardQueue, createReplyQueue } from './card-queues.ts';
export { createNotificationQueue } from './notification-queue.ts';
