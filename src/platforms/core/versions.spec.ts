import { Logger } from '@nestjs/common';
import { ManualClock } from '../../common/clock/index.js';
import { type AppConfig, parseConfig } from '../../common/config/index.js';
import { PlatformRegistry, type RegisteredPlatform } from './registry.js';
import { PlatformVersions } from './versions.js';

const env = {
  FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  FANFARE_SIGNING_KEY: Buffer.alloc(32, 2).toString('base64'),
};

function configOf(own: Record<string, string> = {}): AppConfig {
  return parseConfig({ ...env, ...own }, [
    { key: 'some-where', hosts: [], apiVersion: 'v2', sunsets: { v2: '2027-06-01' } },
    { key: 'plain', hosts: [] },
  ]);
}

/** What is said of a version on a day. */
function saidOn(day: string, own: Record<string, string> = {}): unknown {
  const versions = new PlatformVersions(
    configOf(own),
    new PlatformRegistry(),
    new ManualClock(new Date(day)),
  );
  expect(versions.of('plain')).toBeNull();
  return versions.of('some-where')?.warning ?? null;
}

describe('the version of a platform that is spoken', () => {
  it('is not warned of while there is time, nor when nobody knows its end', () => {
    expect(saidOn('2027-01-01T00:00:00Z')).toBeNull();
    expect(saidOn('2029-01-01T00:00:00Z', { PLATFORM_SOME_WHERE_API_VERSION: 'v3' })).toBeNull();
  });

  it('is warned of 90 days before its end, with the variable that helps', () => {
    expect(saidOn('2027-03-15T00:00:00Z')).toBe(
      'Version v2 of some-where ends on 2027-06-01: update Fanfare, or set PLATFORM_SOME_WHERE_API_VERSION to a newer one.',
    );
  });

  it('is told of once at start as well', () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const registry = new PlatformRegistry();
    registry.register({ descriptor: { key: 'some-where' } } as RegisteredPlatform);
    new PlatformVersions(
      configOf(),
      registry,
      new ManualClock(new Date('2027-05-31')),
    ).onApplicationBootstrap();
    expect(warn.mock.calls).toEqual([
      [{ msg: expect.stringContaining('ends on 2027-06-01'), platform: 'some-where', version: 'v2' }],
    ]);
    warn.mockRestore();
  });

  it('is said to have ended afterwards', () => {
    expect(saidOn('2027-06-02T00:00:00Z')).toContain('has ended on 2027-06-01');
  });
});
