import type { CallSubject } from './call.log.js';

/** Which calls a fault or a barrier means. What is left out matches everything. */
export interface CallMatch {
  readonly platform: string;
  readonly operation?: string;
  /** Path as the call log shows it; `*` stands for anything. */
  readonly path?: string;
  readonly visible?: boolean;
}

export function matches(match: CallMatch, subject: CallSubject): boolean {
  return (
    match.platform === subject.platform &&
    (match.operation === undefined || match.operation === subject.operation) &&
    (match.visible === undefined || match.visible === subject.visible) &&
    (match.path === undefined || globToPattern(match.path).test(subject.path))
  );
}

function globToPattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`);
}
