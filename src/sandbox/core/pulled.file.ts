const PULL_MS = 20_000;

export interface PulledFile {
  readonly bytes: Buffer;
  readonly mimeType: string;
}

/** What a platform finds at an address that it was given. From here only this machine can be reached. */
export async function pullFile(
  source: string,
  gone: AbortSignal,
  /** `manual`: an address that leads on to another is none to pull from. */
  redirect: 'follow' | 'manual' = 'follow',
): Promise<PulledFile | null> {
  const url = URL.canParse(source) ? new URL(source) : null;
  if (url === null || !['127.0.0.1', 'localhost'].includes(url.hostname)) return null;
  const ended = AbortSignal.any([gone, AbortSignal.timeout(PULL_MS)]);
  const answer = await fetch(url, { signal: ended, redirect }).catch(() => null);
  if (answer?.ok !== true) return null;
  const bytes = await answer.arrayBuffer().catch(() => null);
  if (bytes === null) return null;
  const mimeType = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
  return { bytes: Buffer.from(bytes), mimeType };
}
