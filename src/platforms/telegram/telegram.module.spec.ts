import { Test } from '@nestjs/testing';
import { ConfigModule } from '../../common/config/index.js';
import { PlatformRegistry, PlatformsCoreModule } from '../core/index.js';
import { telegramConfigSpec, TelegramModule } from './index.js';

describe('TelegramModule', () => {
  it('registers publisher and connector', async () => {
    const key = Buffer.alloc(32, 1).toString('base64');
    const env = { FANFARE_ENCRYPTION_KEYS: `test:${key}`, FANFARE_SIGNING_KEY: key };
    const module = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot({ env, platformSpecs: [telegramConfigSpec] }),
        PlatformsCoreModule,
        TelegramModule,
      ],
    }).compile();
    await module.init();
    const { connector, descriptor } = module.get(PlatformRegistry).get('telegram');
    expect(descriptor.name).toBe('Telegram');
    expect(connector.descriptor.method).toBe('token_form');
    await module.close();
  });
});
