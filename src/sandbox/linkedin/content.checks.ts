import { arrayAt, isJsonObject, objectAt, stringAt, type JsonObject } from '../core/json.js';
import type { Asset, AssetKind } from './asset.store.js';
import { isOwnedBy } from './author.rights.js';
import { fieldProblem, invalidInput, refuse, refuseInWords, schemaProblem } from './linkedin.errors.js';
import type { Actor } from './linkedin.members.js';
import type { LinkedinState } from './linkedin.state.js';

const KINDS = ['article', 'media', 'multiImage', 'poll'];
const MAX_ALT = 4_086;
const MAX_TITLE = 400;
const POLL = {
  question: 140,
  option: 30,
  durations: ['ONE_DAY', 'THREE_DAYS', 'SEVEN_DAYS', 'FOURTEEN_DAYS'],
};

/** Refuses what cannot hang below a post. */
export function checkContent(state: LinkedinState, author: Actor, content: JsonObject): void {
  const kinds = Object.keys(content);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1 || !KINDS.includes(kind)) {
    throw schemaProblem('/content', 'union type is not backed by a DataMap with exactly one member');
  }
  const value = objectAt(content, kind);
  if (value === undefined) throw schemaProblem(`/content/${kind}`, 'record type is not backed by a DataMap');
  const check = { article: checkArticle, media: checkMedia, multiImage: checkImages, poll: checkPoll }[kind];
  check?.(state, author, value);
}

function checkArticle(state: LinkedinState, author: Actor, article: JsonObject): void {
  const source = stringAt(article, 'source') ?? '';
  if (!/^https?:\/\//.test(source) || !URL.canParse(source)) {
    throw invalidInput(
      'INVALID_VALUE_FOR_FIELD',
      'content/article/source',
      'The source has to be an address',
    );
  }
  checkLength('content/article/title', stringAt(article, 'title'), MAX_TITLE);
  const thumbnail = stringAt(article, 'thumbnail');
  if (thumbnail !== undefined) usable(state, author, thumbnail, ['image'], 'content/article/thumbnail');
}

function checkMedia(state: LinkedinState, author: Actor, media: JsonObject): void {
  const path = 'content/media';
  const { kind } = usable(state, author, stringAt(media, 'id'), ['image', 'video', 'document'], `${path}/id`);
  if (kind !== 'image' && media['altText'] !== undefined)
    throw fieldProblem('unpermitted', `/${path}/altText`);
  checkLength(`${path}/altText`, stringAt(media, 'altText'), MAX_ALT);
  if (kind === 'document' && (stringAt(media, 'title') ?? '').trim() === '') {
    throw invalidInput('MISSING_FIELD', `${path}/title`, 'A document needs a title');
  }
}

function checkImages(state: LinkedinState, author: Actor, multiImage: JsonObject): void {
  const images = arrayAt(multiImage, 'images') ?? [];
  if (images.length < 2 || images.length > 20) {
    const description = `Between 2 and 20 images, not ${images.length}`;
    throw invalidInput('INVALID_VALUE_FOR_FIELD', 'content/multiImage/images', description);
  }
  for (const image of images.filter(isJsonObject)) {
    usable(state, author, stringAt(image, 'id'), ['image'], 'content/multiImage/images/id');
    checkLength('content/multiImage/images/altText', stringAt(image, 'altText'), MAX_ALT);
  }
}

function checkPoll(_state: LinkedinState, _author: Actor, poll: JsonObject): void {
  const question = stringAt(poll, 'question') ?? '';
  if (question.trim() === '')
    throw invalidInput('MISSING_FIELD', 'content/poll/question', 'A poll asks something');
  checkLength('content/poll/question', question, POLL.question);
  const options = (arrayAt(poll, 'options') ?? []).map((option) =>
    isJsonObject(option) ? (stringAt(option, 'text') ?? '') : '',
  );
  if (options.length < 2 || options.length > 4 || options.some((option) => option.trim() === '')) {
    throw invalidInput('INVALID_VALUE_FOR_FIELD', 'content/poll/options', 'A poll has 2 to 4 options');
  }
  for (const option of options) checkLength('content/poll/options/text', option, POLL.option);
  const duration = stringAt(objectAt(poll, 'settings') ?? {}, 'duration') ?? '';
  if (!POLL.durations.includes(duration)) {
    throw schemaProblem('/content/poll/settings/duration', `"${duration}" is not an enum symbol`);
  }
}

/** The file, which is there, is ready, and belongs to the author. */
export function usable(
  state: LinkedinState,
  author: Actor,
  urn: string | undefined,
  kinds: readonly AssetKind[],
  path: string,
): Asset {
  const asset = urn === undefined ? undefined : state.assets.find(urn);
  if (asset === undefined || !kinds.includes(asset.kind)) {
    throw invalidInput('INVALID_URN_TYPE', path, `${urn ?? 'nothing'} is no ${kinds.join(' or ')}`);
  }
  if (!isOwnedBy(asset.owner, author)) {
    throw refuseInWords(
      400,
      "One or more of the assets is not owned by the author or the author's organization",
    );
  }
  switch (state.assets.status(asset)) {
    case 'AVAILABLE':
      return asset;
    case 'PROCESSING_FAILED':
      throw refuse(400, 'MEDIA_ASSET_PROCESSING_FAILED', `Processing of ${asset.urn} has failed`);
    case 'PROCESSING':
    case 'WAITING_UPLOAD':
      throw refuse(400, 'MEDIA_ASSET_WAITING_UPLOAD', `${asset.urn} is waiting for its upload`);
  }
}

export function checkLength(path: string, text: string | undefined, most: number): void {
  if (text === undefined || text.length <= most) return;
  const description = `${path} has ${text.length} characters and may have ${most}`;
  throw invalidInput('FIELD_LENGTH_TOO_LONG', path, description);
}
