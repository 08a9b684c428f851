import type { BasePublisher, CommitResult, TargetContent } from '../../platforms/core/index.js';
import type { CommitEntity } from './entities/commit.entity.js';

type Commit = Pick<CommitEntity, 'state' | 'position' | 'result'>;

/**
 * What a publication is known by: the first of its visible things. What is proven not to be there does not count; while it is
 * not known whether the first is there, the publication is not published, whatever else went out (protocol.md §11.6).
 */
export function knownBy(commits: readonly Commit[]): CommitResult | null {
  const [first] = commits
    .filter((commit) => commit.state !== 'clear')
    .sort((a, b) => a.position - b.position);
  return first?.state === 'done' ? first.result : null;
}

/** Whether everything that the publisher makes of this content is out; false also when only a run can tell. */
export function isComplete(
  publisher: BasePublisher,
  content: TargetContent,
  commits: readonly Commit[],
): boolean {
  const count = publisher.commitCount(content);
  return count !== null && commits.filter((commit) => commit.state === 'done').length >= count;
}
