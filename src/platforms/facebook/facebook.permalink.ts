/** Facebook leaves the host out of some. Null where it says none. */
export function permalinkOf(said: string | null, host: string): string | null {
  return said?.startsWith('/') === true ? `${host}${said}` : said;
}
