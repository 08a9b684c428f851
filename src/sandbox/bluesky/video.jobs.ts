import type { JsonObject } from '../core/json.js';
import type { BlueskyAccount, StoredBlob } from './bluesky.account.js';

export interface VideoJob {
  readonly id: string;
  readonly account: BlueskyAccount;
  readonly bytes: Buffer;
  looks: number;
  blob: StoredBlob | null;
}

export class VideoJobs {
  private jobs = new Map<string, VideoJob>();

  add(job: VideoJob): VideoJob {
    this.jobs.set(job.id, job);
    return job;
  }

  find(id: string): VideoJob | undefined {
    return this.jobs.get(id);
  }

  usedBy(account: BlueskyAccount): { count: number; bytes: number } {
    const own = [...this.jobs.values()].filter((job) => job.account === account);
    return { count: own.length, bytes: own.reduce((sum, job) => sum + job.bytes.length, 0) };
  }

  view(job: VideoJob, status: JsonObject): JsonObject {
    return { jobId: job.id, did: job.account.did, ...status };
  }

  reset(): void {
    this.jobs = new Map();
  }
}
