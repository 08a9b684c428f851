import type { InboxEntry, InboxMedia } from '../core/inbox.js';
import type { JsonObject } from '../core/json.js';
import type { Pin, PinMedia } from './pinterest.model.js';
import type { PinterestState } from './pinterest.state.js';
import { permalinkOf, pinView } from './pin.view.js';

/** Every pin as a person sees it, the oldest first. */
export function inboxOf(state: PinterestState): InboxEntry[] {
  return [...state.pins.all()].reverse().map((pin) => entryOf(state, pin));
}

function entryOf(state: PinterestState, pin: Pin): InboxEntry {
  const { board, media } = pin;
  return {
    platform: 'pinterest',
    account: pin.ownerId,
    postId: pin.id,
    permalink: permalinkOf(pin),
    text: pin.description ?? '',
    media: mediaOf(media),
    linkCard: pin.link === null ? null : { url: pin.link, title: null, description: null, image: null },
    replyTo: null,
    visibility: board.privacy.toLowerCase(),
    spoiler: null,
    createdAt: new Date(pin.createdAt).toISOString(),
    extra: {
      title: pin.title,
      altText: pin.altText,
      link: pin.link,
      board: board.name,
      boardId: board.id,
      section: board.sections.find(({ id }) => id === pin.sectionId)?.name ?? null,
      dominantColor: pin.dominantColor,
      ...detailsOf(media),
    },
    raw: pinView(state, pin, { readerId: pin.ownerId }),
  };
}

function mediaOf(media: PinMedia): InboxMedia[] {
  switch (media.type) {
    case 'image':
      return [media.image.media];
    case 'multiple_images':
      return media.items.map((item) => item.media);
    case 'video':
      return [media.video];
  }
}

function detailsOf(media: PinMedia): JsonObject {
  switch (media.type) {
    case 'image':
      return {};
    case 'multiple_images': {
      const items = media.items.map(({ title, description, link }) => ({ title, description, link }));
      return { items, index: media.index };
    }
    case 'video': {
      const { cover } = media;
      return { cover: 'image' in cover ? { sha256: cover.image.sha256 } : { ...cover } };
    }
  }
}
