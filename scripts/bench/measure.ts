import { startMeter } from './cpu.ts';
import { load, type Measured, type Scenario } from './load.ts';
import { fillCards, fillOutbox } from './outbox.ts';
import type { Drained } from './processes/outbox.ts';
import { bareSlackScenario, slackScenario, teamsMessage, teamsScenario } from './requests.ts';
import type { World } from './world.ts';

export interface Plan {
  rounds: number;
  /** Of one scenario in one round, in ms */
  measureMs: number;
  /** Answered before the first round: V8 compiles what has run often, and every subject gets the same chance to be compiled */
  warmUpRequests: number;
  /** Notifications that wait */
  outbox: number;
}

/** One thing that is measured, on the scale of its yardstick. */
export interface Subject {
  name: string;
  yardstick: string;
  measure(milliseconds: number): Promise<Measured>;
}

/** In the order in which they take turns, each with what it costs in CPU. */
export function subjectsOf(world: World, plan: Plan): Subject[] {
  return uncounted(world, plan).map((subject) => ({
    ...subject,
    async measure(milliseconds) {
      const meter = startMeter(world.processes);
      const measured = await subject.measure(milliseconds);
      return { ...measured, cpu: meter.stop(measured.requests) };
    },
  }));
}

function uncounted(world: World, plan: Plan): Subject[] {
  const { bare, product } = world.slackUrl;
  const { teams } = world;
  let ids = 0;
  const bareTeams: Scenario = {
    next: (lane) => teamsMessage(teams.bare, { person: lane, text: 'help', id: `bare-${++ids}` }),
  };
  const slack = (name: string, scenario: Scenario): Subject => ({
    name: `slack-${name}`,
    yardstick: 'slack-bare',
    measure: (ms) => load(scenario, ms),
  });
  const onTeams = (name: string, scenario: Scenario): Subject => ({
    name: `teams-${name}`,
    yardstick: 'teams-bare',
    measure: (ms) => loadTeams(world, scenario, ms),
  });
  const outbox = (name: string, question: string): Subject => ({
    name: `outbox-${name}`,
    yardstick: 'outbox-bare',
    measure: () => drainOutbox(world, question, plan.outbox),
  });
  return [
    slack('bare', bareSlackScenario(bare)),
    slack('help', slackScenario(product, 'help')),
    slack('list', slackScenario(product, 'list')),
    slack('show', slackScenario(product, 'show')),
    slack('form', slackScenario(product, 'form')),
    slack('mutate', slackScenario(product, 'mutate')),
    { name: 'teams-bare', yardstick: 'teams-bare', measure: (ms) => load(bareTeams, ms) },
    onTeams('help', teamsScenario(teams.product, 'help')),
    onTeams('list', teamsScenario(teams.product, 'list')),
    onTeams('mutate', teamsScenario(teams.product, 'mutate')),
    outbox('bare', 'bare'),
    outbox('drain', 'drain'),
    { name: 'cards-copies', yardstick: 'outbox-bare', measure: () => refreshCopies(world, plan.outbox) },
  ];
}

/** The request's response says nothing: the connector has got the answers by then, each must be right. */
async function loadTeams(world: World, scenario: Scenario, milliseconds: number): Promise<Measured> {
  await world.platforms.ask('answers');
  const measured = await load(scenario, milliseconds);
  const { right, wrong } = await world.platforms.ask<{ right: number; wrong: string[] }>('answers');
  const missing = measured.requests - right - wrong.length;
  const complaints = missing > 0 ? [`${missing} of ${measured.requests} requests got no answer`] : [];
  return { ...measured, wrong: [...measured.wrong, ...wrong.slice(0, 3), ...complaints] };
}

async function refreshCopies(world: World, count: number): Promise<Measured> {
  await fillCards(world.outboxUrl, count);
  const { sent, seconds, p50, p99 } = await world.outbox.ask<Drained>('cards');
  const wrong = sent === count ? [] : [`${sent} of ${count} cards were refreshed`];
  return { requests: sent, rps: sent / seconds, p50, p99, wrong };
}

async function drainOutbox(world: World, question: string, count: number): Promise<Measured> {
  await fillOutbox(world.outboxUrl, count);
  const { sent, seconds, p50, p99 } = await world.outbox.ask<Drained>(question);
  const wrong = sent === count ? [] : [`${sent} of ${count} notifications were sent`];
  return { requests: sent, rps: sent / seconds, p50, p99, wrong };
}
