import {
  isRecord,
  listAt,
  type JsonObject,
  type MediaKind,
  type PlatformDescriptor,
} from '../../../src/platforms/core/index.js';

/** Everything that a platform's capabilities and settings promise to people, by name. Each needs a contract test. */
export function promisesOf({ capabilities, settings }: PlatformDescriptor): string[] {
  const { media, link, maxThreadParts, text, variants } = capabilities;
  const needsMedia = (media.minItems ?? 0) > 0;
  return [
    ...(needsMedia ? [] : ['text']),
    ...(variants ?? []).map(({ name }) => `variant ${name}`),
    ...(link === 'none'
      ? []
      : [...(needsMedia ? [] : ['link']), ...(media.limits.length > 0 ? ['link and media'] : [])]),
    ...media.limits.flatMap((limit) => [
      limit.kind,
      ...(Math.min(limit.maxItems, media.maxItems) > 1 ? [`several ${limit.kind}s`] : []),
      ...(limit.maxAltText > 0 ? [`alt text of ${limit.kind}`] : []),
    ]),
    ...media.mixes.filter((mix) => mix.length > 1).map(mixOf),
    ...(text.optionalWithMedia ? ['media alone'] : []),
    ...(maxThreadParts > 0 ? ['thread', ...(media.limits.length > 0 ? ['media in a thread'] : [])] : []),
    ...Object.entries(settings.properties).flatMap(([name, schema]) => settingsOf(name, schema)),
  ];
}

function mixOf(kinds: readonly MediaKind[]): string {
  return `mix of ${kinds.join(', ')}`;
}

/** `visibility=unlisted`, `linkPreview.size=large`, `labels=porn`; a setting without a list of values is its name. */
function settingsOf(name: string, schema: JsonObject): string[] {
  const { properties, items } = schema;
  if (isRecord(properties)) {
    return Object.entries(properties).flatMap(([inner, value]) =>
      isRecord(value) ? settingsOf(`${name}.${inner}`, value) : [],
    );
  }
  const values = [...(listAt(schema, 'enum') ?? []), ...(listAt(items, 'enum') ?? [])];
  return values.length === 0 ? [name] : values.map((value) => `${name}=${String(value)}`);
}
