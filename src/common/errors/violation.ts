/** One thing that is wrong with what a client sent, and what to do about it. */
export interface Violation {
  /** JSON pointer into the request body: `/targets/1/text`; the empty text is the whole body. */
  pointer: string;
  /** The rule that was broken: `maxLength`, `isUuid`, `unknown_field`, … */
  rule: string;
  /** For a person, one sentence. */
  message: string;
  /** What the rule allows, where it is known. */
  limit?: number | string | string[];
  /** What was sent, or how much of it. Never a secret. */
  actual?: number | string;
  /** What to do, for a person. */
  remedy: string;
}
