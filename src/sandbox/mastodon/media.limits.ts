import type { Attachment } from './status.store.js';

export const MEDIA_LIMITS = {
  imageBytes: 16_777_216,
  imagePixels: 33_177_600,
  videoBytes: 103_809_024,
  description: 1500,
} as const;

export const MEDIA_TYPES: ReadonlyMap<string, Attachment['kind']> = new Map([
  ['image/jpeg', 'image'],
  ['image/png', 'image'],
  ['image/gif', 'gifv'],
  ['image/webp', 'image'],
  ['image/heic', 'image'],
  ['image/heif', 'image'],
  ['image/avif', 'image'],
  ['video/webm', 'video'],
  ['video/mp4', 'video'],
  ['video/quicktime', 'video'],
  ['audio/mpeg', 'audio'],
  ['audio/mp3', 'audio'],
  ['audio/ogg', 'audio'],
  ['audio/wav', 'audio'],
  ['audio/flac', 'audio'],
  ['audio/aac', 'audio'],
  ['audio/mp4', 'audio'],
]);
