import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Cipher, CryptoModule, Signer } from '../crypto/index.js';
import { AppConfig, ConfigError, ConfigModule } from './index.js';

const env = {
  FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  FANFARE_SIGNING_KEY: Buffer.alloc(32, 2).toString('base64'),
};

@Injectable()
class Consumer {
  constructor(readonly config: AppConfig) {}
}

@Module({ providers: [Consumer] })
class Feature {}

describe('ConfigModule', () => {
  it('hands the configuration to every module, and its keys to the crypto module', async () => {
    const module = await Test.createTestingModule({
      imports: [ConfigModule.forRoot({ env }), Feature, CryptoModule],
    }).compile();
    expect(module.get(Consumer, { strict: false }).config.port).toBe(3000);
    const cipher = module.get(Cipher, { strict: false });
    expect(cipher.decryptText(cipher.encrypt('x', 'a'), 'a')).toBe('x');
    expect(module.get(Signer, { strict: false })).toBeInstanceOf(Signer);
    await module.close();
  });

  it('stops the boot when something is wrong', () => {
    expect(() => ConfigModule.forRoot({ env: { ...env, PORT: 'x' } })).toThrow(ConfigError);
  });
});
