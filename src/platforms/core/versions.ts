import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { AppConfig } from '../../common/config/index.js';
import { PlatformRegistry } from './registry.js';

export interface PlatformVersion {
  readonly version: string;
  /** Null: not known. */
  readonly sunset: Date | null;
  /** In words; null while there is time. */
  readonly warning: string | null;
}

const day = 24 * 60 * 60 * 1000;
/** How long before its end a version is warned of. */
const noticeMs = 90 * day;

/** Which versions of the platforms' APIs are spoken, and which of them end soon: told at start, and in the catalogue. */
@Injectable()
export class PlatformVersions implements OnApplicationBootstrap {
  private readonly logger = new Logger(PlatformVersions.name);

  constructor(
    private readonly config: AppConfig,
    private readonly registry: PlatformRegistry,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    for (const platform of this.registry.keys()) {
      const version = this.of(platform);
      if (version !== null && version.warning !== null) {
        this.logger.warn({ msg: version.warning, platform, version: version.version });
      }
    }
  }

  /** Null where the platform has no versions. */
  of(platform: string): PlatformVersion | null {
    if (!this.config.hasPlatform(platform)) return null;
    const { apiVersion, apiVersionSunset } = this.config.platform(platform);
    if (apiVersion === null) return null;
    const warning = apiVersionSunset === null ? null : this.warningOf(platform, apiVersion, apiVersionSunset);
    return { version: apiVersion, sunset: apiVersionSunset, warning };
  }

  private warningOf(platform: string, version: string, sunset: Date): string | null {
    const leftMs = sunset.getTime() - this.clock.now().getTime();
    if (leftMs > noticeMs) return null;
    const on = sunset.toISOString().slice(0, 10);
    const variable = `PLATFORM_${platform.toUpperCase().replaceAll('-', '_')}_API_VERSION`;
    return leftMs > 0
      ? `Version ${version} of ${platform} ends on ${on}: update Fanfare, or set ${variable} to a newer one.`
      : `Version ${version} of ${platform} has ended on ${on}: update Fanfare, or set ${variable} to a newer one.`;
  }
}
