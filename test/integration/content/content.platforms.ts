import { Module } from '@nestjs/common';
import {
  type AccountCheck,
  BaseConnector,
  BasePublisher,
  type ConnectDescriptor,
  PlatformConnector,
  type PlatformDescriptor,
  PlatformPublisher,
  type PublishResult,
  type ReconcileResult,
  type SettingsSchema,
} from '../../../src/platforms/core/index.js';

function describePlatform(
  key: string,
  name: string,
  maxText: number,
  settings: SettingsSchema,
): PlatformDescriptor {
  return {
    key,
    name,
    settings,
    capabilities: {
      text: { limits: [{ max: maxText, unit: 'graphemes' }], optionalWithMedia: true },
      link: 'card',
      media: {
        limits: [{ kind: 'image', maxItems: 2, mimeTypes: ['image/png'], maxBytes: 100_000, maxAltText: 10 }],
        maxItems: 2,
        mixes: [['image']],
      },
      maxThreadParts: 1,
      callDeadlineMs: 1000,
      reconcile: { settleMs: 0, absentAfterLooks: 1, holdsKey: true, clockToleranceMs: 0 },
      canDelete: false,
    },
  };
}

function fetching(descriptor: PlatformDescriptor): PlatformDescriptor {
  const { media } = descriptor.capabilities;
  const limits = media.limits.map((limit) => ({ ...limit, delivery: 'pull' as const }));
  return { ...descriptor, capabilities: { ...descriptor.capabilities, media: { ...media, limits } } };
}

class NoConnector extends BaseConnector {
  readonly descriptor: ConnectDescriptor = { method: 'token_form', fields: [] };

  check(): Promise<AccountCheck> {
    return Promise.reject(new Error('not in these tests'));
  }
}

abstract class NoPublisher extends BasePublisher {
  publish(): Promise<PublishResult> {
    return Promise.reject(new Error('not in these tests'));
  }

  reconcile(): Promise<ReconcileResult> {
    return Promise.reject(new Error('not in these tests'));
  }
}

@PlatformPublisher('short')
export class ShortPublisher extends NoPublisher {
  readonly descriptor = describePlatform('short', 'Short', 20, {
    type: 'object',
    properties: { mood: { type: 'string', enum: ['good', 'bad'], default: 'good' } },
    additionalProperties: false,
  });
}

@PlatformConnector('short')
export class ShortConnector extends NoConnector {}

/** Fetches pictures by itself. */
@PlatformPublisher('fetching')
export class FetchingPublisher extends NoPublisher {
  readonly descriptor = fetching(
    describePlatform('fetching', 'Fetching', 20, {
      type: 'object',
      properties: {},
      additionalProperties: false,
    }),
  );
}

@PlatformConnector('fetching')
export class FetchingConnector extends NoConnector {}

@PlatformPublisher('long')
export class LongPublisher extends NoPublisher {
  readonly descriptor = describePlatform('long', 'Long', 40, {
    type: 'object',
    properties: { title: { type: 'string' } },
    required: ['title'],
    additionalProperties: false,
  });
}

@PlatformConnector('long')
export class LongConnector extends NoConnector {}

@Module({
  providers: [
    ShortPublisher,
    ShortConnector,
    LongPublisher,
    LongConnector,
    FetchingPublisher,
    FetchingConnector,
  ],
})
export class TestPlatformsModule {}
