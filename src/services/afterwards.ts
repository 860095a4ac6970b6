import type { Invocation } from '../core/action.ts';

/** Asked for by the button of a message, to stand in that message's place: see `after` in core/dispatch.ts. */
export const isAfterwards = ({ source, request }: Invocation): boolean =>
  source !== 'command' && source !== 'mention' && source !== 'message' && request.type === 'text';
