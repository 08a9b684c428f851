import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Test } from '@nestjs/testing';
import { PLATFORMS } from '../../scripts/chaos/traits.mjs';
import { ConfigModule } from '../../src/common/config/index.js';
import { PlatformRegistry, PlatformsCoreModule } from '../../src/platforms/core/index.js';
import { platformConfigSpecs, platformModules } from '../../src/platforms/index.js';
import { SIMULATORS } from '../../src/sandbox/simulators.js';
import { contractKeys } from '../support/contract/suite.js';

const root = path.resolve(import.meta.dirname, '../..');

describe('the platforms that are built in', () => {
  let keys: readonly string[];
  let withoutLook: readonly string[];

  beforeAll(async () => {
    const env = {
      FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      FANFARE_SIGNING_KEY: Buffer.alloc(32, 7).toString('base64'),
    };
    const testing = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot({ env, platformSpecs: platformConfigSpecs }),
        PlatformsCoreModule,
        ...platformModules,
      ],
    }).compile();
    const app = await testing.init();
    const registry = app.get(PlatformRegistry);
    keys = registry.keys();
    const publishers = keys.map((key) => registry.get(key).publisher);
    withoutLook = publishers
      .filter(({ descriptor }) => descriptor.capabilities.reconcile.absentAfterLooks === 'never')
      .filter(({ ping }) => ping === undefined)
      .map(({ descriptor }) => descriptor.key);
    await app.close();
  });

  it('have a contract file each, and no file is without a platform', () => {
    expect(contractKeys()).toEqual(keys);
  });

  it('can be asked for a sign of life where an absence can never be told', () => {
    expect(withoutLook).toEqual([]);
  });

  it('have a simulator each', () => {
    expect(SIMULATORS.map(({ key }) => key)).toEqual(expect.arrayContaining([...keys]));
  });

  it('are known to the storm', () => {
    expect(PLATFORMS).toEqual(expect.arrayContaining([...keys]));
  });

  it('have a table of kinds each, written by the suite, and no table is without a platform', () => {
    const tables = readdirSync(path.join(root, 'docs/kinds')).map((name) => path.basename(name, '.md'));
    expect(tables.sort()).toEqual(keys);
  });

  it('have the configuration that they name', () => {
    expect(platformConfigSpecs.map(({ key }) => key).sort()).toEqual(keys);
  });

  it('are listed as the script writes it', () => {
    const script = path.join(root, 'scripts/platform-files.mjs');
    expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('');
  });
});
