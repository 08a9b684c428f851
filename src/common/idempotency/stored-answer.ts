/** An answer as it went out, to be sent again word for word. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The text of the body; null: none. */
  readonly body: string | null;
}
