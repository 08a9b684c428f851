import type { Violation } from '../../common/errors/index.js';
import type { TargetOverrides } from './post.js';

const inheritable = ['text', 'link', 'media', 'thread'] as const;

/** Where a client finds what a publisher's check names relative to a target: on the target, or on the post it inherits from. */
export function pointerOf(pointer: string, index: number, target: TargetOverrides): string {
  const field = pointer.split('/')[1] ?? '';
  const inherited = inheritable.some((name) => name === field && target[name] === null);
  return inherited ? pointer : `/targets/${index}${pointer}`;
}

/** The violation as the client sees it; who takes offence is said where the pointer does not. */
export function locate(
  violation: Violation,
  index: number,
  target: TargetOverrides,
  account: string,
): Violation {
  const pointer = pointerOf(violation.pointer, index, target);
  const named = pointer.startsWith('/targets/');
  return {
    ...violation,
    pointer,
    message: named ? violation.message : `For ${account}: ${violation.message}`,
  };
}
