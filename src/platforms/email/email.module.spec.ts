import { Test } from '@nestjs/testing';
import { ConfigModule } from '../../common/config/index.js';
import { PlatformRegistry, PlatformsCoreModule } from '../core/index.js';
import { emailConfigSpec, EmailModule } from './index.js';

describe('EmailModule', () => {
  it('registers publisher and connector', async () => {
    const key = Buffer.alloc(32, 1).toString('base64');
    const env = { FANFARE_ENCRYPTION_KEYS: `test:${key}`, FANFARE_SIGNING_KEY: key };
    const module = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot({ env, platformSpecs: [emailConfigSpec] }),
        PlatformsCoreModule,
        EmailModule,
      ],
    }).compile();
    await module.init();
    const { connector, descriptor } = module.get(PlatformRegistry).get('email');
    expect(descriptor.name).toBe('Email');
    expect(connector.descriptor.method).toBe('token_form');
    await module.close();
  });
});
