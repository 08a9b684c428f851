import type { OutboundRequest } from '../../common/http/index.js';
import type { AccountRef, JsonObject, MediaItem, TargetContent } from '../core/index.js';
import { clock, FakePlatform, Ledger, type Replies } from '../core/publisher.rig.js';
import { MastodonClient } from './mastodon.client.js';
import { MastodonLookup } from './mastodon.lookup.js';
import { MastodonPublisher } from './mastodon.publisher.js';

/** `POST /api/v1/statuses` */
const nameOf = ({ method }: OutboundRequest, { pathname }: URL): string => `${method} ${pathname}`;
const otherwise = { status: 404, body: { error: 'Record not found' } };

export function image(sha256: string, altText: string | null = null): MediaItem {
  return {
    id: sha256,
    kind: 'image',
    mimeType: 'image/png',
    bytes: 10,
    sha256,
    width: 4,
    height: 3,
    durationMs: null,
    altText,
    fileName: `${sha256}.png`,
  };
}

export function status(id: string, change: JsonObject = {}): JsonObject {
  return {
    id,
    uri: `https://m.example/users/anna/statuses/${id}`,
    url: `https://m.example/@anna/${id}`,
    created_at: '2026-05-01T10:00:01.000Z',
    content: '<p>Hello</p>',
    spoiler_text: '',
    in_reply_to_id: null,
    media_attachments: [],
    edited_at: null,
    ...change,
  };
}

export const older = status('1', { created_at: '2026-05-01T09:00:00.000Z' });

export function setUp(content: TargetContent, replies: Replies, software = 'mastodon') {
  const http = new FakePlatform(replies, { nameOf, otherwise });
  const client = new MastodonClient(http, clock);
  const publisher = new MastodonPublisher(client, new MastodonLookup(client));
  const account: AccountRef = {
    id: 'a',
    platform: 'mastodon',
    externalId: 'm.example/7',
    displayName: 'Anna',
    handle: '@anna@m.example',
    metadata: { instanceUrl: 'https://m.example', accountId: '7', software },
  };
  const credentials = { values: { accessToken: 'token-1' }, version: 1 };
  return { http, publisher, account, ledger: new Ledger(http, { content, account, credentials }) };
}
