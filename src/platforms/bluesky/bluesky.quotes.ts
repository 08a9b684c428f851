import { Injectable } from '@nestjs/common';
import { PublishError, type PublishContext } from '../core/index.js';
import { BlueskyClient } from './bluesky.client.js';
import type { StrongRef } from './bluesky.embed.js';
import { BlueskyHosts } from './bluesky.hosts.js';
import { readPostAddress } from './bluesky.post-address.js';
import { uriOf } from './bluesky.record.js';
import { readBlueskySettings } from './bluesky.settings.js';

/** Finds the post that another one quotes: its record, in the version that it has now. */
@Injectable()
export class BlueskyQuotes {
  constructor(
    private readonly client: BlueskyClient,
    private readonly hosts: BlueskyHosts,
  ) {}

  /** Null where nothing is quoted. */
  async find(ctx: PublishContext): Promise<StrongRef | null> {
    const { quote } = readBlueskySettings(ctx.content.settings);
    if (quote === null) return null;
    return ctx.step('quote', () => this.look(ctx, quote));
  }

  private async look(ctx: PublishContext, quote: string): Promise<{ uri: string; cid: string }> {
    const address = readPostAddress(quote);
    const did = address === null ? null : await this.didOf(ctx, address.author);
    const found = address === null || did === null ? null : await this.record(ctx, did, address.rkey);
    if (found === null) throw missing();
    return { uri: found.uri, cid: found.cid };
  }

  /** Its own server has a post of the account at once, the AppView some seconds later. */
  private record(ctx: PublishContext, did: string, rkey: string): Promise<StrongRef | null> {
    if (did !== ctx.account.externalId) return this.client.getPost(this.hosts.appView, uriOf(did, rkey));
    return this.client.getRecord(this.hosts.pds(ctx.account), { repo: did, rkey });
  }

  private async didOf(ctx: PublishContext, author: string): Promise<string | null> {
    if (author.startsWith('did:')) return author;
    return this.client.resolveHandle(this.hosts.pds(ctx.account), author.toLowerCase());
  }
}

function missing(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'bluesky.quote_missing',
    message: 'Bluesky shows no post at the address that is to be quoted.',
    remedy: 'Look whether the post is still there and copy its address anew.',
  });
}
