const url = /https?:\/\/[^\s<>"]+/g;

export interface InlineImage {
  readonly cid: string;
  readonly alt: string;
  /** Pixels; null when not known. */
  readonly width: number | null;
}

export interface HtmlInput {
  readonly subject: string;
  readonly text: string;
  readonly images: readonly InlineImage[];
  readonly button: { readonly url: string; readonly label: string } | null;
  readonly unsubscribeUrl: string | null;
}

const MAX_IMAGE_WIDTH = 600;
const font =
  'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5';
const button =
  'display:inline-block;padding:10px 18px;border-radius:6px;background:#1f4fd8;color:#ffffff;text-decoration:none';

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The HTML twin of a plain text: escaped, paragraphs and lines kept, addresses clickable. */
export function textToHtml(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/^\n+|\n+$/g, ''))
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${linkify(paragraph).replaceAll('\n', '<br>\n')}</p>`)
    .join('\n');
}

/** A whole HTML part. */
export function composeHtml(input: HtmlInput): string {
  const parts = [
    textToHtml(input.text),
    ...input.images.map(imageTag),
    input.button === null ? '' : `<p>${anchor(input.button.url, input.button.label, button)}</p>`,
    input.unsubscribeUrl === null
      ? ''
      : `<p style="font-size:13px;color:#666666">${anchor(input.unsubscribeUrl, 'Unsubscribe', 'color:#666666')}</p>`,
  ].filter((part) => part !== '');
  return [
    '<!DOCTYPE html>',
    `<html><head><meta charset="utf-8"><title>${escapeHtml(input.subject)}</title></head>`,
    `<body style="margin:0;padding:16px;overflow-wrap:break-word;${font}">`,
    ...parts,
    '</body></html>',
    '',
  ].join('\n');
}

function linkify(text: string): string {
  let html = '';
  let end = 0;
  for (const match of text.matchAll(url)) {
    const address = withoutTrailing(match[0]);
    html += escapeHtml(text.slice(end, match.index)) + anchor(address, address);
    end = match.index + address.length;
  }
  return html + escapeHtml(text.slice(end));
}

/** Punctuation behind an address belongs to the sentence; a closing bracket only when none was opened inside. */
function withoutTrailing(address: string): string {
  const trimmed = address.replace(/[.,;:!?'\]]+$/, '');
  return trimmed.endsWith(')') && !trimmed.includes('(') ? withoutTrailing(trimmed.slice(0, -1)) : trimmed;
}

function anchor(href: string, label: string, style?: string): string {
  const styled = style === undefined ? '' : ` style="${style}"`;
  return `<a href="${escapeHtml(href)}"${styled}>${escapeHtml(label)}</a>`;
}

function imageTag({ cid, alt, width }: InlineImage): string {
  const size = width === null ? '' : ` width="${Math.min(width, MAX_IMAGE_WIDTH)}"`;
  const style = 'max-width:100%;height:auto;border:0';
  return `<p><img src="cid:${escapeHtml(cid)}" alt="${escapeHtml(alt)}"${size} style="${style}"></p>`;
}
