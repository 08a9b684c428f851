import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { BaseConnector } from './connector.js';
import { connectorOf, publisherOf } from './decorators.js';
import { PlatformRegistry } from './registry.js';
import { BasePublisher } from './publisher.js';

/** A mistake in the wiring of a platform; stops the boot and names the class. */
export class PlatformWiringError extends Error {
  constructor(className: string, problem: string) {
    super(`${className} ${problem}`);
    this.name = 'PlatformWiringError';
  }
}

type Decorator = typeof publisherOf;
type Abstract<T> = abstract new (...args: never[]) => T;

/** Finds the decorated publishers and connectors among all providers and registers them in pairs. */
@Injectable()
export class PlatformExplorer implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly registry: PlatformRegistry,
  ) {}

  onModuleInit(): void {
    const publishers = this.collect(publisherOf, BasePublisher, '@PlatformPublisher');
    const connectors = this.collect(connectorOf, BaseConnector, '@PlatformConnector');
    for (const [key, publisher] of publishers) {
      const connector = connectors.get(key);
      const className = publisher.constructor.name;
      if (connector === undefined) {
        throw new PlatformWiringError(
          className,
          `publishes to "${key}", but no class carries @PlatformConnector('${key}').`,
        );
      }
      if (publisher.descriptor.key !== key) {
        throw new PlatformWiringError(
          className,
          `is decorated for "${key}", but its descriptor says "${publisher.descriptor.key}".`,
        );
      }
      this.registry.register({ descriptor: publisher.descriptor, publisher, connector });
    }
    for (const [key, connector] of connectors) {
      if (publishers.has(key)) continue;
      throw new PlatformWiringError(
        connector.constructor.name,
        `connects "${key}", but no class carries @PlatformPublisher('${key}').`,
      );
    }
  }

  private collect<T extends object>(decorator: Decorator, base: Abstract<T>, name: string): Map<string, T> {
    const found = new Map<string, T>();
    for (const wrapper of this.discovery.getProviders({ metadataKey: decorator.KEY })) {
      const key = this.discovery.getMetadataByDecorator(decorator, wrapper);
      const instance: unknown = wrapper.instance;
      const className = wrapper.metatype?.name ?? String(wrapper.name);
      if (key === undefined || !/^[a-z][a-z0-9-]*$/.test(key)) {
        throw new PlatformWiringError(className, `carries ${name} without a platform key in lower case.`);
      }
      if (!(instance instanceof base)) {
        throw new PlatformWiringError(
          className,
          `carries ${name}('${key}') but does not extend ${base.name}.`,
        );
      }
      const other = found.get(key);
      if (other !== undefined && other !== instance) {
        throw new PlatformWiringError(
          className,
          `and ${other.constructor.name} both carry ${name}('${key}').`,
        );
      }
      found.set(key, instance);
    }
    return found;
  }
}
