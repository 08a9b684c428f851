import { PublishError } from '../core/index.js';
import type { ContainerState } from './threads.answers.js';

/** What `error_message` of a container says, and what helps. */
const reasons: Readonly<Record<string, readonly [name: string, message: string, remedy: string]>> = {
  FAILED_DOWNLOADING_VIDEO: [
    'media_unreachable',
    'Threads could not fetch the video from here.',
    'Check POST /api/v1/media/{id}/check-url, and that no robots.txt keeps Meta out.',
  ],
  FAILED_PROCESSING_AUDIO: ['audio_unreadable', 'Threads cannot read the sound of the video.', convert()],
  FAILED_PROCESSING_VIDEO: ['video_unreadable', 'Threads cannot read the video.', convert()],
  INVALID_ASPEC_RATIO: ['media_ratio', 'Threads does not take the shape of the file.', 'Crop it.'],
  INVALID_BIT_RATE: ['media_bit_rate', 'The bit rate of the video is too high.', convert()],
  INVALID_DURATION: ['media_duration', 'The video is too long or too short.', 'Cut it to at most 5 minutes.'],
  INVALID_FRAME_RATE: ['media_frame_rate', 'The frame rate is not between 23 and 60 a second.', convert()],
  INVALID_AUDIO_CHANNELS: [
    'audio_channels',
    'Threads does not take the number of sound channels.',
    convert(),
  ],
  INVALID_AUDIO_CHANNEL_LAYOUT: [
    'audio_layout',
    'Threads does not take the order of the channels.',
    convert(),
  ],
};

/** Reasons that another container may not meet. */
const passing = ['FAILED_DOWNLOADING_VIDEO', 'UNKNOWN'];

function convert(): string {
  return 'Convert it to MP4 with H.264 at 30 frames a second and AAC in stereo.';
}

/** Whether a new container may go better than this one. */
export function mayBeRebuilt({ status, errorMessage }: ContainerState): boolean {
  return status === 'EXPIRED' || passing.includes(errorMessage ?? 'UNKNOWN');
}

/** A container that will never be published. */
export function containerFailure({ status, errorMessage }: ContainerState): PublishError {
  const [name, message, remedy] = reasons[errorMessage ?? ''] ?? [
    status === 'EXPIRED' ? 'container_expired' : 'processing_failed',
    'Threads could not make a post of this, and did not say why.',
    'Publish it again; if it fails again, try another file.',
  ];
  return new PublishError({
    kind: 'content_refused',
    code: `threads.${name}`,
    platformCode: errorMessage ?? status,
    message,
    remedy,
  });
}

/** A look that shows nothing for certain yet. */
export function notYetToBeTold(message: string): PublishError {
  return new PublishError({
    kind: 'transient',
    code: 'threads.not_yet_listed',
    message,
    remedy: 'Nothing: Fanfare looks again.',
  });
}
