import type { MediaItem, TargetContent } from '../core/index.js';
import { readThreadsSettings } from './threads.settings.js';

/** A link without the punctuation that ends a sentence. */
const linkPattern = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}]/g;

export function mediaOfPart(content: TargetContent, part: number): readonly MediaItem[] {
  return part === 0 ? content.media : (content.thread[part - 1]?.media ?? []);
}

/** The link goes into a field of its own, which only posts of text alone have. */
export function linkOfCard({ text, link, media, settings }: TargetContent): string | null {
  const { linkCard, gif } = readThreadsSettings(settings);
  return linkCard && gif === null && media.length === 0 && text.trim() !== '' ? link : null;
}

export function composePartText(content: TargetContent, part: number): string {
  if (part > 0) return content.thread[part - 1]?.text ?? '';
  const { text, link } = content;
  return link === null || linkOfCard(content) !== null ? text : withLink(text, link);
}

export function withLink(text: string, link: string): string {
  if (text.includes(link)) return text;
  return text.trim() === '' ? link : `${text}\n\n${link}`;
}

/** Addresses of the post itself, each once: what Threads counts. */
export function linksOf(content: TargetContent, part: number): string[] {
  const inText = composePartText(content, part).match(linkPattern) ?? [];
  const { textAttachment } = readThreadsSettings(content.settings);
  const beside = part === 0 ? [linkOfCard(content), textAttachment?.link ?? null] : [];
  return [...new Set([...inText, ...beside.filter((link) => link !== null)])];
}

/** What is left of a text when two are compared: spaces around it and at the ends of lines are not kept. */
export function comparable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\r\n?/g, '\n')
    .trim();
}

/** How a text of ours may be listed: the first tag loses its # when it becomes the topic. */
export function listedTexts(text: string): string[] {
  const asTopic = text.replace(/(^|\s)#(?=[\p{L}\p{N}_])/u, '$1');
  return [...new Set([comparable(text), comparable(asTopic)])];
}
