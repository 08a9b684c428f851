import { stableHash } from '../../common/crypto/index.js';
import type { PublicationRun } from './publication.run.js';

/**
 * Two publications with this in common could be taken for one another by a look that goes by the text. Where no look does,
 * because we hold the key or nothing can be read, every publication has its own.
 */
export function fingerprintOf(run: PublicationRun, key: string): string {
  const { holdsKey, absentAfterLooks } = run.publisher.capabilitiesFor(run.account).reconcile;
  const byText = !holdsKey || run.isForgotten(key);
  if (!byText || absentAfterLooks === 'never') return stableHash({ key, publication: run.id });
  const { text, link, media, thread } = run.content;
  const hashes = (items: readonly { sha256: string }[]): string[] => items.map((item) => item.sha256);
  return stableHash({
    key,
    text,
    link,
    media: hashes(media),
    thread: thread.map((part) => [part.text, hashes(part.media)]),
  });
}
