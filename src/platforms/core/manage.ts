import type { AccountRef, Credentials } from './account.js';
import type { TargetContent } from './content.js';
import type { JsonObject } from './json.js';

/** Something of ours that is out, as the ledger knows it: the post, a part of a thread, a first comment. */
export interface PublishedPost {
  /** Key of the commit that made it: `part:0`, `part:1`, `comment`. */
  readonly key: string;
  readonly platformPostId: string;
  readonly permalink: string | null;
  /** As `CommitResult.details` kept it. */
  readonly details: JsonObject;
}

/** Handed to `deletePost` and `readMetrics`: what they work on, and nothing that could publish. */
export interface ManageContext {
  readonly publicationId: string;
  readonly account: AccountRef;
  readonly content: TargetContent;
  /** Decrypted at the moment of use. When the platform ends them, they are renewed and the call is made once more. */
  readonly credentials: Credentials;
}
