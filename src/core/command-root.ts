import type { Invocation } from './action.ts';

/** How a command begins here: Slack has one root command, Teams is spoken to, and alone nothing is needed. */
export function commandRoot(
  { platform, place }: Pick<Invocation, 'platform' | 'place'>,
  slackCommand: string,
): string {
  if (platform === 'slack') return `${slackCommand} `;
  return place.kind === 'direct' ? '' : '@Crewline ';
}
