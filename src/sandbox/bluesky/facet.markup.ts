import { arrayAt, isJsonObject, numberAt, objectAt, stringAt, type JsonObject } from '../core/json.js';
import { escapeHtml } from '../core/markup.js';

interface Span {
  readonly start: number;
  readonly end: number;
  readonly feature: JsonObject;
}

/** The text with its facets, cut at byte offsets as apps do it: a wrong offset shows. */
export function renderFacets(post: JsonObject): string {
  const bytes = Buffer.from(stringAt(post, 'text') ?? '');
  let [markup, position] = ['', 0];
  for (const { start, end, feature } of spansOf(post)) {
    if (start < position || end > bytes.length || end <= start) continue;
    markup += plain(bytes.subarray(position, start)) + decorate(plain(bytes.subarray(start, end)), feature);
    position = end;
  }
  return markup + plain(bytes.subarray(position));
}

function spansOf(post: JsonObject): Span[] {
  const spans = (arrayAt(post, 'facets') ?? []).filter(isJsonObject).flatMap((facet): Span[] => {
    const index = objectAt(facet, 'index') ?? {};
    const feature = (arrayAt(facet, 'features') ?? []).find(isJsonObject);
    if (!feature) return [];
    return [{ start: numberAt(index, 'byteStart') ?? 0, end: numberAt(index, 'byteEnd') ?? 0, feature }];
  });
  return spans.sort((one, other) => one.start - other.start);
}

function plain(bytes: Buffer): string {
  return escapeHtml(bytes.toString('utf8')).replaceAll('\n', '<br>');
}

function decorate(markup: string, feature: JsonObject): string {
  const uri = stringAt(feature, 'uri');
  if (uri !== undefined) return `<a href="${escapeHtml(uri)}" rel="noreferrer">${markup}</a>`;
  return `<b class="tag" title="${escapeHtml(stringAt(feature, 'did') ?? stringAt(feature, 'tag') ?? '')}">${markup}</b>`;
}
