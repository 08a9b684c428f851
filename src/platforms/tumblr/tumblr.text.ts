import { countCodePoints, graphemes, type JsonObject } from '../core/index.js';

const longestBlock = 4096;
const mostLinks = 100;
const address = /https?:\/\/[^\s<>"]+/g;
const punctuation = /[.,;:!?'")\]}]+$/;

/** Paragraphs: what empty lines part, and what is too long for one block cut at a space. */
export function paragraphsOf(text: string): string[] {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n\s*/)
    .flatMap(cut)
    .filter((paragraph) => paragraph !== '');
}

/** Text blocks of NPF, in which addresses can be clicked: ranges count code points, their end is not in them. */
export function textBlocks(text: string): JsonObject[] {
  let left = mostLinks;
  return paragraphsOf(text).map((paragraph) => {
    const formatting = linksIn(paragraph).slice(0, left);
    left -= formatting.length;
    return { type: 'text', text: paragraph, ...(formatting.length === 0 ? {} : { formatting }) };
  });
}

function cut(paragraph: string): string[] {
  const pieces: string[] = [];
  let rest = paragraph.trim();
  for (;;) {
    const fitting = fittingStart(rest);
    if (fitting === rest) return [...pieces, rest];
    const space = Math.max(fitting.lastIndexOf(' '), fitting.lastIndexOf('\n'));
    const end = space > 0 ? space : fitting.length;
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
}

/** As many whole characters as one block takes; a character that is longer than a block is cut as well. */
function fittingStart(text: string): string {
  let points = 0;
  let units = 0;
  for (const grapheme of graphemes(text)) {
    points += countCodePoints(grapheme);
    if (points > longestBlock) return units > 0 ? text.slice(0, units) : firstPoints(grapheme);
    units += grapheme.length;
  }
  return text;
}

function firstPoints(text: string): string {
  return Array.from(text).slice(0, longestBlock).join('');
}

function linksIn(paragraph: string): JsonObject[] {
  return [...paragraph.matchAll(address)].map((match) => {
    const url = match[0].replace(punctuation, '');
    const start = countCodePoints(paragraph.slice(0, match.index));
    return { start, end: start + countCodePoints(url), type: 'link', url };
  });
}
