import type { Violation } from '../../common/errors/index.js';
import type { AccountRef } from './account.js';
import type { MediaLimit, PlatformCapabilities, TextLimit } from './capabilities.js';
import type { MediaItem, TargetContent } from './content.js';
import { brokenRules } from './media/media-rules.js';
import { measureText } from './text.js';

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
};

function checkText(
  part: Part,
  capabilities: PlatformCapabilities,
  subject: PreflightSubject,
  account: AccountRef,
): Violation[] {
  const { text } = capabilities;
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

function checkMix(part: Part, capabilities: PlatformCapabilities, name: string): Violation[] {
  const { media } = capabilities;
  const pointer = `${part.pointer}/media`;
  const violations: Violation[] = [];
  const kinds = [...new Set(part.media.map((item) => item.kind))];
  const most = kinds.map(
    (kind) => media.limits.find((limit) => limit.kind === kind)?.maxItems ?? media.maxItems,
  );
  const max = Math.min(media.maxItems, ...most);
  if (part.media.length > max) {
    violations.push({
      pointer,
      rule: 'too_many_media',
      message: `${name} takes at most ${max} of these in one post.`,
      limit: max,
      actual: part.media.length,
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
      remedy: 'Keep one kind, or give this target media of its own.',
    });
  }
  return violations;
}

function checkMedia(part: Part, capabilities: PlatformCapabilities, name: string): Violation[] {
  const violations = part.media.flatMap((item, index): Violation[] => {
    const pointer = `${part.pointer}/media/${index}`;
    const limit = capabilities.media.limits.find((candidate) => candidate.kind === item.kind);
    if (limit === undefined) {
      return [
        {
          pointer,
          rule: 'media_kind_unsupported',
          message: `${name} takes no ${item.kind} in this kind of post.`,
          limit: capabilities.media.limits.map((candidate) => candidate.kind),
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
  return [...violations, ...checkMix(part, capabilities, name)];
}

/** Checks content against the capabilities that hold for the account; returns every violation at once. */
export function checkContent(
  subject: PreflightSubject,
  content: TargetContent,
  account: AccountRef,
): Violation[] {
  const capabilities = subject.capabilitiesFor(account);
  const { name } = subject.descriptor;
  const violations = partsOf(subject, content).flatMap((part) => [
    ...checkText(part, capabilities, subject, account),
    ...checkMedia(part, capabilities, name),
  ]);
  if (content.thread.length > capabilities.maxThreadParts) {
    violations.push({
      pointer: '/thread',
      rule: capabilities.maxThreadParts === 0 ? 'thread_unsupported' : 'thread_too_long',
      message:
        capabilities.maxThreadParts === 0
          ? `${name} has no threads.`
          : `${name} takes at most ${capabilities.maxThreadParts} parts after the first.`,
      limit: capabilities.maxThreadParts,
      actual: content.thread.length,
      remedy: 'Give this target `"thread": []`, or fewer parts.',
    });
  }
  return violations;
}
