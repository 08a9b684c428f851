import type { LoggerService } from '@nestjs/common';
import type { AppLogger } from './common/logging/index.js';

/** Nest tells of every module and route at the start; that is for whoever looks for it. */
const chatty = ['InstanceLoader', 'NestFactory', 'NestApplication', 'RouterExplorer', 'RoutesResolver'];

export function bootLogger(logger: AppLogger): LoggerService {
  return {
    log: (message: unknown, ...more: unknown[]) => {
      if (chatty.some((context) => more.includes(context))) logger.debug(message, ...more);
      else logger.log(message, ...more);
    },
    warn: (message: unknown, ...more: unknown[]) => logger.warn(message, ...more),
    error: (message: unknown, ...more: unknown[]) => logger.error(message, ...more),
    fatal: (message: unknown, ...more: unknown[]) => logger.fatal(message, ...more),
    debug: (message: unknown, ...more: unknown[]) => logger.debug(message, ...more),
    verbose: (message: unknown, ...more: unknown[]) => logger.verbose(message, ...more),
  };
}
