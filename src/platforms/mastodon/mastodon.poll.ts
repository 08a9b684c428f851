import type { Violation } from '../../common/errors/index.js';
import { countGraphemes, type TargetContent } from '../core/index.js';
import type { InstanceLimits } from './mastodon.limits.js';
import { readMastodonSettings, type MastodonPoll } from './mastodon.settings.js';

/** What the instance does not take of a poll. Pointers are relative to the target. */
export function checkPoll(content: TargetContent, limits: InstanceLimits): Violation[] {
  const { poll } = readMastodonSettings(content.settings);
  if (poll === null) return [];
  return [...checkAlone(content), ...checkOptions(poll, limits), ...checkDuration(poll, limits)];
}

function checkAlone({ media }: TargetContent): Violation[] {
  if (media.length === 0) return [];
  return [
    {
      pointer: '/settings/poll',
      rule: 'excludes_each_other',
      message: 'A post on Mastodon has either media or a poll; this one has both.',
      limit: 1,
      actual: 2,
      remedy: 'Give this target `"media": []`, or remove the setting poll.',
    },
  ];
}

function checkOptions({ options }: MastodonPoll, limits: InstanceLimits): Violation[] {
  const pointer = '/settings/poll/options';
  const violations: Violation[] = [];
  if (options.length > limits.pollOptions) {
    violations.push({
      pointer,
      rule: 'too_many_options',
      message: `The instance takes at most ${limits.pollOptions} options in a poll; this one has ${options.length}.`,
      limit: limits.pollOptions,
      actual: options.length,
      remedy: `Remove ${options.length - limits.pollOptions} of them.`,
    });
  }
  // White space around an option does not count.
  if (new Set(options.map((option) => option.trim())).size < options.length) {
    violations.push({
      pointer,
      rule: 'options_repeat',
      message: 'Each option of a poll has to differ from the others.',
      remedy: 'Remove those that are there twice.',
    });
  }
  return [...violations, ...options.flatMap((option, index) => checkOption(option, index, limits))];
}

function checkOption(option: string, index: number, { pollOptionCharacters }: InstanceLimits): Violation[] {
  const actual = countGraphemes(option.trim());
  if (actual <= pollOptionCharacters) return [];
  return [
    {
      pointer: `/settings/poll/options/${index}`,
      rule: 'option_too_long',
      message: `The instance takes at most ${pollOptionCharacters} characters in an option; this one has ${actual}.`,
      limit: pollOptionCharacters,
      actual,
      remedy: `Shorten it by ${actual - pollOptionCharacters}.`,
    },
  ];
}

function checkDuration({ durationMinutes }: MastodonPoll, limits: InstanceLimits): Violation[] {
  const shortest = Math.ceil(limits.pollMinSeconds / 60);
  const longest = Math.floor(limits.pollMaxSeconds / 60);
  if (durationMinutes >= shortest && durationMinutes <= longest) return [];
  const limit = durationMinutes < shortest ? shortest : longest;
  return [
    {
      pointer: '/settings/poll/durationMinutes',
      rule: 'poll_duration',
      message: `Polls of the instance are open for ${shortest} to ${longest} minutes; this one for ${durationMinutes}.`,
      limit,
      actual: durationMinutes,
      remedy: `Set durationMinutes to ${limit}.`,
    },
  ];
}
