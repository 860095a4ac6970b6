import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Request,
  type Response,
} from 'botbuilder';
import { AuthenticationConstants, PasswordServiceClientCredentialFactory } from 'botframework-connector';
import { listen } from '../../../tests/support/teams-auth.ts';
import { serveChild } from '../child.ts';

interface Input {
  appId: string;
  issuer: string;
  metadataUrl: string;
}

/** The yardstick on Teams: a CloudAdapter as it is, checks the token and answers 200. */
await serveChild(async ({ appId, issuer, metadataUrl }: Input) => {
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      ValidateAuthority: 'true',
      ToChannelFromBotLoginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
      ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
      ToBotFromChannelTokenIssuer: issuer,
      OAuthUrl: AuthenticationConstants.OAuthUrl,
      ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: metadataUrl,
      CallerId: 'urn:botframework:azure',
    },
    new PasswordServiceClientCredentialFactory(appId, 'bench-password'),
  );
  const adapter = new CloudAdapter(authentication);
  const server = createServer(async (request, response) => {
    const body = await readJson(request);
    await adapter.process(Object.assign(request, { body }) as Request, answerTo(response), async () => {});
  });
  return { ready: { url: await listen(server) } };
});

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return JSON.parse(Buffer.concat(parts).toString());
}

/** botbuilder wants a response like Express's. */
function answerTo(response: ServerResponse): Response {
  return {
    socket: response.socket,
    status(code: number) {
      response.statusCode = code;
    },
    header: (name: string, value: unknown) => void response.setHeader(name, String(value)),
    send: (body: unknown) => void response.write(typeof body === 'string' ? body : JSON.stringify(body)),
    end: () => void response.end(),
  };
}
