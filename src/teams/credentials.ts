import {
  PasswordServiceClientCredentialFactory,
  type ServiceClientCredentials,
  ServiceClientCredentialsFactory,
  TokenCredentials,
} from 'botframework-connector';
import { TokenError } from './errors.ts';
import { within } from './within.ts';

/** An app registration in Microsoft Entra; 'none' only for the local playground, which sends and checks no tokens. */
export type Credentials =
  | { appId: string; appPassword: string; appType: 'SingleTenant' | 'MultiTenant'; tenantId?: string }
  | 'none';

export type AccessToken = () => Promise<string>;

type Signer = Pick<ServiceClientCredentials, 'signRequest'>;

/** Bot Framework's source of access tokens, with a time-out: without one a silent login server holds every send. */
export function createCredentialsFactory(
  credentials: Credentials,
  timeoutMs: number,
  accessToken?: AccessToken,
): ServiceClientCredentialsFactory {
  return new TimedCredentials(credentials, timeoutMs, accessToken);
}

class TimedCredentials extends ServiceClientCredentialsFactory {
  readonly #credentials: Credentials;
  readonly #timeoutMs: number;
  readonly #microsoft: PasswordServiceClientCredentialFactory | undefined;
  readonly #accessToken: AccessToken | undefined;

  constructor(credentials: Credentials, timeoutMs: number, accessToken: AccessToken | undefined) {
    super();
    this.#credentials = credentials;
    this.#timeoutMs = timeoutMs;
    this.#accessToken = accessToken;
    this.#microsoft = credentials === 'none' ? undefined : passwordFactory(credentials);
  }

  async isValidAppId(appId: string): Promise<boolean> {
    return this.#credentials !== 'none' && appId === this.#credentials.appId;
  }

  async isAuthenticationDisabled(): Promise<boolean> {
    return this.#credentials === 'none';
  }

  async createCredentials(
    appId: string,
    audience: string | undefined,
    loginEndpoint: string,
    validateAuthority: boolean,
  ): Promise<ServiceClientCredentials> {
    const signer = await this.#signer(appId, audience, loginEndpoint, validateAuthority);
    return {
      signRequest: async (request) => {
        try {
          return await within(this.#timeoutMs, signer.signRequest(request));
        } catch (cause) {
          throw new TokenError('no access token for the Bot Connector', cause);
        }
      },
    };
  }

  async #signer(
    appId: string,
    audience: string | undefined,
    login: string,
    validate: boolean,
  ): Promise<Signer> {
    const accessToken = this.#accessToken;
    if (accessToken) {
      return {
        signRequest: async (request) => new TokenCredentials(await accessToken()).signRequest(request),
      };
    }
    if (!this.#microsoft) return { signRequest: async (request) => request };
    return this.#microsoft.createCredentials(appId, audience ?? '', login, validate);
  }
}

/** A single-tenant app takes its token from its own tenant, a multi-tenant one from botframework.com. */
function passwordFactory(credentials: Exclude<Credentials, 'none'>): PasswordServiceClientCredentialFactory {
  const tenant = credentials.appType === 'SingleTenant' ? (credentials.tenantId ?? '') : '';
  return new PasswordServiceClientCredentialFactory(credentials.appId, credentials.appPassword, tenant);
}
