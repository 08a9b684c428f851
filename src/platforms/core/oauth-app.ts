/** The app that a platform knows this installation, or this workspace, by. Never logged, never shown. */
export interface OAuthApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Further values that the platform's `appFields` name, such as the id of a second app. */
  readonly extra: Readonly<Record<string, string>>;
}
