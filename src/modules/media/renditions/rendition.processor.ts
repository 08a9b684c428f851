import { Injectable } from '@nestjs/common';
import { ProcessesJob } from '../../../common/queue/index.js';
import { makeRendition, type MakeRenditionPayload } from './rendition.jobs.js';
import { RenditionMaker } from './rendition.maker.js';

@Injectable()
export class RenditionProcessor {
  constructor(private readonly maker: RenditionMaker) {}

  @ProcessesJob(makeRendition)
  async make({ workspaceId, renditionId }: MakeRenditionPayload): Promise<void> {
    await this.maker.make(workspaceId, renditionId);
  }
}
