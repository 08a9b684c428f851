import type { Simulator, SimulatorEnvironment } from '../core/simulator.js';
import { changeSettings, DEFAULT_SETTINGS, type EmailSettings } from './email.settings.js';
import { describeAccount, MailAccounts } from './mail.accounts.js';
import { SmtpGate } from './smtp.call.js';
import { SmtpListener } from './smtp.listener.js';
import { SmtpSteps } from './smtp.steps.js';

const KEY = 'email';

/** A submission server on a loopback port: what it accepts lies in the inbox, once for each recipient. */
export function createEmailSimulator(environment: SimulatorEnvironment): Simulator {
  const accounts = new MailAccounts();
  const steps = new SmtpSteps(new SmtpGate(KEY, environment), accounts, environment);
  let settings: EmailSettings = DEFAULT_SETTINGS;
  const listener = new SmtpListener(steps, settings);
  const use = (next: EmailSettings): void => {
    settings = next;
    listener.apply(next);
  };
  const describe = (account: Parameters<typeof describeAccount>[0]): ReturnType<typeof describeAccount> =>
    describeAccount(account, new URL(environment.url()).port, settings.tls);
  return {
    key: KEY,
    name: 'Email',
    hosts: [],
    operations: [],
    ownServer: listener,
    reset: () => {
      accounts.reset();
      steps.reset();
      use(DEFAULT_SETTINGS);
    },
    inbox: () => steps.inbox(),
    accounts: () => accounts.list().map(describe),
    createAccount: (input) => describe(accounts.create(input)),
    endTokens: (account, action) => accounts.end(account, action),
    configure: (input) => {
      use(changeSettings(settings, input));
      return { ...settings };
    },
  };
}
