const EMOJI = new RegExp('\\p{RGI_Emoji}', 'gv');
const URL_PATTERN = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}]/g;
const TOPIC = /(^|\s)#([\p{L}\p{N}_]{1,50})/u;

/** Characters as Threads counts them: an emoji is as many as it has bytes. */
export function lengthOf(text: string): number {
  const emoji = [...text.matchAll(EMOJI)].reduce((sum, [found]) => sum + Buffer.byteLength(found), 0);
  return emoji + [...text.replace(EMOJI, '')].length;
}

export function linksOf(text: string): string[] {
  return [...text.matchAll(URL_PATTERN)].map(([url]) => url);
}

/** The first `#tag` becomes the topic and loses its `#`; the others are dead text. */
export function withTopic(text: string): { readonly text: string; readonly topicTag: string | null } {
  const [, , tag] = TOPIC.exec(text) ?? [];
  return tag === undefined ? { text, topicTag: null } : { text: text.replace(TOPIC, '$1$2'), topicTag: tag };
}
