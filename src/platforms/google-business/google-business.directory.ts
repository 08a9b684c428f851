import { Injectable } from '@nestjs/common';
import {
  readAccount,
  readLocation,
  readPage,
  unreadable,
  type Location,
  type Page,
} from './google-business.answers.js';
import { GoogleBusinessApi, type GoogleCall } from './google-business.api.js';

/** More pages than anybody's accounts have, or any account of locations. */
const mostPages = 100;
const readMask = 'name,title,storeCode,storefrontAddress,websiteUri,metadata';

/** A location, and the account that it is reached through: posts want both. */
export interface ReachedLocation extends Location {
  /** `accounts/…` */
  readonly account: string;
}

/** Accounts of a login, and their locations. */
@Injectable()
export class GoogleBusinessDirectory {
  constructor(private readonly api: GoogleBusinessApi) {}

  /** Every location of the login, once; several accounts may lead to the same. */
  async locations(token: string): Promise<ReachedLocation[]> {
    const found = new Map<string, ReachedLocation>();
    for (const account of await this.accounts(token)) {
      for (const location of await this.locationsOf(token, account)) {
        if (!found.has(location.name)) found.set(location.name, { ...location, account });
      }
    }
    return [...found.values()];
  }

  async locationsOf(token: string, account: string): Promise<Location[]> {
    const call: GoogleCall = {
      operation: 'locations',
      host: 'INFORMATION',
      method: 'GET',
      path: `${account}/locations`,
      query: { readMask, pageSize: '100' },
    };
    return this.all(token, call, (body) => readPage(body, 'locations', readLocation));
  }

  private accounts(token: string): Promise<string[]> {
    const call: GoogleCall = {
      operation: 'accounts',
      host: 'ACCOUNTS',
      method: 'GET',
      path: 'accounts',
      query: { pageSize: '20' },
    };
    return this.all(token, call, (body) => readPage(body, 'accounts', readAccount));
  }

  private async all<T>(
    token: string,
    call: GoogleCall,
    read: (body: unknown) => Page<T> | null,
  ): Promise<T[]> {
    const found: T[] = [];
    let pageToken: string | null = null;
    for (let pages = 0; pages < mostPages; pages += 1) {
      const query: GoogleCall['query'] = { ...call.query, pageToken };
      const page: Page<T> | null = read(await this.api.call(token, { ...call, query }));
      if (page === null) throw unreadable(call.operation);
      found.push(...page.items);
      pageToken = page.nextPageToken;
      if (pageToken === null) break;
    }
    return found;
  }
}
