import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ClockModule } from '../../common/clock/index.js';
import { PlatformExplorer } from './explorer.js';
import { PlatformRegistry } from './registry.js';
import { PlatformVersions } from './versions.js';

@Module({
  imports: [DiscoveryModule, ClockModule],
  providers: [PlatformRegistry, PlatformExplorer, PlatformVersions],
  exports: [PlatformRegistry, PlatformVersions],
})
export class PlatformsCoreModule {}
