import type { Violation } from '../../common/errors/index.js';
import type { MediaItem, PlatformCapabilities, TargetContent } from '../../platforms/core/index.js';

/** Media that a platform only fetches by itself, where nobody outside can fetch anything. */
export function checkDelivery(
  { media, thread }: TargetContent,
  capabilities: PlatformCapabilities,
  name: string,
): Violation[] {
  const pulled = capabilities.media.limits
    .filter((limit) => limit.delivery === 'pull')
    .map((limit) => limit.kind);
  const check = (items: readonly MediaItem[], pointer: string): Violation[] =>
    items.flatMap((item, index) =>
      pulled.includes(item.kind) ? [publicUrlRequired(`${pointer}/media/${index}`, name)] : [],
    );
  return [...check(media, ''), ...thread.flatMap((part, index) => check(part.media, `/thread/${index}`))];
}

function publicUrlRequired(pointer: string, name: string): Violation {
  return {
    pointer,
    rule: 'media_public_url_required',
    message: `${name} fetches this file from a public address, and this installation has none.`,
    remedy:
      'Set PUBLIC_URL to the https address at which this server is reached from the internet, or keep media in S3 (S3_*), or leave this target out.',
  };
}
