import type { JsonObject, MediaItem, TargetContent } from '../core/index.js';
import { readYoutubeSettings } from './youtube.settings.js';

const longestTitle = 100;

/** The text and the link, as the description shows them. */
export function descriptionOf({ text, link }: Pick<TargetContent, 'text' | 'link'>): string {
  if (link === null || text.includes(link)) return text;
  return text.trim() === '' ? link : `${text}\n\n${link}`;
}

/** Whether YouTube shows what was sent to it: it takes spaces off the ends. */
export function showsSame(shown: string | null, sent: string): boolean {
  const plain = (text: string): string => text.normalize('NFC').replaceAll(/\r\n?/g, '\n').trim();
  return shown !== null && plain(shown) === plain(sent);
}

/** The setting, or the first line of the text as far as it fits; empty where there is neither. */
export function titleOf({ text, settings }: Pick<TargetContent, 'text' | 'settings'>): string {
  const { title } = readYoutubeSettings(settings);
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return title ?? [...line.trim()].slice(0, longestTitle).join('').trim();
}

/** As YouTube counts them: with commas between them, and quotation marks around those that have a space. */
export function lengthOfTags(tags: readonly string[]): number {
  const lengths = tags.map((tag) => [...tag].length + (tag.includes(' ') ? 2 : 0));
  return lengths.reduce((sum, length) => sum + length, 0) + Math.max(0, tags.length - 1);
}

/** What is said of the video when its upload begins. */
export function metadataOf(content: TargetContent): JsonObject {
  const settings = readYoutubeSettings(content.settings);
  const { tags, language } = settings;
  return {
    snippet: {
      title: titleOf(content),
      description: descriptionOf(content),
      ...(tags.length === 0 ? {} : { tags: [...tags] }),
      categoryId: settings.categoryId,
      ...(language === null ? {} : { defaultLanguage: language }),
    },
    status: {
      privacyStatus: settings.privacy,
      selfDeclaredMadeForKids: settings.madeForKids,
      containsSyntheticMedia: settings.madeWithAi,
      embeddable: settings.embeddable,
      license: settings.license,
      publicStatsViewable: settings.publicStatsViewable,
    },
  };
}

/** The video and the picture that it is shown by. */
export function filesOf({ media }: Pick<TargetContent, 'media'>): {
  readonly video: MediaItem | null;
  readonly thumbnail: MediaItem | null;
} {
  return {
    video: media.find(({ kind }) => kind === 'video') ?? null,
    thumbnail: media.find(({ kind }) => kind === 'image') ?? null,
  };
}

export function permalinkOf(videoId: string): string {
  return `https://www.youtube.com/watch?v=${videoId}`;
}
