import type { InboxMedia } from '../core/inbox.js';
import type { JsonObject } from '../core/json.js';
import type { Pin, PinImage, PinMedia } from './pinterest.model.js';
import type { PinterestState } from './pinterest.state.js';

const CREATIVE_TYPES = { image: 'REGULAR', multiple_images: 'CAROUSEL', video: 'VIDEO' } as const;
const WIDTHS = { '600x': 600, '1200x': 1200 };

export interface PinReader {
  readonly readerId: string;
  readonly withMetrics?: boolean;
}

export function permalinkOf({ id }: Pin): string {
  return `https://www.pinterest.com/pin/${id}/`;
}

export function pinView(state: PinterestState, pin: Pin, { readerId, withMetrics }: PinReader): JsonObject {
  return {
    id: pin.id,
    // Live answers have no time zone.
    created_at: new Date(pin.createdAt).toISOString().slice(0, 19),
    board_id: pin.board.id,
    board_section_id: pin.sectionId,
    board_owner: { username: state.person(pin.board.ownerId)?.username ?? '' },
    parent_pin_id: null,
    link: pin.link,
    title: pin.title,
    description: pin.description,
    alt_text: pin.altText,
    dominant_color: pin.dominantColor,
    creative_type: CREATIVE_TYPES[pin.media.type],
    has_been_promoted: false,
    is_owner: pin.ownerId === readerId,
    is_standard: true,
    media: mediaView(pin.media),
    pin_metrics: withMetrics === true ? metricsOf(state) : null,
  };
}

function mediaView(media: PinMedia): JsonObject {
  switch (media.type) {
    case 'image':
      return { media_type: 'image', images: sizesOf(media.image.media) };
    case 'multiple_images':
      return { media_type: 'multiple_images', items: media.items.map(itemView) };
    case 'video': {
      const { cover } = media;
      const seen = 'image' in cover ? cover.image : media.video;
      return {
        media_type: 'video',
        cover_image_url: addressOf(seen, '600x'),
        images: sizesOf(seen),
        // Not known while the film is made ready for people.
        ...{ video_url: null, duration: null, width: null, height: null },
      };
    }
  }
}

function itemView({ media, title, description, link }: PinImage): JsonObject {
  return { item_type: 'image', title, description, link, images: sizesOf(media) };
}

function sizesOf(media: InboxMedia): JsonObject {
  const { width = 0, height = 0 } = media;
  const sizes = Object.entries(WIDTHS).map(([name, most]) => {
    const shown = Math.min(width, most);
    const scaled = width === 0 ? 0 : Math.round((height * shown) / width);
    return [name, { width: shown, height: scaled, url: addressOf(media, name) }] as const;
  });
  return Object.fromEntries(sizes);
}

function addressOf({ sha256 }: InboxMedia, size: string): string {
  return `https://i.pinimg.com/${size}/${sha256}.jpg`;
}

function metricsOf({ settings }: PinterestState): JsonObject {
  const counted = {
    pin_click: settings.pinClicks,
    impression: settings.impressions,
    clickthrough: settings.outboundClicks,
    save: settings.saves,
  };
  const lifetime = { ...counted, reaction: settings.reactions, comment: settings.comments };
  return { '90d': counted, lifetime_metrics: lifetime };
}
