/** Whose post it is, by handle or DID, and its record key. */
export interface PostAddress {
  readonly author: string;
  readonly rkey: string;
}

const author = '([A-Za-z0-9.:_%-]+)';
const rkey = '([A-Za-z0-9._~:-]+)';
const inBrowser = `^https://bsky\\.app/profile/${author}/post/${rkey}/?(?:[?#]\\S*)?$`;
const ofRecord = `^at://${author}/app\\.bsky\\.feed\\.post/${rkey}$`;

/** As the settings schema wants it: what a browser shows, or the address of the record. */
export const postAddressPattern = `${inBrowser}|${ofRecord}`;

/** Null where it is no address of a post. */
export function readPostAddress(address: string): PostAddress | null {
  const found = new RegExp(inBrowser).exec(address) ?? new RegExp(ofRecord).exec(address);
  const [, whose, key] = found ?? [];
  return whose === undefined || key === undefined ? null : { author: plain(whose), rkey: key };
}

/** Some apps write the colons of a DID as %3A. */
function plain(text: string): string {
  return text.replace(/%3A/gi, ':');
}
