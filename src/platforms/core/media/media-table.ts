import type { MediaLimit, PlatformCapabilities } from '../capabilities.js';

interface TabledPlatform {
  readonly name: string;
  readonly capabilities: Pick<PlatformCapabilities, 'media' | 'variants'>;
}

/** What is done to a file for each platform, in Markdown: one table a platform, from the limits that the planner reads. */
export function mediaTables(platforms: readonly TabledPlatform[]): string {
  return platforms
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, capabilities: { media, variants = [] } }) =>
      [
        `## ${name}`,
        table(media.limits),
        ...variants.flatMap((variant) =>
          variant.media === undefined ? [] : [`### ${name}: ${variant.name}`, table(variant.media.limits)],
        ),
      ].join('\n\n'),
    )
    .join('\n\n');
}

function table(limits: readonly MediaLimit[]): string {
  if (limits.length === 0) return 'No files.';
  const rows = limits.map(
    (limit) => `| ${limit.kind} | ${sentAs(limit)} | ${mended(limit)} | ${refused(limit)} |`,
  );
  return [
    '| file | goes out as it is | is made to fit | is refused |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function sentAs(limit: MediaLimit): string {
  return [
    limit.mimeTypes.join(', '),
    ...(limit.videoCodecs === undefined ? [] : [`pictures as ${limit.videoCodecs.join(', ')}`]),
    ...(limit.audioCodecs === undefined ? [] : [`sound as ${limit.audioCodecs.join(', ')}`]),
  ].join('; ');
}

function mended(limit: MediaLimit): string {
  if (limit.kind === 'audio' || limit.kind === 'document') return '–';
  const bounds = [
    ...within('bytes', limit.maxBytes),
    ...within('pixels wide', limit.maxWidth),
    ...within('pixels high', limit.maxHeight),
    ...within('pixels of width plus height', limit.maxSideSum),
    ...within('pixels', limit.maxPixels),
    ...within('frames per second', limit.maxFrameRate),
    ...within('bits per second', limit.maxBitRate),
    ...(limit.fastStart === true ? ['the index at the beginning'] : []),
  ];
  return [...bounds, 'other types', 'metadata removed'].join('; ');
}

function refused(limit: MediaLimit): string {
  const shape = [
    ...(limit.ratio === undefined
      ? []
      : [`width to height not ${limit.ratio.min} to ${limit.ratio.max}, unless \`fit\` is set`]),
    ...(limit.maxRatio === undefined
      ? []
      : [`longer than ${limit.maxRatio} times the shorter side, unless \`fit\` is set`]),
  ];
  const found = [
    ...shape,
    ...less('bytes', limit.minBytes),
    ...less('pixels wide', limit.minWidth),
    ...less('pixels high', limit.minHeight),
    ...less('ms', limit.minDurationMs),
    ...(limit.maxDurationMs === undefined ? [] : [`longer than ${limit.maxDurationMs} ms`]),
    ...(limit.maxPages === undefined ? [] : [`more than ${limit.maxPages} pages`]),
    ...(limit.kind === 'audio' || limit.kind === 'document'
      ? [`more than ${limit.maxBytes} bytes`, 'other types']
      : []),
  ];
  return found.length === 0 ? '–' : found.join('; ');
}

function within(unit: string, most: number | undefined): string[] {
  return most === undefined ? [] : [`to ${most} ${unit}`];
}

function less(unit: string, least: number | undefined): string[] {
  return least === undefined ? [] : [`less than ${least} ${unit}`];
}
