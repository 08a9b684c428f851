import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { PlatformExplorer } from './explorer.js';
import { PlatformRegistry } from './registry.js';

@Module({
  imports: [DiscoveryModule],
  providers: [PlatformRegistry, PlatformExplorer],
  exports: [PlatformRegistry],
})
export class PlatformsCoreModule {}
