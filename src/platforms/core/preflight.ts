import type { Violation } from '../../common/errors/index.js';
import type { AccountRef } from './account.js';
import type { MediaLimit, PlatformCapabilities, TextLimit } from './capabilities.js';
import type { MediaItem, TargetContent } from './content.js';
import { brokenRules } from './media/media-rules.js';
import { measureText } from './text.js';
import { rulesFor, type PostRules } from './variants.js';

/** What the generic check needs of a publisher. */
export interface PreflightSubject {
  readonly descriptor: { readonly name: string };
  capabilitiesFor(account: AccountRef): PlatformCapabilities;
  composeText(content: TargetContent, part: number): string;
  textLength(text: string, account: AccountRef): number | null;
}

interface Part {
  readonly pointer: string;
  readonly text: string;
  readonly media: readonly MediaItem[];
}

function partsOf(subject: PreflightSubject, content: TargetContent): Part[] {
  const first: Part = { pointer: '', text: subject.composeText(content, 0), media: content.media };
  const rest = content.thread.map((part, index) => ({
    pointer: `/thread/${index}`,
    text: subject.composeText(content, index + 1),
    media: part.media,
  }));
  return [first, ...rest];
}

const unitWords: Record<TextLimit['unit'], string> = {
  graphemes: 'characters',
  utf8_bytes: 'bytes',
  utf16_units: 'characters',
  code_points: 'characters',
  emoji_bytes: 'characters (an emoji counts as its bytes)',
  weighted: 'characters as the platform weighs them',
};

function checkText(
  part: Part,
  { text }: PostRules,
  subject: PreflightSubject,
  account: AccountRef,
): Violation[] {
  const pointer = `${part.pointer}/text`;
  if (part.text.trim() === '' && (part.media.length === 0 || !text.optionalWithMedia)) {
    return [
      {
        pointer,
        rule: 'text_required',
        message: `${subject.descriptor.name} needs text${text.optionalWithMedia ? ' or media' : ''}.`,
        remedy: 'Add a text to the post or to this target.',
      },
    ];
  }
  const limits = part.media.length > 0 ? (text.limitsWithMedia ?? text.limits) : text.limits;
  const violations: Violation[] = [];
  for (const limit of limits) {
    const actual = subject.textLength(part.text, account) ?? measureText(part.text, limit.unit);
    if (actual <= limit.max) continue;
    violations.push({
      pointer,
      rule: 'text_too_long',
      message: `${subject.descriptor.name} takes at most ${limit.max} ${unitWords[limit.unit]}; this text has ${actual}.`,
      limit: limit.max,
      actual,
      remedy: `Shorten it by ${actual - limit.max}, or give this target a text of its own.`,
    });
  }
  return violations;
}

function checkAltText({ altText }: MediaItem, { maxAltText }: MediaLimit): Omit<Violation, 'pointer'>[] {
  const actual = (altText ?? '').length;
  if (maxAltText === 0 || actual <= maxAltText) return [];
  return [
    {
      rule: 'alt_text_too_long',
      message: `The alternative text may have at most ${maxAltText} characters.`,
      limit: maxAltText,
      actual,
      remedy: 'Shorten the alternative text.',
    },
  ];
}

function checkMix(part: Part, { media }: PostRules, name: string): Violation[] {
  const pointer = `${part.pointer}/media`;
  const violations: Violation[] = [];
  const kinds = [...new Set(part.media.map((item) => item.kind))];
  const counts = kinds.map((kind) => ({
    max: media.limits.find((limit) => limit.kind === kind)?.maxItems ?? media.maxItems,
    actual: part.media.filter((item) => item.kind === kind).length,
    what: `${kind}s`,
  }));
  const all = { max: media.maxItems, actual: part.media.length, what: 'of these' };
  const tooMany = [...counts, all].find(({ max, actual }) => actual > max);
  if (tooMany !== undefined) {
    violations.push({
      pointer,
      rule: 'too_many_media',
      message: `${name} takes at most ${tooMany.max} ${kinds.length > 1 ? tooMany.what : 'of these'} in one post.`,
      limit: tooMany.max,
      actual: tooMany.actual,
      remedy: 'Remove some, or give this target media of its own.',
    });
  }
  const known = kinds.every((kind) => media.limits.some((limit) => limit.kind === kind));
  if (known && kinds.length > 1 && !media.mixes.some((mix) => kinds.every((kind) => mix.includes(kind)))) {
    violations.push({
      pointer,
      rule: 'media_mix',
      message: `${name} does not take ${kinds.join(' and ')} in one post.`,
      limit: media.mixes.map((mix) => mix.join('+')),
      actual: kinds.join('+'),
      remedy:
        'Keep one kind, give this target media of its own, or set `"mediaSelection": "best-fit"` in its settings.',
    });
  }
  return violations;
}

function checkMedia(part: Part, rules: PostRules, name: string): Violation[] {
  const violations = part.media.flatMap((item, index): Violation[] => {
    const pointer = `${part.pointer}/media/${index}`;
    const limit = rules.media.limits.find((candidate) => candidate.kind === item.kind);
    if (limit === undefined) {
      return [
        {
          pointer,
          rule: 'media_kind_unsupported',
          message: `${name} takes no ${item.kind} in this kind of post.`,
          limit: rules.media.limits.map((candidate) => candidate.kind),
          actual: item.kind,
          remedy: 'Remove it, or give this target media of its own.',
        },
      ];
    }
    return [...brokenRules(item, limit), ...checkAltText(item, limit)].map((broken) => ({
      pointer,
      ...broken,
    }));
  });
  return [...violations, ...checkMix(part, rules, name)];
}

/** What nothing goes out without. */
function checkLeast(content: TargetContent, { media }: PostRules, name: string): Violation[] {
  const least = media.minItems ?? 0;
  if (content.media.length >= least) return [];
  const kinds = media.limits.map((limit) => limit.kind).join(' or ');
  return [
    {
      pointer: '/media',
      rule: 'media_required',
      message: `${name} needs ${least === 1 ? `a file (${kinds})` : `at least ${least} files (${kinds})`} in this kind of post.`,
      limit: least,
      actual: content.media.length,
      remedy: 'Add media to the post or to this target.',
    },
  ];
}

function checkThread(content: TargetContent, { maxThreadParts }: PostRules, name: string): Violation[] {
  if (content.thread.length <= maxThreadParts) return [];
  return [
    {
      pointer: '/thread',
      rule: maxThreadParts === 0 ? 'thread_unsupported' : 'thread_too_long',
      message:
        maxThreadParts === 0
          ? `${name} has no threads.`
          : `${name} takes at most ${maxThreadParts} parts after the first.`,
      limit: maxThreadParts,
      actual: content.thread.length,
      remedy: 'Give this target `"thread": []`, or fewer parts.',
    },
  ];
}

/** Checks content against the capabilities that hold for the account; returns every violation at once. */
export function checkContent(
  subject: PreflightSubject,
  content: TargetContent,
  account: AccountRef,
): Violation[] {
  const rules = rulesFor(subject.capabilitiesFor(account), content);
  const { name } = subject.descriptor;
  return [
    ...checkLeast(content, rules, name),
    ...partsOf(subject, content).flatMap((part) => [
      ...checkText(part, rules, subject, account),
      ...checkMedia(part, rules, name),
    ]),
    ...checkThread(content, rules, name),
  ];
}
