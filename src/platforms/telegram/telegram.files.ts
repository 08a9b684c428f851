import type { Violation } from '../../common/errors/index.js';
import type { MediaItem, MediaKind, TargetContent } from '../core/index.js';
import { readTelegramSettings } from './telegram.settings.js';
import { planMessages } from './telegram.text.js';

/** A file as it is sent. */
export interface PlannedFile {
  readonly item: MediaItem;
  /** What it is sent as: a picture may go as a document. */
  readonly kind: MediaKind;
  /** Shown in the place of a video until it is played. */
  readonly cover: MediaItem | null;
}

/** Telegram shows these, blurs them, and puts captions above them. */
export function isOnScreen(kind: MediaKind): boolean {
  return kind === 'image' || kind === 'video' || kind === 'gif';
}

/** The files of a post, in their order. */
export function planFiles({ media, settings }: TargetContent): readonly PlannedFile[] {
  const { asFiles, pictureAsCover } = readTelegramSettings(settings);
  const video = pictureAsCover ? media.find(({ kind }) => kind === 'video') : undefined;
  const cover = video === undefined ? undefined : media.find(({ kind }) => kind === 'image');
  return media
    .filter((item) => item !== cover)
    .map((item) => ({
      item,
      kind: asFiles && isOnScreen(item.kind) ? 'document' : item.kind,
      cover: item === video ? (cover ?? null) : null,
    }));
}

/** What the settings say of files that are not there, or that cannot be had together. Pointers are relative to the target. */
export function checkFiles(content: TargetContent): Violation[] {
  const { asFiles, pictureAsCover, spoilerMedia } = readTelegramSettings(content.settings);
  const files = planFiles(content);
  return [
    ...(pictureAsCover ? checkCover(files, asFiles) : []),
    ...(spoilerMedia && !files.some(({ kind }) => isOnScreen(kind)) ? [nothingToBlur()] : []),
    ...checkButtons(content, files),
  ];
}

function checkCover(files: readonly PlannedFile[], asFiles: boolean): Violation[] {
  const pointer = '/settings/pictureAsCover';
  if (asFiles) {
    return [
      {
        pointer,
        rule: 'excludes_each_other',
        message: 'A video that is sent as a file has no cover.',
        remedy: 'Keep one of pictureAsCover and asFiles.',
      },
    ];
  }
  if (files.some(({ cover }) => cover !== null)) return [];
  return [
    {
      pointer,
      rule: 'cover_incomplete',
      message: 'A cover needs a picture, and a video to be shown by it.',
      remedy: 'Add what is missing, or leave the setting out.',
    },
  ];
}

function nothingToBlur(): Violation {
  return {
    pointer: '/settings/spoilerMedia',
    rule: 'media_required',
    message: 'Only pictures and videos that are not sent as files can be blurred.',
    remedy: 'Add a picture or a video, or leave the setting out.',
  };
}

/** Under an album there is no room for them, unless the text is a message of its own. */
function checkButtons(content: TargetContent, files: readonly PlannedFile[]): Violation[] {
  const { buttons } = readTelegramSettings(content.settings);
  if (buttons.length === 0 || files.length < 2 || planMessages(content).message !== null) return [];
  return [
    {
      pointer: '/settings/buttons',
      rule: 'buttons_with_album',
      message: 'An album has no buttons.',
      limit: 1,
      actual: files.length,
      remedy: 'Keep one of the files, or put the links into the text.',
    },
  ];
}
