import { Module } from '@nestjs/common';
import { AppConfig } from '../config/index.js';
import { AppLogger } from './app.logger.js';

@Module({
  providers: [
    {
      provide: AppLogger,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => AppLogger.create(config.logLevel),
    },
  ],
  exports: [AppLogger],
})
export class LoggingModule {}
