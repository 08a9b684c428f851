import { Injectable } from '@nestjs/common';
import type { Violation } from '../../common/errors/index.js';
import {
  checkSettings,
  type LeftOut,
  planContent,
  type PlannedContent,
  type PlannedFile,
  PlatformRegistry,
  rulesFor,
  selectMedia,
} from '../../platforms/core/index.js';
import { AccountDirectory, type AccountView } from '../accounts/index.js';
import { MediaLinks, MediaReader, type MediaDescription } from '../media/index.js';
import { checkDuplicates, checkState, nameOf, unknownAccount } from './account.check.js';
import { checkDelivery } from './delivery.check.js';
import { checkMediaRefs } from './media.check.js';
import { isUuid } from './identifiers.js';
import { locate, pointerOf } from './pointer.mapping.js';
import { RenditionCheck } from './rendition.check.js';
import type { PostBase, PostWarning, TargetOverrides } from './post.js';
import { checkLinks } from './structure.check.js';
import { composeTarget, type EffectiveContent, inherit, mediaIdsOf } from './target.composer.js';

export type CheckedTarget = TargetOverrides & { readonly accountId: string };

export interface ToValidate {
  readonly base: PostBase;
  readonly targets: readonly CheckedTarget[];
  /** A draft may be unfinished; what is scheduled must be able to go out. */
  readonly draft: boolean;
}

export interface Verdict {
  readonly violations: readonly Violation[];
  readonly warnings: readonly PostWarning[];
  readonly files: readonly TargetFile[];
}

/** A file of a target and what will be done to it. The pointer leads into the post. */
export interface TargetFile extends PlannedFile {
  readonly accountId: string;
  readonly platform: string;
}

interface Findings {
  readonly violations: readonly Violation[];
  /** What was left out of its media. */
  readonly warnings: readonly PostWarning[];
  readonly files: readonly TargetFile[];
}

interface Lookups {
  readonly accounts: ReadonlyMap<string, AccountView>;
  readonly media: ReadonlyMap<string, MediaDescription>;
}

/** Rules that say what is still missing, or what may be mended before the post goes out. A draft is only warned. */
const mayWait = ['account_expired', 'account_disconnected', 'platform_unavailable', 'targets_required'];

/** Checks a post against everything that its accounts' platforms allow; all violations of all targets at once. */
@Injectable()
export class PostValidator {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly media: MediaReader,
    private readonly links: MediaLinks,
    private readonly platforms: PlatformRegistry,
    private readonly renditions: RenditionCheck,
  ) {}

  async validate(post: ToValidate): Promise<Verdict> {
    const lookups = await this.lookUp(post);
    const checked: Findings[] = [];
    for (const [index, target] of post.targets.entries()) {
      checked.push(await this.checkTarget(post.base, target, index, lookups));
    }
    const found = [
      ...checkLinks(post.base, post.targets),
      ...checkMediaRefs(post.base, post.targets, lookups.media),
      ...(post.targets.length === 0 ? [targetsRequired] : []),
      ...checkDuplicates(post.targets.map((target) => target.accountId)),
      ...checked.flatMap(({ violations }) => violations),
    ];
    const leftOut = checked.flatMap((target) => target.warnings);
    const files = checked.flatMap((target) => target.files);
    if (!post.draft) return { violations: found, warnings: leftOut, files };
    return {
      files,
      violations: found.filter((violation) => !isForLater(violation)),
      warnings: [
        ...found.filter((violation) => isForLater(violation) && violation !== targetsRequired).map(toWarning),
        ...leftOut,
      ],
    };
  }

  private async lookUp({ base, targets }: ToValidate): Promise<Lookups> {
    const accountIds = [...new Set(targets.map((target) => target.accountId))].filter(isUuid);
    const mediaIds = mediaIdsOf(base, targets).filter(isUuid);
    const accounts = accountIds.length === 0 ? [] : await this.accounts.findMany(accountIds);
    const media = mediaIds.length === 0 ? [] : await this.media.describe(mediaIds);
    return {
      accounts: new Map(accounts.map((account) => [account.ref.id, account])),
      media: new Map(media.map((item) => [item.id, item])),
    };
  }

  private async checkTarget(
    base: PostBase,
    target: CheckedTarget,
    index: number,
    { accounts, media }: Lookups,
  ): Promise<Findings> {
    const account = accounts.get(target.accountId);
    if (account === undefined) return nothingBut(unknownAccount(index));
    if (!this.platforms.has(account.ref.platform)) {
      return nothingBut(unavailable(index, account.ref.platform));
    }
    const { publisher, descriptor } = this.platforms.get(account.ref.platform);
    const name = nameOf(account, descriptor.name);
    const effective = inherit(base, target);
    const settings = checkSettings(descriptor.settings, effective.settings);
    const written = composeTarget(effective, media, settings.ok ? settings.settings : effective.settings);
    const every = publisher.capabilitiesFor(account.ref);
    const { content, left } = selectMedia(written, every);
    const planned = planContent(content, {
      capabilities: { ...every, media: rulesFor(every, content).media },
      detailsOf: (id) => media.get(id)?.details ?? {},
    });
    const told = [
      ...planned.violations,
      ...(await this.renditions.violationsOf(planned.files)),
      ...besides(planned, publisher.preflight(planned.content, account.ref)),
      ...(this.links.areAvailable
        ? []
        : checkDelivery(planned.content, publisher.capabilitiesFor(account.ref), name)),
    ];
    const broken = [...(settings.ok ? [] : settings.violations), ...withoutEffects(told, effective, media)];
    return {
      violations: [
        ...checkState(account, index, name),
        ...broken.map((violation) => locate(violation, index, target, name)),
      ],
      warnings: left.map((part) => leftOutWarning(part, index, name)),
      files: planned.files.map((file) => ({
        ...file,
        accountId: target.accountId,
        platform: account.ref.platform,
        pointer: pointerOf(file.pointer, index, target),
      })),
    };
  }
}

function nothingBut(violation: Violation): Findings {
  return { violations: [violation], warnings: [], files: [] };
}

function leftOutWarning({ pointer, items }: LeftOut, index: number, name: string): PostWarning {
  const files = items.map(({ fileName }) => fileName).join(', ');
  return {
    code: 'media_left_out',
    message: `${name} does not take everything together; left out: ${files}.`,
    pointer: `/targets/${index}${pointer}`,
  };
}

/** Of a file that cannot be made to fit it is told why, and not also what would be mended on the way. */
function besides({ violations }: PlannedContent, found: readonly Violation[]): Violation[] {
  const told = new Set(violations.map(({ pointer }) => pointer));
  return found.filter(({ pointer, rule }) => !told.has(pointer) || rule === 'alt_text_too_long');
}

const targetsRequired: Violation = {
  pointer: '/targets',
  rule: 'targets_required',
  message: 'A post that is to go out needs at least one target.',
  remedy: 'Name one account at least, or leave the time out to keep a draft.',
};

function unavailable(index: number, platform: string): Violation {
  return {
    pointer: `/targets/${index}/accountId`,
    rule: 'platform_unavailable',
    message: `The platform "${platform}" is not built into this installation.`,
    remedy: 'Leave this target out.',
  };
}

function isForLater({ rule }: Violation): boolean {
  return rule === 'required' || rule.endsWith('_required') || mayWait.includes(rule);
}

function toWarning({ rule, message, pointer }: Violation): PostWarning {
  return { code: rule, message, pointer };
}

/** With media left out, what is said of the others is beside the point; the unknown ones are told already. */
function withoutEffects(
  violations: readonly Violation[],
  content: EffectiveContent,
  media: Lookups['media'],
): Violation[] {
  const refs = [...content.media, ...content.thread.flatMap((part) => part.media)];
  const complete = refs.every((ref) => media.has(ref.id));
  if (complete) return [...violations];
  return violations.filter(({ rule, pointer }) => rule !== 'text_required' && !pointer.includes('/media'));
}
