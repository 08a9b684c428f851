import type { ErrorRow } from '../core/index.js';

const errorPage = 'YouTube Data API, errors, as of 2026-09';
const resumable = 'YouTube Data API, resumable uploads, as of 2026-09';
const uploads = ['sendPiece', 'finishUpload', 'probeSession'];

function field(name: string, codes: readonly string[], what: string, remedy: string): ErrorRow {
  return {
    status: 400,
    code: codes,
    kind: 'content_refused',
    name,
    message: `YouTube does not take ${what}.`,
    remedy,
    evidence: errorPage,
  };
}

/** What is wrong with a video, a thumbnail, a comment; and uploads. */
export const contentRows: readonly ErrorRow[] = [
  {
    status: [404, 410],
    operation: uploads,
    kind: 'transient',
    name: 'session_gone',
    message: 'YouTube does not know the upload any more.',
    remedy: 'Nothing to do: Fanfare begins another one.',
    provesNothingCreated: true,
    outage: false,
    evidence: `${resumable}: a session that has ended makes no video, a new one has to be opened`,
  },
  {
    status: 400,
    code: ['badRequest', 'INVALID_ARGUMENT'],
    // Of the last piece it proves nothing: the session may be complete.
    operation: ['sendPiece', 'probeSession'],
    kind: 'content_refused',
    source: 'system',
    name: 'piece_refused',
    message: 'YouTube does not take a piece of the file as it was sent.',
    remedy: 'Report it: pieces are cut as the documents want it.',
    evidence: resumable,
  },
  field('title_refused', ['invalidTitle'], 'the title', 'Use another title.'),
  field(
    'description_refused',
    ['invalidDescription'],
    'the description',
    'Use another text, without < and >.',
  ),
  field('tags_refused', ['invalidTags'], 'the tags', 'Use fewer or other tags.'),
  field('category_refused', ['invalidCategoryId'], 'the category', 'Choose one of those that are offered.'),
  {
    ...field(
      'thumbnail_refused',
      ['invalidImage', 'mediaBodyRequired'],
      'the thumbnail',
      'Use another picture.',
    ),
    operation: 'setThumbnail',
  },
  {
    ...field(
      'comment_refused',
      ['processingFailure', 'commentTextTooLong'],
      'the comment',
      'Use other words.',
    ),
    operation: 'createComment',
  },
  field(
    'metadata_refused',
    [
      ...['invalidPublishAt', 'invalidVideoMetadata', 'invalidFilename', 'invalidRecordingDetails'],
      ...['defaultLanguageNotSet', 'mediaBodyRequired'],
    ],
    'what is said of the video',
    "Look at the attempt, which has YouTube's own words.",
  ),
  {
    status: 403,
    code: 'forbiddenPrivacySetting',
    kind: 'content_refused',
    name: 'privacy_refused',
    message: 'The channel may not publish with this privacy.',
    remedy: 'Choose another one.',
    evidence: errorPage,
  },
  {
    status: 403,
    code: 'forbiddenLicenseSetting',
    kind: 'content_refused',
    name: 'license_refused',
    message: 'The channel may not publish under this licence.',
    remedy: 'Choose another one.',
    evidence: errorPage,
  },
  {
    status: 404,
    code: 'playlistNotFound',
    kind: 'content_refused',
    name: 'playlist_not_found',
    message: 'The channel has no such playlist.',
    remedy: 'Choose one of those that are offered.',
    evidence: 'YouTube Data API, playlistItems.insert',
  },
  {
    status: 404,
    code: ['videoNotFound', 'commentNotFound', 'notFound', 'NOT_FOUND'],
    kind: 'content_refused',
    name: 'not_found',
    message: 'YouTube has no such video (any more).',
    remedy: 'Nothing to do, unless it was not you who deleted it.',
    evidence: errorPage,
  },
];
