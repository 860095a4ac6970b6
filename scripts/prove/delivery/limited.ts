import { setTimeout as sleep } from 'node:timers/promises';
import { type Finding, finding, onQuietMachine } from '../measure.ts';
import { plantNews, plantWorkspaces } from '../plant.ts';
import type { StandIn } from '../stand-ins.ts';
import { type DeliveryPlan, patient, raise, type Stage } from './plan.ts';

/** What is published, a second: 525 a minute, and one */
const SLACK_WORKSPACE = 525 / 60;
const SLACK_CHANNEL = 1;
const RETRY_AFTER_S = 3;

/** One workspace lets nothing through: the others use what they are allowed, keep to it, and hardly feel it. */
export async function limited(stage: Stage): Promise<Finding[]> {
  const { db, plan } = stage;
  const { standIn, replicas } = await raise(stage, { replicas: patient });
  const seconds = plan.rateSeconds + plan.burstsMs / 1_000;
  const each = Math.ceil(15 + seconds * 9 * 2 + 60);
  // More than the windows take of both platforms, so that who does not pace itself is refused.
  const many = Math.max(700, each);
  await plantWorkspaces(db, { slack: 4, teams: 1, peopleEach: many });
  const [stuck, free, talkative, teams] = ['s0', ['s1', 's2'], 's3', 't0'] as const;
  for (const workspace of free) await plantNews(db, { workspace, count: many, batch: 'free' });
  const onTeams = Math.ceil((30 + seconds * 25 * 2) / many);
  for (let batch = 0; batch < onTeams; batch += 1)
    await plantNews(db, { workspace: teams, count: many, batch: `teams${batch}` });
  // One person each who gets far more than the platform lets through.
  for (let batch = 0; batch < Math.ceil(seconds * 2.5); batch += 1)
    for (const workspace of [talkative, teams])
      await plantNews(db, { workspace, from: 1, count: 1, batch: `talk${batch}` });
  for (let replica = 0; replica < plan.replicas; replica += 1) await replicas.start();

  const without = await rates(standIn, plan);
  standIn.throttled.set(stuck, RETRY_AFTER_S);
  await plantNews(db, { workspace: stuck, count: many, batch: 'stuck' });
  const beside = await rates(standIn, plan);

  const slack = (found: Rates) => free.reduce((sum, name) => sum + found.workspace(name), 0) / free.length;
  const share = slack(without) / SLACK_WORKSPACE;
  const channel = without.workspace(talkative) / SLACK_CHANNEL;
  const slower = 1 - slack(beside) / slack(without);
  const slowerTeams = 1 - beside.workspace(teams) / without.workspace(teams);
  const { beforeRetryAfter, tooFast } = standIn.counts;
  const refused = [...tooFast].map(([limit, count]) => `${limit} ${count}`).join(', ');
  const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
  return [
    finding(
      'a workspace that is throttled: nothing is sent before Retry-After is over',
      beforeRetryAfter === 0 && standIn.arrivals.every(({ workspace }) => workspace !== stuck),
      `${beforeRetryAfter} requests`,
    ),
    finding('the published limits are kept', tooFast.size === 0, refused || 'nothing came too fast'),
    onQuietMachine(
      finding(
        'at least 0.95 of the rate allowed to a workspace of Slack is used',
        share >= 0.95,
        share.toFixed(3),
      ),
    ),
    onQuietMachine(
      finding(
        'at least 0.95 of the rate allowed to a channel of Slack is used',
        channel >= 0.95,
        channel.toFixed(3),
      ),
    ),
    onQuietMachine(
      finding(
        'a workspace throttled to nothing delays the others by under 5 %',
        slower < 0.05 && slowerTeams < 0.05,
        `Slack ${percent(slower)}, Teams ${percent(slowerTeams)}; a tenant of Teams gets ${without.workspace(teams).toFixed(1)} a second`,
      ),
    ),
  ];
}

interface Rates {
  /** Messages a second */
  workspace(name: string): number;
}

/** What arrives in so many seconds, after what bursts allow. */
async function rates({ arrivals }: StandIn, { burstsMs, rateSeconds }: DeliveryPlan): Promise<Rates> {
  await sleep(burstsMs);
  const first = arrivals.length;
  const started = performance.now();
  await sleep(rateSeconds * 1_000);
  const passed = (performance.now() - started) / 1_000;
  const counted = arrivals.slice(first);
  return { workspace: (name) => counted.filter(({ workspace }) => workspace === name).length / passed };
}
