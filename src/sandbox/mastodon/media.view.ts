import type { JsonObject } from '../core/json.js';
import type { MastodonState } from './mastodon.state.js';
import type { Attachment } from './status.store.js';

export function mediaView(state: MastodonState, attachment: Attachment): JsonObject {
  const url =
    attachment.pollsLeft > 0 ? null : `${state.base}/system/media_attachments/${attachment.id}/original`;
  const { width, height, focus } = attachment;
  const original = width === null || height === null ? {} : { width, height, size: `${width}x${height}` };
  return {
    id: attachment.id,
    type: attachment.kind,
    url,
    preview_url: previewOf(state, attachment, url),
    remote_url: null,
    text_url: null,
    meta: { original, ...(focus === null ? {} : { focus: { x: focus[0], y: focus[1] } }) },
    description: attachment.description,
    blurhash: null,
  };
}

function previewOf(
  { base }: MastodonState,
  { id, kind, thumbnail }: Attachment,
  url: string | null,
): string | null {
  if (url === null || thumbnail === null) return kind === 'audio' ? null : url;
  return `${base}/system/media_attachments/${id}/thumbnail`;
}
