import type { HttpAnswer } from '../../common/http/index.js';
import { PublishError } from './publish-error.js';

/** The body as JSON; undefined when it is none, as the page of a proxy. */
export function bodyOf(answer: HttpAnswer): unknown {
  try {
    return answer.json();
  } catch {
    return undefined;
  }
}

/** Makes the error of a success that does not say what a success has to say: what became of the call has to be looked for. */
export function unreadableBy(platform: string, name: string): (operation: string) => PublishError {
  return (operation) =>
    new PublishError({
      kind: 'outcome_unknown',
      code: `${platform}.unreadable_answer`,
      message: `${name} answered ${operation} with a success that Fanfare cannot read.`,
      remedy: 'Look at the attempt for the whole answer.',
    });
}
