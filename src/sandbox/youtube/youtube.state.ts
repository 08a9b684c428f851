import { LaggingList } from '../core/lagging.list.js';
import { probeMovie } from '../core/movie.probe.js';
import type { JsonObject } from '../core/json.js';
import type { OperationContext } from '../core/operation.js';
import type { SandboxRequest } from '../core/request.js';
import { RollingQuota } from '../core/rolling.quota.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import { GoogleLogin } from './google.login.js';
import { Playlists } from './playlists.js';
import { ProjectQuota } from './project.quota.js';
import { UploadSessions, type UploadSession } from './upload.sessions.js';
import type { Comment } from './comment.js';
import type { Video } from './video.js';
import { readChannel, youtubeId, type Channel } from './youtube.channel.js';
import {
  accountEnded,
  apiDisabled,
  invalid,
  scopeMissing,
  signupRequired,
  unauthenticated,
} from './youtube.errors.js';
import { defaultSettings, type YoutubeSettings } from './youtube.settings.js';

const DAY_MS = 24 * 60 * 60_000;
const QUARTER_HOUR_MS = 15 * 60_000;

/** Everything that the simulated platform remembers. */
export class YoutubeState {
  readonly login: GoogleLogin;
  readonly sessions: UploadSessions;
  readonly videos: LaggingList<Video>;
  readonly playlists = new Playlists();
  readonly quota: ProjectQuota;
  readonly thumbnails: RollingQuota;
  settings: YoutubeSettings = defaultSettings;
  channels: Channel[] = [];
  comments: Comment[] = [];
  private readonly uploads: RollingQuota;
  private made = 0;

  constructor(readonly environment: SimulatorEnvironment) {
    const { clock } = environment;
    this.login = new GoogleLogin(environment, this);
    this.sessions = new UploadSessions(clock);
    this.videos = new LaggingList(clock);
    this.quota = new ProjectQuota(clock);
    this.uploads = new RollingQuota(clock, DAY_MS);
    this.thumbnails = new RollingQuota(clock, DAY_MS);
    this.seed();
  }

  get now(): number {
    return this.environment.clock.now();
  }

  /** A new channel, or other properties of one that is there. */
  put(input: JsonObject): Channel {
    const wanted = readChannel(input, undefined);
    const known = this.channels.find(({ handle }) => handle === wanted.handle);
    if (known !== undefined) return Object.assign(known, readChannel(input, known));
    const name = youtubeId('channel', this.channels.length, 22);
    const ids = { id: `UC${name}`, uploadsId: `UU${name}`, createdAt: this.environment.clock.iso() };
    const channel = { ...ids, ...wanted };
    this.channels.push(channel);
    this.playlists.add(channel.id, 'Favourites');
    return channel;
  }

  channel(id: string): Channel | undefined {
    return this.channels.find((channel) => channel.id === id);
  }

  video(id: string): Video | undefined {
    return this.videos.all().find((video) => video.id === id);
  }

  nextId(kind: string, length: number): string {
    this.made += 1;
    return youtubeId(kind, this.made, length);
  }

  /** Whose token it is; one that is not good is refused in the platform's own words. */
  checkToken(request: SandboxRequest): { readonly channel: Channel; readonly scopes: readonly string[] } {
    const checked = this.login.server.checkBearer(request);
    const channel = checked.ok ? this.channel(checked.token.accountId) : undefined;
    if (!checked.ok || channel === undefined) throw unauthenticated();
    return { channel, scopes: checked.token.scopes };
  }

  authorize(
    request: SandboxRequest,
    context: OperationContext,
    wanted: { readonly scopes: readonly string[]; readonly withoutChannel: boolean },
  ): Channel {
    const { channel, scopes } = this.checkToken(request);
    context.actsAs(channel.id);
    if (!this.settings.apiEnabled) throw apiDisabled();
    if (!wanted.scopes.some((scope) => scopes.includes(scope))) throw scopeMissing();
    if (channel.status !== 'active') throw accountEnded(channel.status === 'closed' ? 'Closed' : 'Suspended');
    if (!channel.hasChannel && !wanted.withoutChannel) throw signupRequired();
    return channel;
  }

  takeUpload({ id }: Channel): void {
    if (this.uploads.take(id, this.settings.channelUploadsPerDay)) return;
    const message = 'The user has exceeded the number of videos they may upload.';
    throw invalid('uploadLimitExceeded', message);
  }

  /** The last byte has come: the video is on the channel, and is processed. */
  finish(session: UploadSession): Video {
    const { channelId, metadata, mimeType, notifySubscribers, received } = session;
    const { sha256 } = this.environment.media.put(received, mimeType);
    const locked = this.settings.audited ? {} : { privacyStatus: 'private' as const, publishAt: null };
    const status = { ...metadata.status, ...locked };
    const video: Video = {
      ...{ id: this.nextId('video', 11), channelId, mimeType, sha256, notifySubscribers },
      ...{ bytes: received.length, facts: probeMovie(received), createdAt: this.now },
      failure: this.failureOf(channelId, sha256, received),
      metadata: { ...metadata, status },
      thumbnail: null,
      pollsLeft: this.settings.processingPolls,
      publishedAt: status.privacyStatus === 'public' ? this.now : null,
    };
    session.video = video;
    session.received = Buffer.alloc(0);
    this.videos.add(video);
    this.publishDue();
    return video;
  }

  /** What was to be public at a time that has come. */
  publishDue(): void {
    for (const video of this.videos.all()) {
      const { status } = video.metadata;
      if (status.publishAt === null || status.publishAt > this.now) continue;
      video.publishedAt = Math.max(status.publishAt, video.createdAt);
      video.metadata = { ...video.metadata, status: { ...status, privacyStatus: 'public', publishAt: null } };
    }
  }

  reset(): void {
    this.channels = [];
    this.comments = [];
    this.settings = defaultSettings;
    this.made = 0;
    for (const part of [this.login, this.sessions, this.videos, this.playlists, this.quota]) part.reset();
    this.uploads.reset();
    this.thumbnails.reset();
    this.seed();
  }

  private failureOf(channelId: string, sha256: string, bytes: Buffer): Video['failure'] {
    const { failureReason, rejectionReason, rejectsDuplicates } = this.settings;
    if (failureReason !== '') return { kind: 'failed', reason: failureReason };
    if (rejectionReason !== '') return { kind: 'rejected', reason: rejectionReason };
    if (!isMovie(bytes)) return { kind: 'failed', reason: 'invalidFile' };
    const isLong = (probeMovie(bytes)?.durationMs ?? 0) > QUARTER_HOUR_MS;
    if (isLong && this.channel(channelId)?.longUploads !== 'allowed')
      return { kind: 'rejected', reason: 'length' };
    const own = this.videos.all().filter((video) => video.channelId === channelId);
    const isKnown = rejectsDuplicates && own.some((video) => video.sha256 === sha256);
    return isKnown ? { kind: 'rejected', reason: 'duplicate' } : null;
  }

  private seed(): void {
    this.put({ name: 'Alice' });
    this.put({ name: 'Bob' });
  }
}

/** MP4 and MOV, Matroska and WebM, AVI, MPEG. */
function isMovie(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, 12);
  const signature = bytes.length < 4 ? 0 : bytes.readUInt32BE(0);
  return (
    head.slice(4, 8) === 'ftyp' || /^RIFF....AVI /s.test(head) || [0x1a45dfa3, 0x000001ba].includes(signature)
  );
}
