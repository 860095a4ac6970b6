import type { Scope } from './scope.ts';

/** What people call the channel that they are in; empty where the platform does not tell. */
export async function placeName({ invocation }: Pick<Scope, 'invocation'>): Promise<string> {
  return invocation.place.channelName ?? (await invocation.placeName?.()) ?? '';
}
