import type { Violation } from '../../common/errors/index.js';
import type { TargetContent } from '../core/index.js';
import { readBlueskySettings } from './bluesky.settings.js';

/** What cannot be said by limits. Pointers are relative to the target. */
export function checkPost(content: TargetContent): Violation[] {
  return [...checkCard(content), ...checkRepliers(content)];
}

function checkCard({ link, media, settings }: TargetContent): Violation[] {
  if (!readBlueskySettings(settings).linkCard.picture) return [];
  const pointer = '/settings/linkCard/picture';
  if (link === null) {
    return [
      {
        pointer,
        rule: 'link_required',
        message: 'There is no link whose card could have the picture.',
        remedy: 'Give the post a link, or remove the setting linkCard.picture.',
      },
    ];
  }
  const [first] = media;
  if (media.length === 1 && first?.kind === 'image') return [];
  const actual = media.length === 1 ? (first?.kind ?? '') : media.length;
  return [
    {
      ...{ pointer, rule: 'card_picture', limit: 1, actual },
      message: 'The card of a link has one picture, which does not move.',
      remedy: 'Give this target one still picture as its media, or remove the setting linkCard.picture.',
    },
  ];
}

function checkRepliers({ settings }: TargetContent): Violation[] {
  const { whoMayReply } = readBlueskySettings(settings);
  if (!whoMayReply.includes('nobody') || whoMayReply.length === 1) return [];
  return [
    {
      pointer: '/settings/whoMayReply',
      rule: 'nobody_or_some',
      message: 'Where nobody may reply, there is nobody else who may.',
      actual: whoMayReply.join(', '),
      remedy: 'Remove nobody, or everything else.',
    },
  ];
}
