import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Bench } from './bench.js';
import { checkAtRest } from './checks.js';
import type { Profile } from './profile.js';
import { ContractReport } from './report.js';
import { describeAfterwards } from './suites/afterwards.suite.js';
import { describeConnecting } from './suites/connecting.suite.js';
import { describeErrors } from './suites/errors.suite.js';
import { describeFaults } from './suites/faults.suite.js';
import { describeKinds } from './suites/kinds.suite.js';
import { describeLedger } from './suites/ledger.suite.js';
import { describeLimits } from './suites/limits.suite.js';
import { describeLongest } from './suites/longest.suite.js';
import { describeOfficial } from './suites/official.suite.js';
import { describeRestored } from './suites/restored.suite.js';
import { describeSeveral } from './suites/several.suite.js';
import { describeTakeover } from './suites/takeover.suite.js';
import { describeWaiting } from './suites/waiting.suite.js';

/** What the parts of the suite share. The bench is there while tests run. */
export interface Contract {
  readonly key: string;
  readonly profile: Profile;
  readonly report: ContractReport;
  bench(): Bench;
}

const folder = path.resolve(import.meta.dirname, '../../contract');
const suffix = '.contract.spec.ts';

/** Platforms that have a contract file. */
export function contractKeys(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .map((name) => name.slice(0, -suffix.length))
    .sort();
}

/** One platform against its simulator, through the real engine. */
export function describePlatformContract(key: string, profile: Profile): void {
  describeContract({ key, profile, name: key }, [
    describeConnecting,
    describeKinds,
    describeLimits,
    describeWaiting,
    describeFaults,
    describeSeveral,
    describeTakeover,
    describeRestored,
    describeLedger,
    describeAfterwards,
    describeErrors,
    describeLongest,
    describeOfficial,
  ]);
}

/** The same for a part of it; `name` is the column of the tables. */
export function describeContract(
  { key, profile, name }: Pick<Contract, 'key' | 'profile'> & { readonly name: string },
  suites: readonly ((contract: Contract) => void)[],
): void {
  describe(`the contract of ${name}`, () => {
    let bench: Bench | null = null;
    const report = new ContractReport(name, contractKeys());
    const contract: Contract = {
      key,
      profile,
      report,
      bench: () => {
        if (bench === null) throw new Error('the bench is there while tests run');
        return bench;
      },
    };

    beforeAll(async () => {
      bench = await Bench.start(key, profile);
    });
    afterAll(async () => {
      report.finish();
      await bench?.stop();
    });
    beforeEach(() => contract.bench().beginTest());
    afterEach(async () => {
      try {
        await contract.bench().engine.settle();
        await checkAtRest(contract.bench());
      } finally {
        contract.bench().endTest();
      }
    });

    for (const describeSuite of suites) describeSuite(contract);
  });
}
