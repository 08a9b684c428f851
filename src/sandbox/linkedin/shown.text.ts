import type { LinkedinState } from './linkedin.state.js';
import { readLittleText } from './little.text.js';

/** The text as people see it. */
export function shownText(state: LinkedinState, text: string): string {
  return readLittleText(text, (urn) => state.members.find(urn)?.name).shown;
}

/** The same for a text that has just come: the platform cuts it without a word, the sandbox says so. */
export function readText(state: LinkedinState, text: string, operation: string): string {
  const { shown, cutAt } = readLittleText(text, (urn) => state.members.find(urn)?.name);
  if (cutAt !== null) {
    const detail = `the text is cut at ${cutAt.index}: "${cutAt.character}" is not escaped`;
    state.environment.unexpected.add({ platform: 'linkedin', operation, what: 'field', detail });
  }
  return shown;
}
