import { applyDecorators, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

/** Metadata of the two decorators; read by the explorer only. */
export const publisherOf = DiscoveryService.createDecorator<string>();
export const connectorOf = DiscoveryService.createDecorator<string>();

/** Marks the publisher of a platform. The key is the platform's folder name. */
export function PlatformPublisher(key: string): ClassDecorator {
  return applyDecorators(Injectable(), publisherOf(key));
}

/** Marks the connector of a platform. */
export function PlatformConnector(key: string): ClassDecorator {
  return applyDecorators(Injectable(), connectorOf(key));
}

/** The key that a class carries as a publisher; undefined when it is none, or is decorated by another copy of this file. */
export function publisherKeyOf(type: object): unknown {
  return Reflect.getMetadata(publisherOf.KEY, type);
}

/** The same for connectors. */
export function connectorKeyOf(type: object): unknown {
  return Reflect.getMetadata(connectorOf.KEY, type);
}
