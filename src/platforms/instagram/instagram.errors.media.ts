import type { ErrorRow } from '../core/index.js';

const sheet = 'Fact sheet §7 (Graph API v26.0, 2026-10)';
const again = 'Nothing: it is tried again.';

const publishing: readonly ErrorRow[] = [
  {
    subcode: '2207027',
    kind: 'transient',
    name: 'not_ready',
    message: 'Instagram says that the container is not ready, although it said so.',
    remedy: 'Nothing: its state is read, and it is published again.',
    evidence: `${sheet}: 9007/2207027, is_transient false; §8: also of a container that is out`,
  },
  {
    code: '9007',
    kind: 'transient',
    name: 'not_ready',
    message: 'Instagram says that the container is not ready, although it said so.',
    remedy: 'Nothing: its state is read, and it is published again.',
    evidence: `${sheet}: 9007`,
  },
  {
    subcode: '2207006',
    operation: 'publish',
    kind: 'transient',
    name: 'media_not_found_yet',
    message: 'Instagram does not find the container yet, although it is finished.',
    remedy: 'Nothing: its state is read, and it is published again.',
    evidence: `${sheet}: 24/2207006 right after FINISHED is a race`,
  },
  {
    subcode: '2207006',
    kind: 'content_refused',
    name: 'media_missing',
    message: 'The media are not there, or the account may not use them.',
    remedy: 'Publish the post again.',
    evidence: `${sheet}: 24/2207006`,
  },
  {
    subcode: '2207008',
    kind: 'transient',
    name: 'container_gone',
    message: 'Instagram does not know the container (any more): expired, or published.',
    remedy: 'Nothing: its state is read.',
    evidence: `${sheet}: 24/2207008; §8: also of a container that is out`,
  },
];

const fetching: readonly ErrorRow[] = [
  {
    subcode: '2207052',
    kind: 'transient',
    name: 'media_unreachable',
    message: 'Instagram could not fetch a file from here.',
    remedy:
      'It is tried again. Check POST /api/v1/media/{id}/check-url, and that no robots.txt keeps Meta out.',
    evidence: `${sheet}: 9004/2207052, often passing`,
  },
  {
    code: '9004',
    kind: 'transient',
    name: 'media_unreachable',
    message: 'Instagram could not fetch a file from here.',
    remedy:
      'It is tried again. Check POST /api/v1/media/{id}/check-url, and that no robots.txt keeps Meta out.',
    evidence: `${sheet}: 9004`,
  },
  {
    subcode: '2207003',
    kind: 'transient',
    name: 'media_download_timeout',
    message: 'Instagram took too long to fetch a file from here.',
    remedy: 'It is tried again. A faster connection, or media in S3, helps.',
    evidence: `${sheet}: -2/2207003`,
  },
  {
    subcode: '2207020',
    kind: 'transient',
    name: 'media_expired',
    message: 'The media have expired at Instagram.',
    remedy: 'Nothing: they are sent again.',
    evidence: `${sheet}: -2/2207020`,
  },
];

const processing: readonly ErrorRow[] = [
  ...(
    [
      ['2207053', 'upload_failed', 'Instagram lost the upload for an unknown reason.'],
      ['2207076', 'video_not_processed', 'Instagram could not fetch or work up the video.'],
      ['2207077', 'video_not_processed', 'Instagram could not fetch or work up the video.'],
      ['2207082', 'transcoding_failed', 'Instagram could not convert the video.'],
    ] as const
  ).map(([subcode, name, message]): ErrorRow => ({
    subcode,
    kind: 'transient',
    name,
    message,
    remedy: `${again} If it stays so: upright, 9:16, with a shorter side of at least 640 pixels.`,
    evidence: `${sheet}: ${subcode}, build anew once`,
  })),
  {
    code: 'rupload_retriable',
    kind: 'transient',
    name: 'upload_interrupted',
    message: 'The upload was interrupted.',
    remedy: again,
    evidence: 'Fact sheet §3: debug_info with retriable true',
  },
  {
    code: 'rupload_refused',
    kind: 'content_refused',
    name: 'upload_refused',
    message: 'Instagram does not take the file.',
    remedy: 'Convert the file, and publish the post again.',
    evidence: 'Fact sheet §7: ProcessingFailedError with retriable false',
  },
];

export const mediaRows: readonly ErrorRow[] = [...publishing, ...fetching, ...processing];
