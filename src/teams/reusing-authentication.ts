import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  type ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import type { Activity } from 'botframework-schema';

/** Newer service URLs name the tenant: one client each, up to a point. */
const CLIENTS = 1_000;

/**
 * Bot Framework builds two HTTP clients for every single request, which costs more than all the rest of a turn. One app
 * speaks here, with one audience, so a client serves every request with the same service URL.
 */
export class ReusingAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #clients = new Map<string, Promise<ConnectorClient>>();
  #userTokenClient: Promise<UserTokenClient> | undefined;

  override async authenticateRequest(
    activity: Activity,
    authorization: string,
  ): Promise<AuthenticateRequestResult> {
    const result = await super.authenticateRequest(activity, authorization);
    const { connectorFactory } = result;
    return connectorFactory ? { ...result, connectorFactory: this.#reusing(connectorFactory) } : result;
  }

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    return this.#reusing(super.createConnectorFactory(identity));
  }

  /** For sign-in prompts, which Crewline has none of; a turn insists on one. */
  override createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    this.#userTokenClient ??= super.createUserTokenClient(identity);
    return this.#userTokenClient;
  }

  #reusing(factory: ConnectorFactory): ConnectorFactory {
    return new ReusingFactory(factory, this.#clients);
  }
}

class ReusingFactory extends ConnectorFactory {
  readonly #factory: ConnectorFactory;
  readonly #clients: Map<string, Promise<ConnectorClient>>;

  constructor(factory: ConnectorFactory, clients: Map<string, Promise<ConnectorClient>>) {
    super();
    this.#factory = factory;
    this.#clients = clients;
  }

  override create(serviceUrl: string, audience: string): Promise<ConnectorClient> {
    const known = this.#clients.get(serviceUrl);
    if (known) return known;
    if (this.#clients.size >= CLIENTS) this.#clients.clear();
    const client = this.#factory.create(serviceUrl, audience);
    this.#clients.set(serviceUrl, client);
    client.catch(() => this.#clients.delete(serviceUrl));
    return client;
  }
}
