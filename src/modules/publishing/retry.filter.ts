/** Which of the publications that ended unsuccessfully are to be taken up again. */
export interface RetryFilter {
  readonly accountId?: string | undefined;
  readonly platform?: string | undefined;
  readonly postId?: string | undefined;
  /** Code of the error: `<platform>.<what>`. */
  readonly code?: string | undefined;
  readonly limit: number;
}
