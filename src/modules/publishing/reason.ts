/** Why a publication stands where it stands. */
export interface Reason {
  /** snake_case. */
  readonly code: string;
  /** One sentence for a customer. */
  readonly message: string;
  /** What somebody can do; null when there is nothing to do. */
  readonly remedy: string | null;
  /** When it is looked at next, as far as that is known. */
  readonly until: Date | null;
}

export function reason(
  code: string,
  message: string,
  remedy: string | null = null,
  until: Date | null = null,
): Reason {
  return { code, message, remedy, until };
}
