import { type DynamicModule, Module } from '@nestjs/common';
import { AppConfig, type PlatformConfigSpec } from './app.config.js';
import { parseConfig } from './config.parser.js';
import { type Env } from './env.reader.js';

export interface ConfigModuleOptions {
  /** Mostly `withLocalKeys(readProcessEnv()).env`. */
  readonly env: Env;
  readonly platformSpecs?: readonly PlatformConfigSpec[];
}

/** The one module that is global: everything below reads the same frozen AppConfig, parsed once at the root. */
@Module({})
export class ConfigModule {
  /** @throws ConfigError with every problem at once. */
  static forRoot({ env, platformSpecs = [] }: ConfigModuleOptions): DynamicModule {
    const config = parseConfig(env, platformSpecs);
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: AppConfig, useValue: config }],
      exports: [AppConfig],
    };
  }
}
