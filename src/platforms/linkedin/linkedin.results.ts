import type { CommitResult } from '../core/index.js';

export function postResult(urn: string): CommitResult {
  return { platformPostId: urn, permalink: pageOf(urn) };
}

/** It is seen below its post. */
export function commentResult(id: string, post: string): CommitResult {
  return { platformPostId: id, permalink: pageOf(post), details: { post } };
}

function pageOf(post: string): string {
  return `https://www.linkedin.com/feed/update/${post}/`;
}
