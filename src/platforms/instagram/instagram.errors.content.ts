import type { ErrorRow } from '../core/index.js';

const sheet = 'Fact sheet §7 (Graph API v26.0, 2026-10)';

type Refusal = readonly [subcode: string, name: string, message: string, remedy: string];

/** What Instagram does not take, by the subcode alone: the codes beside them mean many things. */
const refusals: readonly Refusal[] = [
  [
    '2207010',
    'caption_too_long',
    'The caption is too long, or has too many hashtags or mentions.',
    'Shorten it.',
  ],
  [
    '2207009',
    'media_ratio',
    'Instagram does not take the shape of the picture.',
    'Set `fit` of the file to "crop" or "pad".',
  ],
  ['2207005', 'image_format', 'Instagram does not take this type of picture.', 'Give the post a JPEG.'],
  ['2207083', 'image_format', 'Instagram does not take this type of picture.', 'Give the post a JPEG.'],
  ['2207004', 'image_too_large', 'The picture has too many bytes.', 'Give the post a smaller one.'],
  [
    '2207026',
    'video_format',
    'Instagram does not take this kind of video.',
    'Convert it to MP4 with H.264 and AAC.',
  ],
  [
    '2207023',
    'media_type_invalid',
    'Instagram does not know this kind of post.',
    'Report it: Fanfare should not ask for it.',
  ],
  [
    '2207089',
    'video_needs_reel',
    'A single video has to be a reel.',
    'Report it: Fanfare should not ask for it.',
  ],
  ['2207028', 'carousel_count', 'A carousel has 2 to 10 items.', 'Leave some of them out.'],
  [
    '2207057',
    'cover_offset',
    'The video is shorter than the offset of its cover.',
    'Correct `coverOffsetMs`.',
  ],
  [
    '2207081',
    'trial_reels_unavailable',
    'The account cannot publish trial reels.',
    'Publish it without `trial`.',
  ],
  [
    '2207018',
    'user_not_accessible',
    'A tagged person is not accessible.',
    'Leave the person out of `userTags` and `collaborators`.',
  ],
  [
    '2207066',
    'user_not_taggable',
    'A tagged person does not want to be tagged.',
    'Leave the person out of `userTags` and `collaborators`.',
  ],
  ...['2207035', '2207036', '2207037', '2207040'].map((subcode): Refusal => [
    subcode,
    'tags_refused',
    'Instagram does not take the tags.',
    'Correct `userTags`.',
  ]),
  [
    '1772107',
    'comment_refused',
    'Instagram did not add the comment.',
    'Publish it with another first comment, or without.',
  ],
  [
    '2207073',
    'not_deletable',
    'Instagram does not delete this kind of post by API.',
    'Delete it in the Instagram app.',
  ],
  [
    '2207085',
    'not_deletable',
    'Instagram does not delete this post by API.',
    'Delete it in the Instagram app.',
  ],
];

/** Codes that come with one subcode only: without it they mean the same. */
const alone: readonly (readonly [code: string, name: string])[] = [
  ['36004', 'caption_too_long'],
  ['36003', 'media_ratio'],
  ['36001', 'image_format'],
  ['36000', 'image_too_large'],
  ['352', 'video_format'],
];

export const contentRows: readonly ErrorRow[] = [
  ...refusals.map(([subcode, name, message, remedy]): ErrorRow => ({
    subcode,
    kind: 'content_refused',
    name,
    message,
    remedy,
    evidence: `${sheet}: ${subcode}`,
  })),
  ...alone.flatMap(([code, wanted]): ErrorRow[] => {
    const same = refusals.find(([, name]) => name === wanted);
    if (same === undefined) return [];
    const [, name, message, remedy] = same;
    return [{ code, kind: 'content_refused', name, message, remedy, evidence: `${sheet}: ${code}` }];
  }),
];
