/** Who asks for a change: the workspace it happens in, and the API key that the audit log names. */
export interface Caller {
  readonly workspaceId: string;
  /** Null: the engine itself or somebody at the terminal. */
  readonly keyId: string | null;
}
