import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '../config/index.js';
import { EventRelay } from './event.relay.js';

/** Milliseconds between looks for events that other processes recorded. */
const pollMs = 500;

/** Keeps the relay going between bootstrap and shutdown, in every process but those that serve the API only. */
@Injectable()
export class RelayRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly config: AppConfig,
    private readonly relay: EventRelay,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'api') return;
    this.relay.open();
    this.relay.nudge();
    this.timer = setInterval(() => this.relay.nudge(), pollMs);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.relay.close();
  }
}
