import { Module } from '@nestjs/common';
import { AppConfig } from '../config/index.js';
import { Cipher } from './cipher.js';
import { KeyRing } from './key-ring.js';
import { Signer } from './signer.js';

@Module({
  providers: [
    {
      provide: KeyRing,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => KeyRing.parse(config.encryptionKeys),
    },
    {
      provide: Signer,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new Signer(config.signingKey),
    },
    Cipher,
  ],
  exports: [Cipher, Signer],
})
export class CryptoModule {}
