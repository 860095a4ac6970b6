import { commandBody, SIGNING_SECRET, sign } from '../../tests/support/slack-requests.ts';
import { firstTaskOf, tasksOf } from './crew.ts';
import { type Asked, activityIdOf, isAnswer } from './expected.ts';
import { LANES, type Prepared, type Scenario } from './load.ts';

export const TENANT = '22222222-2222-4222-8222-222222222222';
export const signingSecret = SIGNING_SECRET;

/** What one person asks for, one after the other. */
type Wish = (person: number, turn: number) => Asked & { text: string };

const wishes: Record<'help' | 'list' | 'show' | 'form' | 'mutate', Wish> = {
  help: (person) => ({ what: 'help', task: firstTaskOf(person), text: 'help' }),
  list: (person) => ({ what: 'list', task: firstTaskOf(person), text: '' }),
  show: (person, turn) => show(taskAt(person, turn)),
  // The form for a comment: Slack has opened it when the answer comes.
  form: (person, turn) => ({
    ...show(taskAt(person, turn)),
    what: 'form',
    text: `comment ${taskAt(person, turn)}`,
  }),
  // Done and reopened in turns, each time the next of a person's tasks: all of it succeeds.
  mutate: (person, turn) => change(taskAt(person, Math.floor(turn / 2)), turn % 2 === 0 ? 'done' : 'reopen'),
};
export type WishName = keyof typeof wishes;

const show = (task: number) => ({ what: 'show' as const, task, text: `show ${task}` });
const change = (task: number, what: 'done' | 'reopen') => ({ what, task, text: `${what} ${task}` });

function taskAt(person: number, turn: number): number {
  const tasks = tasksOf(person);
  return tasks[turn % tasks.length] ?? 0;
}

/** Unique in all scenarios of a run: what was asked before would get its first answer again. */
let count = 0;

/** Keeps each lane's turn over all rounds. */
function turns(
  wish: Wish,
  people: (lane: number) => number,
): (lane: number) => Asked & { text: string; person: number } {
  const taken = Array.from({ length: LANES }, () => 0);
  return (lane) => {
    const turn = taken[lane] ?? 0;
    taken[lane] = turn + 1;
    return { ...wish(people(lane), turn), person: people(lane) };
  };
}

export const onSlack = (lane: number): number => lane;
export const onTeams = (lane: number): number => LANES + lane;

export function slackScenario(url: string, name: WishName): Scenario {
  const next = turns(wishes[name], onSlack);
  return {
    next(lane) {
      const asked = next(lane);
      return slackCommand(url, asked.person, asked.text, (body) => isAnswer(asked, body));
    },
  };
}

/** The yardstick answers with an empty body. */
export function bareSlackScenario(url: string): Scenario {
  return { next: (lane) => slackCommand(url, onSlack(lane), 'help', (body) => body === '') };
}

export function slackCommand(
  url: string,
  person: number,
  text: string,
  isRight: (body: string) => boolean,
): Prepared {
  count += 1;
  const fields = {
    ...{ text, team_id: 'TBENCH', channel_id: 'CBENCH', channel_name: 'yard' },
    ...{ user_id: `U${person}`, user_name: `u${person}`, trigger_id: `bench.${count}` },
    response_url: 'https://hooks.slack.com/commands/TBENCH/1/bench',
  };
  const { body, headers } = sign(commandBody(fields));
  return {
    url: `${url}/slack/events`,
    headers,
    body,
    isRight: (status, answer) => status === 200 && isRight(answer),
  };
}

export interface TeamsSender {
  /** Of the bot */
  url: string;
  serviceUrl: string;
  authorization: string;
}

/** The answer itself goes to the connector: whether it is right is asked there. */
export function teamsScenario(sender: TeamsSender, name: WishName): Scenario {
  const next = turns(wishes[name], onTeams);
  return {
    next(lane) {
      const asked = next(lane);
      count += 1;
      return teamsMessage(sender, {
        person: asked.person,
        text: asked.text || 'list',
        id: activityIdOf(asked, count),
      });
    },
  };
}

export function teamsMessage(
  { url, serviceUrl, authorization }: TeamsSender,
  { person, text, id }: { person: number; text: string; id: string },
): Prepared {
  const activity = {
    ...{ type: 'message', id, text, textFormat: 'plain', channelId: 'msteams', serviceUrl },
    from: { id: `29:u${person}`, name: `Person ${person}`, aadObjectId: `aad-${person}` },
    recipient: { id: '28:bot', name: 'Crewline' },
    conversation: { id: `a:u${person}`, conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    ...{ locale: 'en-GB', localTimezone: 'Europe/Berlin' },
  };
  return {
    url: `${url}/api/messages`,
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(activity),
    isRight: (status) => status === 200,
  };
}
