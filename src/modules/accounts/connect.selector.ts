import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { ValidationFailedError, type Violation } from '../../common/errors/index.js';
import { EventRecorder } from '../../common/events/index.js';
import type { ConnectableAccount } from '../../platforms/core/index.js';
import { AccountRepository } from './account.repository.js';
import { sessionInState } from './accounts.failures.js';
import { AuditLog } from './audit.log.js';
import type { Caller } from './caller.js';
import { ConnectReader } from './connect.reader.js';
import { ConnectRepository } from './connect.repository.js';
import type { ConnectSessionView } from './connect.session.js';
import { CredentialStore } from './credential.store.js';
import { AccountConnected, AccountReconnected } from './events/index.js';

/** Makes accounts of choices, inside the open unit of work. */
@Injectable()
export class ConnectSelector {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: ConnectRepository,
    private readonly reader: ConnectReader,
    private readonly accounts: AccountRepository,
    private readonly credentials: CredentialStore,
    private readonly events: EventRecorder,
    private readonly audit: AuditLog,
  ) {}

  async select(
    caller: Caller,
    sessionId: string,
    externalIds: readonly string[],
  ): Promise<ConnectSessionView> {
    const row = await this.reader.require(sessionId, { lock: true });
    if (row.status !== 'choose') {
      const remedy = row.status === 'started' ? 'Complete it first.' : 'Start connecting again.';
      throw sessionInState(row.status, remedy);
    }
    const chosen = choose(this.reader.secretsOf(row).choices, externalIds);
    const accountIds: string[] = [];
    // In one order everywhere, so that two sessions with the same accounts do not wait for each other.
    for (const choice of chosen.sort((a, b) => (a.externalId < b.externalId ? -1 : 1))) {
      accountIds.push(await this.connect(caller, row.platform, choice));
    }
    await this.sessions.finish(sessionId, accountIds);
    return this.reader.read(sessionId);
  }

  private async connect(caller: Caller, platform: string, choice: ConnectableAccount): Promise<string> {
    const { workspaceId } = this.unitOfWork;
    const { id: accountId, version } = await this.accounts.connect(platform, choice);
    await this.credentials.put(accountId, version, choice.credentials);
    const isNew = version === 1;
    const Connected = isNew ? AccountConnected : AccountReconnected;
    this.events.record(new Connected(workspaceId, { accountId, platform }));
    await this.audit.record({
      keyId: caller.keyId,
      action: isNew ? 'account.connected' : 'account.reconnected',
      subjectType: 'account',
      subjectId: accountId,
      details: { platform, externalId: choice.externalId },
    });
    return accountId;
  }
}

function choose(
  choices: readonly ConnectableAccount[],
  externalIds: readonly string[],
): ConnectableAccount[] {
  const offered = new Map(choices.map((choice) => [choice.externalId, choice]));
  const violations: Violation[] = [];
  const chosen = new Map<string, ConnectableAccount>();
  externalIds.forEach((externalId, index) => {
    const choice = offered.get(externalId);
    if (choice === undefined) violations.push(unknownChoice(index, [...offered.keys()]));
    else chosen.set(externalId, choice);
  });
  if (externalIds.length === 0) violations.push(nothingChosen);
  if (violations.length > 0) throw new ValidationFailedError(violations);
  return [...chosen.values()];
}

const nothingChosen: Violation = {
  pointer: '/externalIds',
  rule: 'required',
  message: 'Nothing is chosen.',
  remedy: 'Name at least one of the choices by its externalId.',
};

function unknownChoice(index: number, limit: string[]): Violation {
  return {
    pointer: `/externalIds/${index}`,
    rule: 'unknown_choice',
    message: 'This is none of the choices of the session.',
    limit,
    remedy: 'Name choices by their externalId.',
  };
}
