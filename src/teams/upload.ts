/** Where Teams has files put: SharePoint and OneDrive for Business, also of the clouds for governments and of China. */
const HOSTS =
  /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(sharepoint\.com|sharepoint\.us|sharepoint-mil\.us|sharepoint\.cn|svc\.ms)$/i;

/** What comes in a request says where the bytes go: to nobody but Microsoft. */
export function isUploadUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, username } = new URL(url);
  return protocol === 'https:' && port === '' && username === '' && HOSTS.test(hostname);
}

/** One piece is enough up to 60 MiB (learn.microsoft.com, "createUploadSession"). The address itself is the permission. */
export async function putFile(url: string, bytes: Uint8Array, timeoutMs: number): Promise<void> {
  const response = await fetch(url, {
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
    },
    body: Uint8Array.from(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`the upload was answered with ${response.status}`);
}
