const FETCH_MS = 30_000;
const CRAWLER = 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)';

export interface Fetched {
  readonly bytes: Buffer;
  readonly mimeType: string;
}

/** What lies behind a public address; null where the crawler cannot get it. */
export async function fetchMedia(url: string): Promise<Fetched | null> {
  if (!URL.canParse(url) || !/^https?:/.test(url) || /(^|\.)fbcdn\.net$/.test(new URL(url).hostname))
    return null;
  const headers = { 'user-agent': CRAWLER };
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(FETCH_MS) });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (!answer.ok || bytes.length === 0) return null;
    return {
      bytes,
      mimeType: answer.headers.get('content-type')?.split(';')[0] ?? 'application/octet-stream',
    };
  } catch {
    return null;
  }
}
