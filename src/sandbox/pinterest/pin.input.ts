import { objectAt, stringAt, type JsonObject } from '../core/json.js';
import { fieldsOf } from '../core/request.js';
import type { ApiCall } from './api.operation.js';
import { blockedLink, invalid, notAuthorized, notPermitted, sectionNotFound } from './pinterest.errors.js';
import type { Board, Pin } from './pinterest.model.js';
import { readMedia } from './pin.media.js';
import type { PinterestState } from './pinterest.state.js';

const IMAGE = ['url', 'content_type', 'data'];
const ITEM = [...IMAGE, 'title', 'description', 'link'].map((name) => `items[].${name}`);
const COVER = ['url', 'content_type', 'data', 'key_frame_time'].map((name) => `cover_image_${name}`);

export const PIN_FIELDS = [
  ...['board_id', 'board_section_id', 'title', 'description', 'alt_text', 'link', 'dominant_color'],
  ...['source_type', ...IMAGE, ...ITEM, 'index', 'media_id', ...COVER].map((name) => `media_source.${name}`),
];

const LONGEST = { title: 100, description: 800, alt_text: 500, link: 2048 };

export type NewPin = Omit<Pin, 'id' | 'ownerId' | 'createdAt'>;

/** What is to become a pin, or the refusal of the first thing that is wrong. */
export async function readPin(state: PinterestState, call: ApiCall): Promise<NewPin> {
  const fields = fieldsOf(call.request);
  const board = boardOf(state, call, fields);
  const sectionId = sectionOf(board, fields);
  const title = textOf(fields, 'title');
  const description = textOf(fields, 'description');
  const altText = textOf(fields, 'alt_text');
  const link = linkOf(state, textOf(fields, 'link'));
  const source = objectAt(fields, 'media_source');
  if (source === undefined) throw invalid('request: media_source is required');
  const media = await readMedia(state, call, { source, altText });
  return { board, sectionId, title, description, altText, link, media, dominantColor: colorOf(fields) };
}

function boardOf(state: PinterestState, call: ApiCall, fields: JsonObject): Board {
  const id = idOf(fields, 'board_id');
  if (id === null) throw invalid('request: board_id is required');
  const board = state.boardFor(call, id);
  if (board.privacy === 'SECRET' && !call.token.scopes.includes('pins:write_secret'))
    throw notAuthorized(403);
  if (board.isAdsOnly) throw notPermitted();
  return board;
}

function sectionOf({ sections }: Board, fields: JsonObject): string | null {
  const id = idOf(fields, 'board_section_id');
  if (id !== null && !sections.some((section) => section.id === id)) throw sectionNotFound();
  return id;
}

function idOf(fields: JsonObject, name: string): string | null {
  const given = fields[name] ?? null;
  if (given === null) return null;
  if (typeof given !== 'string') throw invalid(`request: ${JSON.stringify(given)} is not of type 'string'`);
  if (!/^\d+$/.test(given)) throw invalid(`request: '${given}' does not match '^\\d+$'`);
  return given;
}

/** Counted in code points. */
function textOf(fields: JsonObject, name: keyof typeof LONGEST): string | null {
  const given = fields[name] ?? null;
  if (given === null) return null;
  if (typeof given !== 'string') throw invalid(`request: ${JSON.stringify(given)} is not of type 'string'`);
  if ([...given].length > LONGEST[name]) {
    throw invalid(`request: ${name} is too long, constraint: maxLength=${LONGEST[name]}`);
  }
  return given;
}

function linkOf({ settings }: PinterestState, link: string | null): string | null {
  if (link === null) return null;
  if (!URL.canParse(link) || !/^https?:/.test(link)) throw invalid('link: it is no web address');
  const { hostname } = new URL(link);
  if (hostname === settings.blockedDomain || hostname.endsWith(`.${settings.blockedDomain}`))
    throw blockedLink();
  return link;
}

function colorOf(fields: JsonObject): string | null {
  const color = stringAt(fields, 'dominant_color') ?? null;
  if (color !== null && !/^#[\da-f]{6}$/i.test(color)) throw invalid(`dominant_color: ${color}`);
  return color;
}
