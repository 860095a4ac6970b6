/**
 * Where Microsoft's Bot Connector for Teams lives: the public cloud and GCC, the two whose tokens the public
 * issuer signs (learn.microsoft.com, "Send proactive messages").
 */
const MICROSOFT_HOSTS = ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'];

/** For a tenant that has not written to this process yet: Microsoft's global end point. */
export const GLOBAL_SERVICE_URL = 'https://smba.trafficmanager.net/teams/';

/** Says whether a service URL may be called back: ours bears a token that opens every conversation. */
export type ServiceUrlCheck = (serviceUrl: string) => boolean;

/** `more`: further origins (`http://localhost:56150`) or host names. Microsoft's hosts only count with https. */
export function allowServiceUrls(more: readonly string[] = []): ServiceUrlCheck {
  const hosts = new Set([...MICROSOFT_HOSTS, ...more.filter((entry) => !entry.includes('://'))]);
  const origins = new Set(
    more.filter((entry) => entry.includes('://')).map((entry) => new URL(entry).origin),
  );
  return (serviceUrl) => {
    const url = URL.parse(serviceUrl);
    if (!url || url.username || url.password) return false;
    return (
      origins.has(url.origin) || (url.protocol === 'https:' && url.port === '' && hosts.has(url.hostname))
    );
  };
}
