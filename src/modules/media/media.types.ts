import type { MediaKind } from '../../platforms/core/index.js';

export interface AcceptedType {
  readonly kind: MediaKind;
  /** As platforms and browsers call it. */
  readonly mimeType: string;
}

const accepted: Readonly<Record<string, AcceptedType>> = {
  'image/jpeg': { kind: 'image', mimeType: 'image/jpeg' },
  'image/png': { kind: 'image', mimeType: 'image/png' },
  // The first frame of an animated PNG is a PNG to everybody who does not know the rest.
  'image/apng': { kind: 'image', mimeType: 'image/png' },
  'image/webp': { kind: 'image', mimeType: 'image/webp' },
  'image/avif': { kind: 'image', mimeType: 'image/avif' },
  'image/heic': { kind: 'image', mimeType: 'image/heic' },
  'image/heif': { kind: 'image', mimeType: 'image/heif' },
  'image/gif': { kind: 'gif', mimeType: 'image/gif' },
  'video/mp4': { kind: 'video', mimeType: 'video/mp4' },
  'video/x-m4v': { kind: 'video', mimeType: 'video/mp4' },
  'video/quicktime': { kind: 'video', mimeType: 'video/quicktime' },
  'video/vnd.avi': { kind: 'video', mimeType: 'video/x-msvideo' },
  'video/webm': { kind: 'video', mimeType: 'video/webm' },
  'audio/mpeg': { kind: 'audio', mimeType: 'audio/mpeg' },
  'audio/x-m4a': { kind: 'audio', mimeType: 'audio/mp4' },
  'application/pdf': { kind: 'document', mimeType: 'application/pdf' },
};

export const acceptedTypes: readonly string[] = [
  ...new Set(Object.values(accepted).map((type) => type.mimeType)),
];

/** Null when this type of bytes is not taken. */
export function acceptedType(detected: string): AcceptedType | null {
  return Object.hasOwn(accepted, detected) ? (accepted[detected] ?? null) : null;
}
