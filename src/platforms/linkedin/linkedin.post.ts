import type { JsonObject, MediaItem, TargetContent } from '../core/index.js';
import type { Author } from './linkedin.author.js';
import { readLinkedinSettings, type LinkedinSettings } from './linkedin.settings.js';
import { composeText, hasCard } from './linkedin.text.js';
import { toLittleText } from './little.text.js';

/** Of what was uploaded, in the order of the media. */
export type AssetUrns = readonly string[];

/** The body of `POST /rest/posts`. The same input gives the same bytes. */
export function buildPost(content: TargetContent, author: Author, assets: AssetUrns): JsonObject {
  const settings = readLinkedinSettings(content.settings);
  const body = contentOf(content, settings, assets);
  return {
    author: author.urn,
    commentary: toLittleText(composeText(content)),
    visibility: settings.visibility.toUpperCase(),
    distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
    ...(body === null ? {} : { content: body }),
    lifecycleState: 'PUBLISHED',
    isReshareDisabledByAuthor: settings.disableReshare,
    ...(settings.reshareOf === null ? {} : { reshareContext: { parent: settings.reshareOf } }),
  };
}

function contentOf(content: TargetContent, settings: LinkedinSettings, assets: AssetUrns): JsonObject | null {
  if (hasCard(content)) return articleOf(content, settings, assets);
  if (settings.poll !== null) return pollOf(settings.poll);
  const [first] = content.media;
  if (first === undefined) return null;
  if (content.media.length > 1) {
    return {
      multiImage: { images: content.media.map((item, index) => pictureOf(item, assets[index] ?? '')) },
    };
  }
  return { media: mediumOf(first, settings, assets[0] ?? '') };
}

/** LinkedIn reads nothing of the page: the card has what it is given. */
function articleOf({ link }: TargetContent, settings: LinkedinSettings, assets: AssetUrns): JsonObject {
  const { linkTitle, linkDescription } = settings;
  const [thumbnail] = assets;
  return {
    article: {
      source: link,
      ...(linkTitle === null ? {} : { title: linkTitle }),
      ...(linkDescription === null ? {} : { description: linkDescription }),
      ...(thumbnail === undefined ? {} : { thumbnail }),
    },
  };
}

function pollOf({ question, options, duration }: NonNullable<LinkedinSettings['poll']>): JsonObject {
  return {
    poll: {
      question,
      options: options.map((text) => ({ text })),
      settings: { duration: duration.toUpperCase() },
    },
  };
}

function mediumOf(item: MediaItem, { title }: LinkedinSettings, urn: string): JsonObject {
  if (item.kind === 'document') return { id: urn, title: title ?? nameOf(item.fileName) };
  if (item.kind === 'video') return { id: urn, ...(title === null ? {} : { title }) };
  return pictureOf(item, urn);
}

function pictureOf({ altText }: MediaItem, urn: string): JsonObject {
  return { id: urn, ...(altText === null || altText === '' ? {} : { altText }) };
}

/** A document has to have a title. */
function nameOf(fileName: string): string {
  const name = fileName.replace(/\.[a-z0-9]{1,5}$/i, '').slice(0, 400);
  return name === '' ? 'Document' : name;
}
