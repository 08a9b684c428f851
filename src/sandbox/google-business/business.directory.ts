const PERSON = 110_248_495_921_238_980_000n;
const ACCOUNT = 104_729_183_746_501_928_000n;
const LOCATION = 12_409_381_720_394_810_000n;

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface BusinessAccount {
  readonly id: string;
  readonly name: string;
  readonly type: 'PERSONAL' | 'LOCATION_GROUP';
  readonly owner: string;
}

export interface Location {
  readonly id: string;
  readonly title: string;
  readonly storeCode: string;
  /** Every account that it can be reached through. */
  readonly accountIds: readonly string[];
  canOperateLocalPost: boolean;
  hasVoiceOfMerchant: boolean;
  /** False: its people have lost their role there. */
  managed: boolean;
}

/** People, the accounts that they have, and the locations in them. */
export class BusinessDirectory {
  people: Person[] = [];
  accounts: BusinessAccount[] = [];
  locations: Location[] = [];

  /** Everybody has a personal account, which comes first in lists. */
  addPerson(name: string): Person {
    const person = { id: String(PERSON + BigInt(this.people.length)), name };
    this.people.push(person);
    this.addAccount(person, name, 'PERSONAL');
    return person;
  }

  addAccount({ id: owner }: Person, name: string, type: BusinessAccount['type']): BusinessAccount {
    const account = { id: String(ACCOUNT + BigInt(this.accounts.length)), name, type, owner };
    this.accounts.push(account);
    return account;
  }

  addLocation(title: string, accounts: readonly BusinessAccount[]): Location {
    const no = this.locations.length;
    const location: Location = {
      id: String(LOCATION + BigInt(no)),
      title,
      storeCode: `S${no + 1}`,
      accountIds: accounts.map(({ id }) => id),
      canOperateLocalPost: true,
      hasVoiceOfMerchant: true,
      managed: true,
    };
    this.locations.push(location);
    return location;
  }

  accountsOf(person: Person): BusinessAccount[] {
    return this.accounts.filter(({ owner }) => owner === person.id);
  }

  account(id: string): BusinessAccount | undefined {
    return this.accounts.find((account) => account.id === id);
  }

  location(id: string): Location | undefined {
    return this.locations.find((location) => location.id === id);
  }

  locationsOf({ id }: BusinessAccount): Location[] {
    return this.locations.filter(({ accountIds, managed }) => managed && accountIds.includes(id));
  }

  /** Who logs in for a location. */
  ownerOf({ accountIds }: Location): Person | undefined {
    const account = this.account(accountIds[0] ?? '');
    return this.people.find(({ id }) => id === account?.owner);
  }

  reset(): void {
    this.people = [];
    this.accounts = [];
    this.locations = [];
  }
}
