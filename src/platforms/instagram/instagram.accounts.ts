import { Injectable } from '@nestjs/common';
import { listAt, recordAt, textAt } from '../core/index.js';
import { cursorOf, wordAt, type Listing } from '../families/meta/index.js';
import { expect } from './instagram.answers.js';
import { InstagramGraph } from './instagram.graph.js';
import type { InstagramAccess } from './instagram.login.js';

export interface InstagramProfile {
  /** Of the professional account; the same for both logins. */
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly avatarUrl: string | null;
  /** `BUSINESS`, `MEDIA_CREATOR`, `PERSONAL`; null where the login does not say. */
  readonly accountType: string | null;
}

/** An account that is linked to a page, by whose token it is written to. */
export interface LinkedAccount extends InstagramProfile {
  readonly page: { readonly id: string; readonly name: string; readonly token: string };
}

const profileFields = 'id,username,name,profile_picture_url';

/** Whom a login reaches. Every method is one call. */
@Injectable()
export class InstagramAccounts {
  constructor(private readonly graph: InstagramGraph) {}

  /** The account behind a token of the Instagram Login. */
  async me(access: InstagramAccess): Promise<InstagramProfile> {
    const params = { fields: 'user_id,username,name,account_type,profile_picture_url' };
    const body = await this.graph.call('me', access, { method: 'GET', path: 'me', params });
    return expect(readProfile(body, 'user_id'), 'me');
  }

  /** Of the Facebook Login. */
  async account(access: InstagramAccess, id: string): Promise<InstagramProfile> {
    const call = { method: 'GET', path: id, params: { fields: profileFields } } as const;
    return expect(readProfile(await this.graph.call('account', access, call), 'id'), 'account');
  }

  /** The accounts that are linked to the pages of a person; a page without one is left out. */
  async linked(access: InstagramAccess, after: string | null): Promise<Listing<LinkedAccount>> {
    const fields = `id,name,access_token,instagram_business_account{${profileFields}}`;
    const params = { fields, limit: '100', ...(after === null ? {} : { after }) };
    const body = await this.graph.call('pages', access, { method: 'GET', path: 'me/accounts', params });
    return { items: (listAt(body, 'data') ?? []).flatMap(readLinked), after: cursorOf(body) };
  }

  /** What a person of the Facebook Login has granted. */
  async permissions(access: InstagramAccess): Promise<string[]> {
    const body = await this.graph.call('permissions', access, { method: 'GET', path: 'me/permissions' });
    return (listAt(body, 'data') ?? []).flatMap((item) =>
      textAt(item, 'status') === 'granted' ? (textAt(item, 'permission') ?? []) : [],
    );
  }

  /** The person behind the token lets the app go, with every page. */
  async forget(access: InstagramAccess): Promise<void> {
    await this.graph.call('revoke', access, { method: 'DELETE', path: 'me/permissions' });
  }
}

function readProfile(body: unknown, idName: 'id' | 'user_id'): InstagramProfile | null {
  const id = wordAt(body, idName);
  const username = textAt(body, 'username');
  if (id === null || username === null) return null;
  return {
    id,
    username,
    name: textAt(body, 'name') ?? username,
    avatarUrl: textAt(body, 'profile_picture_url'),
    accountType: textAt(body, 'account_type'),
  };
}

function readLinked(item: unknown): LinkedAccount[] {
  const profile = readProfile(recordAt(item, 'instagram_business_account'), 'id');
  const [id, token] = [wordAt(item, 'id'), textAt(item, 'access_token')];
  if (profile === null || id === null || token === null) return [];
  return [{ ...profile, page: { id, token, name: textAt(item, 'name') ?? id } }];
}
