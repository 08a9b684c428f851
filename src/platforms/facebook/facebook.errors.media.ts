import type { ErrorRow } from '../core/index.js';
import { numbered } from './facebook.errors.content.js';

const sheet = 'Fact sheet §8 (Graph API v26.0, 2026-10)';
const convert = 'Convert the file, and publish the post again.';
const again = 'Nothing: it is tried again.';

const particular: readonly ErrorRow[] = [
  {
    code: '324',
    subcode: '2069019',
    kind: 'transient',
    name: 'image_not_fetched',
    message: 'Facebook found no image where it looked for one.',
    remedy: `${again} If it stays so, choose another picture.`,
    provesNothingCreated: true,
    evidence: `${sheet}: 324/2069019 says is_transient whatever its cause`,
  },
  ...numbered('2069019', {
    kind: 'content_refused',
    name: 'file_invalid',
    message: 'Facebook cannot use the file.',
    remedy: convert,
    evidence: `${sheet}: 2069019`,
  }),
  ...numbered('1366046', {
    kind: 'content_refused',
    name: 'photo_invalid',
    message: 'Facebook does not take the photo: its type, or more than 4 MB.',
    remedy: 'Make it a JPEG or PNG of less than 4 MB.',
    evidence: `${sheet} and §6: 1366046`,
  }),
  {
    code: '6000',
    subcode: '1363019',
    kind: 'transient',
    name: 'transfer_failed',
    message: 'Facebook lost a piece of the video.',
    remedy: again,
    provesNothingCreated: true,
    evidence: `${sheet}: 6000/1363019 with HTTP 500`,
  },
  {
    code: '6001',
    subcode: '1363037',
    kind: 'transient',
    name: 'transfer_offset',
    message: 'Facebook wants the video from another place on.',
    remedy: 'Nothing: it goes on there.',
    provesNothingCreated: true,
    evidence: `${sheet}: 6001/1363037`,
  },
  ...(
    [
      ['6000', '1363048'],
      ['2', '1363047'],
    ] as const
  ).map(([code, subcode]): ErrorRow => ({
    code,
    subcode,
    kind: 'transient',
    name: 'upload_incomplete',
    message: 'The video has not arrived as a whole.',
    remedy: again,
    provesNothingCreated: true,
    evidence: `${sheet}: ${code}/${subcode}`,
  })),
  {
    code: '352',
    kind: 'content_refused',
    name: 'video_format',
    message: 'Facebook does not take videos of this format.',
    remedy: convert,
    evidence: `${sheet}: 352`,
  },
  {
    code: '382',
    kind: 'content_refused',
    name: 'video_too_small',
    message: 'Facebook finds the video too small.',
    remedy: 'Use a larger one.',
    evidence: `${sheet}: 382`,
  },
  {
    code: '389',
    subcode: '1363057',
    kind: 'content_refused',
    name: 'video_not_fetched',
    message: 'Facebook could not fetch the video from its address.',
    remedy: again,
    evidence: `${sheet}: 389/1363057`,
  },
  {
    code: '390',
    kind: 'content_refused',
    name: 'video_refused',
    message: 'Facebook did not take the video.',
    remedy: convert,
    evidence: `${sheet}: 390, not confirmed`,
  },
  {
    code: '6000',
    kind: 'content_refused',
    name: 'video_unusable',
    message: 'Facebook cannot use the file of the video.',
    remedy: convert,
    evidence: `${sheet}: 6000; also of an empty upload`,
  },
  {
    code: 'rupload_retriable',
    kind: 'transient',
    name: 'upload_interrupted',
    message: 'The upload was interrupted.',
    remedy: 'Nothing: it goes on where it stopped.',
    evidence: 'Fact sheet §3.2: debug_info with retriable true',
  },
  {
    code: 'rupload_refused',
    kind: 'content_refused',
    name: 'upload_refused',
    message: 'Facebook does not take the file.',
    remedy: convert,
    evidence: 'Fact sheet §3.2: debug_info with retriable false',
  },
];

const general: readonly ErrorRow[] = [
  {
    code: '100',
    kind: 'content_refused',
    name: 'parameter_invalid',
    message: 'Facebook does not take the post as it is.',
    remedy: "Read Facebook's words in the attempt; change the post and publish it again.",
    evidence: `${sheet}: 100`,
  },
];

export const mediaRows = { particular, general };
