import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { outboundScopes } from '../../common/http/index.js';
import type { MetricName, PostMetrics } from '../../platforms/core/index.js';
import { CredentialVault, platformFailure } from '../accounts/index.js';
import { MetricsRepository } from './metrics.repository.js';
import { type Published, PublishedReader } from './published.reader.js';

export interface MetricsView {
  /** The figures that the platform gives for such posts; empty: none, which is not the same as 0. */
  readonly available: readonly MetricName[];
  readonly values: PostMetrics['values'];
  /** When the platform gave them; null where it gives none. */
  readonly readAt: Date | null;
}

/** Minutes for which figures are not asked for again: some platforms charge for each look. */
const freshMinutes = 5;
const readTimeoutMs = 30_000;

/** The figures of a post, read on demand. */
@Injectable()
export class MetricsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: PublishedReader,
    private readonly metrics: MetricsRepository,
    private readonly vault: CredentialVault,
  ) {}

  /** @throws NotFoundError, ConflictError when nothing is out, and what the platform says. */
  async read(workspaceId: string, publicationId: string): Promise<MetricsView> {
    const published = await this.reader.read(workspaceId, publicationId);
    const available = published.publisher.capabilitiesFor(published.account).metrics ?? [];
    if (available.length === 0) return { available, values: {}, readAt: null };
    const known = await this.unitOfWork.run(workspaceId, () =>
      this.metrics.recall(publicationId, freshMinutes),
    );
    if (known !== null) return { available, ...known };
    const { values } = await this.ask(workspaceId, published);
    const readAt = await this.unitOfWork.run(workspaceId, () => this.metrics.remember(publicationId, values));
    return { available, values, readAt };
  }

  private async ask(
    workspaceId: string,
    { publication, account, content, publisher, parts }: Published,
  ): Promise<PostMetrics> {
    try {
      return await this.vault.with(workspaceId, account.id, (credentials) => {
        const ctx = { publicationId: publication.id, account, content, credentials };
        const signal = AbortSignal.timeout(readTimeoutMs);
        return outboundScopes.run({ kind: 'look', signal }, () => publisher.readMetrics(ctx, parts[0]));
      });
    } catch (error) {
      throw platformFailure(error, '');
    }
  }
}
