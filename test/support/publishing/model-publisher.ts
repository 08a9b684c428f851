import {
  BasePublisher,
  type PlatformDescriptor,
  type PublishResult,
  type ReconcilePolicy,
  type ReconcileResult,
} from '../../../src/platforms/core/index.js';

/** What a test lets the platform be and see. */
export interface Model {
  readonly reconcile: ReconcilePolicy;
  readonly callDeadlineMs: number;
  readonly commitsAreIndependent?: boolean;
  look(): Promise<ReconcileResult>;
}

/** A platform that is nothing but data and an answer to a look; what it publishes, a test plays itself. */
export class ModelPublisher extends BasePublisher {
  constructor(private readonly model: Model) {
    super();
  }

  get descriptor(): PlatformDescriptor {
    const { reconcile, callDeadlineMs } = this.model;
    return {
      key: 'model',
      name: 'Model',
      settings: { type: 'object', properties: {}, additionalProperties: false },
      capabilities: {
        text: { limits: [{ max: 500, unit: 'graphemes' }], optionalWithMedia: true },
        link: 'in_text',
        media: { limits: [], maxItems: 0, mixes: [] },
        maxThreadParts: 5,
        callDeadlineMs,
        reconcile,
        canDelete: false,
      },
    };
  }

  override get commitsAreIndependent(): boolean {
    return this.model.commitsAreIndependent ?? false;
  }

  publish(): Promise<PublishResult> {
    return Promise.reject(new Error('a test plays the calls itself'));
  }

  reconcile(): Promise<ReconcileResult> {
    return this.model.look();
  }
}
