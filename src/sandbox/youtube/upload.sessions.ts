import { randomBytes } from 'node:crypto';
import type { SandboxClock } from '../core/sandbox.clock.js';
import type { Video, VideoMetadata } from './video.js';

/** An upload that was announced: nothing is on the channel before its last byte. */
export interface UploadSession {
  readonly id: string;
  readonly channelId: string;
  readonly parts: readonly string[];
  readonly metadata: VideoMetadata;
  readonly notifySubscribers: boolean;
  readonly mimeType: string;
  readonly createdAt: number;
  /** Null until the first range says it. */
  total: number | null;
  received: Buffer;
  video: Video | null;
}

export type NewSession = Omit<UploadSession, 'id' | 'createdAt' | 'received' | 'video'>;

export class UploadSessions {
  private sessions = new Map<string, UploadSession>();

  constructor(private readonly clock: SandboxClock) {}

  open(wanted: NewSession): UploadSession {
    const id = randomBytes(32).toString('base64url');
    const session: UploadSession = {
      ...wanted,
      ...{ id, createdAt: this.clock.now(), received: Buffer.alloc(0), video: null },
    };
    this.sessions.set(id, session);
    return session;
  }

  /** Undefined: unknown, or over. */
  find(id: string, livesMs: number): UploadSession | undefined {
    const session = this.sessions.get(id);
    return session !== undefined && this.clock.now() - session.createdAt < livesMs ? session : undefined;
  }

  reset(): void {
    this.sessions = new Map();
  }
}
