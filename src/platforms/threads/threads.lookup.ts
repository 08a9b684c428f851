import { Injectable } from '@nestjs/common';
import {
  PublishError,
  readSince,
  sinceOf,
  textAt,
  type JsonObject,
  type OpenCommit,
  type ReconcileContext,
  type ReconcileResult,
  type Window,
} from '../core/index.js';
import type { ThreadsPost } from './threads.answers.js';
import { threadsCapabilities } from './threads.capabilities.js';
import { ThreadsClient } from './threads.client.js';
import { piecesOf, repliesTo, type Piece } from './threads.container.js';
import { containerStep, generations } from './threads.containers.js';
import { notYetToBeTold } from './threads.failures.js';
import { comparable, listedTexts, withLink } from './threads.text.js';

/** 25 posts a page: more than any account makes between a call and the look at it. */
const maxPages = 20;

/** Kinds as the lists name them: `TEXT_POST`, `CAROUSEL_ALBUM`. */
const listedAs: Readonly<Record<Piece['mediaType'], readonly string[]>> = {
  TEXT: ['TEXT', 'TEXT_POST', ''],
  IMAGE: ['IMAGE', ''],
  VIDEO: ['VIDEO', ''],
  CAROUSEL: ['CAROUSEL', 'CAROUSEL_ALBUM', ''],
};

/** What the post of an open commit must look like. */
interface Wanted {
  readonly piece: Piece;
  readonly texts: readonly string[];
  /** Id of the post that it answers; null for the post itself. */
  readonly repliedTo: string | null;
}

/** Tells what became of a call that publishes: by the state of its container, then among the posts of the account. */
@Injectable()
export class ThreadsLookup {
  constructor(private readonly client: ThreadsClient) {}

  async look(ctx: ReconcileContext, commit: OpenCommit, token: string): Promise<ReconcileResult> {
    const wanted = await wantedOf(ctx, commit.key);
    if (wanted === null) return cannotTell('The part before this one is not stored.');
    const containerId = commit.forgotten ? null : await containerOf(ctx, commit.key);
    const status = containerId === null ? null : await this.statusOf(token, containerId);
    if (status === 'IN_PROGRESS') throw notYetToBeTold('Threads is still working on the container.');
    if (status !== null && status !== 'PUBLISHED') {
      return { verdict: 'absent', evidence: { container: status } };
    }
    const window = await readSince(ctx, {
      since: sinceOf(commit, threadsCapabilities),
      maxPages,
      read: (after) => this.client.posts(token, { replies: wanted.repliedTo !== null, after }),
      couldBe: (post) => couldBe(post, wanted),
    });
    const same = window.candidates.find(({ text }) => wanted.texts.includes(comparable(text)));
    if (same !== undefined) return found(same, status === null ? 'text' : 'container and text');
    return status === null ? this.withoutContainer(window) : this.published(window);
  }

  /** The container is out, and what is listed since says something else: Threads may have changed the text. */
  private published({ candidates }: Window<ThreadsPost>): ReconcileResult {
    const [only, ...others] = candidates;
    if (only !== undefined && others.length === 0) return found(only, 'container');
    throw notYetToBeTold('The container is published, and its post is not listed yet.');
  }

  private withoutContainer({ complete, pages, candidates }: Window<ThreadsPost>): ReconcileResult {
    if (!complete) return cannotTell('The account has posted too much since the call.');
    return { verdict: 'absent', evidence: { pages, postsSinceCall: candidates.length } };
  }

  /** A container that has no state any more is one that was published. */
  private async statusOf(token: string, id: string): Promise<string> {
    try {
      return (await this.client.container(token, id)).status;
    } catch (error) {
      if (error instanceof PublishError && error.code === 'threads.container_consumed') return 'PUBLISHED';
      throw error;
    }
  }
}

function couldBe({ mediaType, repliedTo }: ThreadsPost, wanted: Wanted): boolean {
  const answers = repliedTo === null || repliedTo === wanted.repliedTo;
  return answers && listedAs[wanted.piece.mediaType].includes(mediaType);
}

async function wantedOf(ctx: ReconcileContext, key: string): Promise<Wanted | null> {
  const piece = piecesOf(ctx.content).find((candidate) => candidate.key === key);
  const before = repliesTo(key);
  const repliedTo = before === null ? null : (await ctx.committed(before))?.platformPostId;
  if (piece === undefined || repliedTo === undefined) return null;
  const card = piece.more['link_attachment'];
  const texts = card === undefined ? [piece.text] : [piece.text, withLink(piece.text, card)];
  return { piece, repliedTo, texts: texts.flatMap(listedTexts) };
}

/** The last one that was made for the commit. */
async function containerOf(ctx: ReconcileContext, key: string): Promise<string | null> {
  let last: string | null = null;
  for (let generation = 0; generation < generations; generation += 1) {
    const made = await ctx.remembered(containerStep(key, generation));
    last = textAt(made, 'id') ?? last;
  }
  return last;
}

function found(post: ThreadsPost, mark: string): ReconcileResult {
  const evidence: JsonObject = { mark, timestamp: post.createdAt.toISOString() };
  return { verdict: 'found', result: { platformPostId: post.id, permalink: post.permalink }, evidence };
}

function cannotTell(reason: string): ReconcileResult {
  return { verdict: 'cannot_tell', reason };
}
