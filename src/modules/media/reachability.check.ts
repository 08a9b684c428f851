import { Injectable } from '@nestjs/common';
import { buffer } from 'node:stream/consumers';
import { UnitOfWork } from '../../common/database/index.js';
import { FileDownloader, type HttpAnswer, HttpClient, HttpTransportError } from '../../common/http/index.js';
import type { Asset } from './asset.js';
import { MediaLibrary } from './media.library.js';
import { MediaLinks } from './media.links.js';
import {
  type Finding,
  findingOfFailure,
  findingOfStatus,
  noPublicUrl,
  notHttps,
  otherFile,
  rangeIgnored,
  wrongType,
} from './reachability.findings.js';
import { MediaStorage } from './storage/media.storage.js';

export interface Reachability {
  readonly reachable: boolean;
  /** What a platform would ask for, without its signature; null when there is no such address. */
  readonly url: string | null;
  readonly findings: readonly Finding[];
}

const linkValidForMs = 5 * 60_000;
const timeoutMs = 15_000;
const sampleBytes = 16;
const maxAnswerBytes = 64 * 1024;

/** Asks for a file as a platform would that fetches it, and says what is wrong before the platform does. */
@Injectable()
export class ReachabilityCheck {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly library: MediaLibrary,
    private readonly links: MediaLinks,
    private readonly storage: MediaStorage,
    private readonly http: HttpClient,
    private readonly downloader: FileDownloader,
  ) {}

  /** Throws NotFoundError. Call it outside a unit of work. */
  async check(workspaceId: string, assetId: string): Promise<Reachability> {
    const asset = await this.unitOfWork.run(workspaceId, () => this.library.get(assetId));
    const address = await this.links.publicUrl(workspaceId, asset, linkValidForMs);
    if (address === null) return { reachable: false, url: null, findings: [noPublicUrl] };
    const { protocol, origin, pathname } = new URL(address);
    const findings = [
      ...(protocol === 'https:' ? [] : [notHttps(origin)]),
      ...(await this.findings(address, asset)),
    ];
    return { reachable: findings.length === 0, url: origin + pathname, findings };
  }

  private async findings(address: string, asset: Asset): Promise<Finding[]> {
    try {
      const part = await this.checkPart(address, asset);
      return part.length > 0 ? part : await this.checkWhole(address, asset);
    } catch (error) {
      if (!(error instanceof HttpTransportError)) throw error;
      return [findingOfFailure(error)];
    }
  }

  /** Videos are fetched in parts. */
  private async checkPart(address: string, asset: Asset): Promise<Finding[]> {
    const last = Math.min(sampleBytes, asset.bytes) - 1;
    const answer = await this.http.send({
      method: 'GET',
      url: address,
      headers: { range: `bytes=0-${last}`, 'accept-encoding': 'identity' },
      freshConnection: true,
      timeoutMs,
      maxAnswerBytes,
    });
    if (answer.status !== 206) return [answer.status === 200 ? rangeIgnored : findingOfStatus(answer.status)];
    const kept = await buffer(await this.storage.open(asset.sha256, { first: 0, last }));
    const whole = answer.headers['content-range'] === `bytes 0-${last}/${asset.bytes}`;
    if (!whole || !kept.equals(answer.bytes)) return [otherFile];
    return typeOf(answer) === asset.mimeType ? [] : [wrongType(typeOf(answer), asset.mimeType)];
  }

  private checkWhole(address: string, asset: Asset): Promise<Finding[]> {
    const limits = { maxBytes: asset.bytes, maxRedirects: 0, timeoutMs, silenceMs: timeoutMs };
    return this.downloader.fetch(address, limits, ({ status, stream }) => {
      if (status !== 200) return Promise.resolve([findingOfStatus(status)]);
      const length = Number(stream.headers['content-length'] ?? asset.bytes);
      return Promise.resolve(length === asset.bytes ? [] : [otherFile]);
    });
  }
}

function typeOf({ headers }: HttpAnswer): string {
  return (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
