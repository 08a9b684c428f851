import { Injectable } from '@nestjs/common';
import { NotFoundError } from '../../common/errors/index.js';
import type { BaseConnector } from './connector.js';
import type { PlatformDescriptor } from './descriptor.js';
import type { BasePublisher } from './publisher.js';

export interface RegisteredPlatform {
  readonly descriptor: PlatformDescriptor;
  readonly publisher: BasePublisher;
  readonly connector: BaseConnector;
}

/** All platforms of this process, filled once at boot by the explorer. */
@Injectable()
export class PlatformRegistry {
  private readonly platforms = new Map<string, RegisteredPlatform>();

  register(platform: RegisteredPlatform): void {
    this.platforms.set(platform.descriptor.key, platform);
  }

  keys(): string[] {
    return [...this.platforms.keys()].sort();
  }

  all(): RegisteredPlatform[] {
    return this.keys().map((key) => this.get(key));
  }

  has(key: string): boolean {
    return this.platforms.has(key);
  }

  /** Throws NotFoundError when no such platform is built in. */
  get(key: string): RegisteredPlatform {
    const platform = this.platforms.get(key);
    if (platform === undefined)
      throw new NotFoundError(`There is no platform "${key}" in this installation.`);
    return platform;
  }
}
