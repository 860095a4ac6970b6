import { CloudAdapter, type TurnContext } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  AuthenticationConstants,
  AuthenticationError,
  type BotFrameworkAuthentication,
  type ConnectorClient,
  type ConnectorClientOptions,
} from 'botframework-connector';
import type { Activity, InvokeResponse } from 'botframework-schema';
import type { Clock } from '../core/ports.ts';
import { type AccessToken, type Credentials, createCredentialsFactory } from './credentials.ts';
import { type Json, json, textOf } from './json.ts';
import { ReusingAuthentication } from './reusing-authentication.ts';
import type { ServiceUrlCheck } from './service-urls.ts';
import { createTokenCheck, type TokenCheck } from './token-check.ts';
import { within } from './within.ts';

/** Stands in for Microsoft's identity platform; tests point it at a server of their own. */
export interface OpenIdSettings {
  /** The OpenID document that names the signing keys. */
  metadataUrl: string;
  /** Who signs the requests to the bot. */
  issuer: string;
  /** Gives the bot's own access token; client credentials against Microsoft's login when absent. */
  accessToken?: AccessToken;
}

export type Verdict =
  | { ok: true; result: AuthenticateRequestResult }
  /** 401: not from Teams. 503: can't be said now, Teams will try again. */
  | { ok: false; status: 401 | 503; reason: string };

/** Where the keys stand and who signs, in full. */
const openIdOf = (openId: OpenIdSettings | undefined) => ({
  issuer: openId?.issuer ?? AuthenticationConstants.ToBotFromChannelTokenIssuer,
  channelMetadataUrl: openId?.metadataUrl ?? AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
  emulatorMetadataUrl: openId?.metadataUrl ?? AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
});

export const createTokenCheckFor = (openId: OpenIdSettings | undefined): TokenCheck =>
  createTokenCheck(openIdOf(openId));

/** Bot Framework's authentication with everything named: with a part of the settings it silently falls back. */
export function createAuthentication(options: {
  credentials: Credentials;
  openId: OpenIdSettings | undefined;
  timeoutMs: number;
  client: ConnectorClientOptions;
}): BotFrameworkAuthentication {
  const openId = openIdOf(options.openId);
  const settings = {
    ValidateAuthority: 'true',
    ToChannelFromBotLoginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
    ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
    ToBotFromChannelTokenIssuer: openId.issuer,
    OAuthUrl: AuthenticationConstants.OAuthUrl,
    ToBotFromChannelOpenIdMetadataUrl: openId.channelMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: openId.emulatorMetadataUrl,
    CallerId: 'urn:botframework:azure',
  };
  const factory = createCredentialsFactory(
    options.credentials,
    options.timeoutMs,
    options.openId?.accessToken,
  );
  return new ReusingAuthentication(settings, factory, undefined, undefined, options.client);
}

/**
 * Says whether a request comes from Teams. Beyond botbuilder's own check the token must vouch for the activity's
 * `serviceUrl` (botbuilder lets a missing one pass, and asks none of emulator tokens) and its host be known.
 */
export function createVerifier(options: {
  authentication: BotFrameworkAuthentication;
  checkToken: TokenCheck;
  clock: Clock;
  allowed: ServiceUrlCheck;
  anonymous: boolean;
  timeoutMs: number;
}): (body: Json, authorization: string) => Promise<Verdict> {
  const { authentication, checkToken, clock } = options;
  const authenticate = async (activity: Activity, authorization: string) =>
    (await checkToken(authorization, clock())) ?? authentication.authenticateRequest(activity, authorization);

  return async (body, authorization) => {
    const serviceUrl = textOf(body.serviceUrl);
    const refused = (reason: string): Verdict => ({ ok: false, status: 401, reason });
    if (!serviceUrl || !options.allowed(serviceUrl)) return refused('serviceUrl missing or not allowed');
    if (body.channelId !== 'msteams') return refused('not from the channel msteams');
    try {
      const activity = { channelId: 'msteams', serviceUrl };
      const result = await within(options.timeoutMs, authenticate(activity as Activity, authorization));
      if (typeof result === 'string') return refused(result);
      const claim = result.claimsIdentity.getClaimValue(AuthenticationConstants.ServiceUrlClaim);
      if (!options.anonymous && claim !== serviceUrl)
        return refused('serviceUrl is not the one in the token');
      return { ok: true, result };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return isOutage(error) ? { ok: false, status: 503, reason } : refused(reason);
    }
  };
}

/** The keys could not be had. Anything else that is thrown here says that the token is bad. */
function isOutage(error: unknown): boolean {
  if (error instanceof AuthenticationError) return Number(error.statusCode) >= 500;
  return ['FetchError', 'TimeoutError'].includes(String(json(error).name));
}

/** CloudAdapter over raw Node HTTP: its own `process` wants Express, and sends error messages to the caller. */
export class TeamsCloudAdapter extends CloudAdapter {
  /** Runs a turn for a request that was verified before; gives the answer to an invoke. */
  receive(
    verified: AuthenticateRequestResult,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(verified, activity, logic);
  }

  /** A client that speaks as the bot, with or without a turn. */
  async connectorClient(appId: string, serviceUrl: string): Promise<ConnectorClient> {
    const identity = this.createClaimsIdentity(appId);
    const audience = AuthenticationConstants.ToChannelFromBotOAuthScope;
    const factory = this.botFrameworkAuthentication.createConnectorFactory(identity);
    return factory.create(serviceUrl, audience);
  }
}
