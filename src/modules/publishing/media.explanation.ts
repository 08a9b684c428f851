import { Injectable } from '@nestjs/common';
import { renditionsOf, unfitOf } from '../../platforms/core/index.js';
import { PostReader } from '../content/index.js';
import { MediaRenditions, type Rendition } from '../media/index.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import type { Reason } from './reason.js';
import { isEnd } from './publication.states.js';

/** What the files of a publication have to do with it that it is not out, also long before it is due. Inside a unit of work. */
@Injectable()
export class MediaExplanation {
  constructor(
    private readonly posts: PostReader,
    private readonly renditions: MediaRenditions,
  ) {}

  async reasonsOf(row: PublicationEntity): Promise<Reason[]> {
    if (isEnd(row.state)) return [];
    const content = row.content ?? (await this.composed(row));
    if (content === null) return [];
    const found = await this.renditions.findAll(renditionsOf(content));
    const unfit = unfitOf(content);
    const made = found.flatMap((rendition) => reasonOf(rendition) ?? []);
    return unfit === null ? made : [cannotBeMade(unfit), ...made];
  }

  private async composed({ postId, targetId }: PublicationEntity): Promise<PublicationEntity['content']> {
    const post = await this.posts.compose(postId);
    return post?.targets.find((target) => target.targetId === targetId)?.content ?? null;
  }
}

function reasonOf({ state, error, progress }: Rendition): Reason | null {
  switch (state) {
    case 'ready':
      return null;
    case 'waiting':
    case 'running':
      return {
        code: 'media_in_progress',
        message: `A file of it is being made to fit the platform: ${progress} % are done.`,
        remedy: null,
        until: null,
      };
    case 'failed':
      return cannotBeMade(error ?? 'it failed.');
  }
}

function cannotBeMade(why: string): Reason {
  return {
    code: 'media_cannot_be_made',
    message: `A file of it cannot be made to fit the platform: ${why}`,
    remedy: 'Give this target another file.',
    until: null,
  };
}
