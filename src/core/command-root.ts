import type { Invocation } from './action.ts';

/** How a command begins here: Slack has one root command, Teams is spoken to, and alone nothing is needed. */
export function commandRoot({ platform, place }: Pick<Invocation, 'platform' | 'place'>): string {
  if (platform === 'slack') return '/task ';
  return place.kind === 'direct' ? '' : '@Crewline ';
}
