import { createServer, type IncomingMessage } from 'node:http';
import { listen } from '../../../tests/support/teams-auth.ts';
import { serveChild } from '../child.ts';
import { askedIn, isAnswer } from '../expected.ts';

/** Stands in for Slack's Web API and for Teams' Bot Connector, as fast as it can. */
await serveChild(async () => {
  const slack = createServer(async (request, response) => {
    const method = request.url?.replace('/api/', '') ?? '';
    const body = new URLSearchParams(await textOf(request));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, ...slackAnswer(method, body) }));
  });

  let right = 0;
  let wrong: string[] = [];
  const teams = createServer(async (request, response) => {
    const body = await textOf(request);
    // "Typing" while somebody waits is no answer yet.
    const isTyping = body.startsWith('{"type":"typing"');
    const asked = isTyping ? undefined : askedIn(decodeURIComponent(request.url?.split('/').at(-1) ?? ''));
    if (asked && isAnswer(asked, body)) right += 1;
    else if (asked) wrong.push(body.slice(0, 400));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(teamsAnswer(request.url ?? '')));
  });

  return {
    ready: { slackUrl: await listen(slack), teamsUrl: await listen(teams) },
    answers: {
      /** Answers on Teams since the last time. */
      answers() {
        const seen = { right, wrong };
        right = 0;
        wrong = [];
        return seen;
      },
    },
  };
});

let messages = 0;

function slackAnswer(method: string, body: URLSearchParams): object {
  const user = body.get('user') ?? '';
  switch (method) {
    case 'auth.test':
      return { team_id: 'TBENCH', team: 'Bench', user_id: 'UBOT', bot_id: 'BBOT' };
    case 'users.info':
      return { user: { id: user, profile: { real_name: user, email: emailOf(user) } } };
    case 'conversations.open':
      return { channel: { id: `D${body.get('users')}` } };
    case 'views.open':
      return { view: { id: 'VBENCH' } };
    default:
      messages += 1;
      return { channel: body.get('channel'), ts: `1700000000.${String(messages).padStart(6, '0')}` };
  }
}

function teamsAnswer(url: string): object {
  const [, member] = /\/members\/([^/]+)$/.exec(decodeURIComponent(url)) ?? [];
  if (member) return { id: member, name: member, email: emailOf(member.replace('29:', '')) };
  messages += 1;
  return { id: `message-${messages}` };
}

const emailOf = (user: string): string => `${user.toLowerCase()}@bench.example`;

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
}
