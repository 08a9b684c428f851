import type { Violation } from '../../common/errors/index.js';
import type { TargetContent } from '../core/index.js';
import { altTextLimit, linkLimit } from './pinterest.capabilities.js';
import { altTextOf } from './pinterest.pin.js';
import { readPinterestSettings } from './pinterest.settings.js';

/** `?post=` and 15 digits: by them the pin is found again. */
const markLength = 21;

/** What Pinterest refuses beside lengths and files. Pointers are relative to the target. */
export function checkRules(content: TargetContent): Violation[] {
  return [
    ...checkLink(content),
    ...checkAltTexts(content),
    ...checkSizes(content),
    ...checkSettings(content),
  ];
}

function checkLink({ link }: TargetContent): Violation[] {
  if (link === null) return [];
  const [limit, actual] = [linkLimit - markLength, link.length];
  if (!/^https?:\/\//i.test(link)) {
    return [
      {
        pointer: '/link',
        rule: 'link_invalid',
        message: 'The link of a pin is a web address.',
        remedy: 'Begin it with https://.',
      },
    ];
  }
  if (actual <= limit) return [];
  return [
    {
      ...{ pointer: '/link', rule: 'link_too_long', limit, actual },
      message: `Pinterest takes links of at most ${linkLimit} characters, ${markLength} of which mark the pin; this one has ${actual}.`,
      remedy: 'Use a shorter address.',
    },
  ];
}

function checkAltTexts(content: TargetContent): Violation[] {
  const actual = altTextOf(content).length;
  if (content.media.length < 2 || actual <= altTextLimit) return [];
  return [
    {
      ...{ pointer: '/media', rule: 'alt_text_too_long', limit: altTextLimit, actual },
      message: `A carousel has one alternative text of at most ${altTextLimit} characters; those of its pictures have ${actual} together.`,
      remedy: 'Shorten them.',
    },
  ];
}

/** All pictures of a carousel have one size. What is not known is not judged. */
function checkSizes({ media }: TargetContent): Violation[] {
  const known = media.filter(
    ({ kind, width, height }) => kind === 'image' && width !== null && height !== null,
  );
  const sizes = [...new Set(known.map(({ width, height }) => `${width ?? 0}×${height ?? 0}`))];
  if (sizes.length < 2) return [];
  return [
    {
      pointer: '/media',
      rule: 'sizes_differ',
      message: `Pinterest wants all pictures of a carousel in the same size; these have ${sizes.join(', ')}.`,
      actual: sizes.join(', '),
      remedy: 'Cut them to the same size, or give this target one picture.',
    },
  ];
}

function checkSettings({ media, settings }: TargetContent): Violation[] {
  const { coverSeconds, coverIndex, slides } = readPinterestSettings(settings);
  const pictures = media.filter(({ kind }) => kind === 'image').length;
  const [video] = media.filter(({ kind }) => kind === 'video');
  const isCarousel = pictures > 1;
  const needs = (name: string, what: string): Violation => ({
    pointer: `/settings/${name}`,
    rule: `needs_${what.replace(' ', '_')}`,
    message: `${name} is said of a ${what}, and this post is none.`,
    remedy: `Leave ${name} out.`,
  });
  return [
    ...(coverSeconds !== null && video === undefined ? [needs('coverSeconds', 'video')] : []),
    ...(coverIndex !== null && !isCarousel ? [needs('coverIndex', 'carousel')] : []),
    ...(slides.length > 0 && !isCarousel ? [needs('slides', 'carousel')] : []),
    ...(isCarousel ? checkCounts(pictures, { coverIndex, slides: slides.length }) : []),
  ];
}

function checkCounts(pictures: number, given: { coverIndex: number | null; slides: number }): Violation[] {
  const { coverIndex, slides } = given;
  const beyond = (name: string, actual: number): Violation => ({
    ...{ pointer: `/settings/${name}`, rule: 'beyond_carousel', limit: pictures, actual },
    message: `The carousel has ${pictures} pictures; ${name} speaks of more.`,
    remedy: 'Say it of pictures that are there.',
  });
  return [
    ...(coverIndex !== null && coverIndex >= pictures ? [beyond('coverIndex', coverIndex + 1)] : []),
    ...(slides > pictures ? [beyond('slides', slides)] : []),
  ];
}
