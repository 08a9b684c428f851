interface Post {
  /** Null: not known. */
  readonly username: string | null;
  readonly id: string;
  readonly photos: boolean;
}

/** TikTok's own address without what it adds for counting; else one that is made of the account's name. */
export function permalinkOf(shareUrl: string | null, { username, id, photos }: Post): string | null {
  if (shareUrl !== null && URL.canParse(shareUrl)) {
    const { origin, pathname } = new URL(shareUrl);
    return `${origin}${pathname}`;
  }
  if (username === null || username === '') return null;
  return `https://www.tiktok.com/@${username}/${photos ? 'photo' : 'video'}/${id}`;
}
