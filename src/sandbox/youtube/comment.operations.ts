import { objectAt, stringAt, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf } from '../core/request.js';
import { empty, json, type SandboxResponse } from '../core/response.js';
import { apiOperation, partsOf, type ApiCall } from './api.operation.js';
import type { Comment } from './comment.js';
import { SCOPES } from './google.login.js';
import { paged } from './paging.js';
import { resource } from './resource.js';
import { forbidden, notFound, refuse } from './youtube.errors.js';
import type { YoutubeState } from './youtube.state.js';

const THREADS = '/youtube/v3/commentThreads';
const LONGEST = 10_000;

/** Comments below a video, as the API describes itself; made for what is said first below one's own. */
export function commentOperations(state: YoutubeState): Operation[] {
  return [
    apiOperation(state, {
      ...{
        name: 'commentThreads.insert',
        host: 'API',
        method: 'POST',
        path: THREADS,
        query: ['part'],
        visible: true,
      },
      body: [
        {
          kind: 'json',
          fields: ['snippet.channelId', 'snippet.videoId', 'snippet.topLevelComment.snippet.textOriginal'],
        },
      ],
      ...{ scopes: [SCOPES.force], cost: 50 },
      run: (call) => insert(state, call),
    }),
    apiOperation(state, {
      ...{ name: 'commentThreads.list', host: 'API', method: 'GET', path: THREADS },
      ...{ query: ['part', 'videoId', 'order', 'maxResults', 'pageToken'], scopes: [SCOPES.force], cost: 1 },
      run: ({ request }) => {
        const parts = partsOf(request, ['id', 'snippet']);
        const { id } = commentable(state, request.query.get('videoId') ?? '');
        const all = state.comments.filter(({ videoId }) => videoId === id).reverse();
        return paged(
          'commentThread',
          all.map((comment) => threadView(state, comment, parts)),
          request,
        );
      },
    }),
    apiOperation(state, {
      ...{
        name: 'comments.delete',
        host: 'API',
        method: 'DELETE',
        path: '/youtube/v3/comments',
        query: ['id'],
      },
      ...{ scopes: [SCOPES.force], cost: 50 },
      run: ({ request, channel }) => {
        const comment = state.comments.find(({ id }) => id === request.query.get('id'));
        if (comment === undefined) throw notFound('commentNotFound', 'the id parameter');
        if (comment.channelId !== channel.id) throw forbidden();
        state.comments = state.comments.filter((other) => other !== comment);
        return empty(204);
      },
    }),
  ];
}

function insert(state: YoutubeState, { request, channel }: ApiCall): SandboxResponse {
  const parts = partsOf(request, ['id', 'snippet']);
  const snippet = objectAt(fieldsOf(request), 'snippet') ?? {};
  const video = commentable(state, stringAt(snippet, 'videoId') ?? '');
  const text =
    stringAt(objectAt(objectAt(snippet, 'topLevelComment') ?? {}, 'snippet') ?? {}, 'textOriginal') ?? '';
  if (text === '') throw wrong('commentTextRequired', 'The comment has no text.');
  if ([...text].length > LONGEST) throw wrong('commentTextTooLong', 'The comment is too long.');
  const id = `Ug${state.nextId('comment', 24)}`;
  const comment: Comment = { id, videoId: video.id, channelId: channel.id, text, createdAt: state.now };
  state.comments.push(comment);
  return json(200, threadView(state, comment, parts));
}

/** Below what is made for children nobody writes. */
function commentable(state: YoutubeState, id: string): { readonly id: string } {
  const video = state.video(id);
  if (video === undefined) throw notFound('videoNotFound', 'the videoId parameter');
  if (!video.metadata.status.selfDeclaredMadeForKids) return video;
  const message = 'The video identified by the videoId parameter has disabled comments.';
  throw refuse({ code: 403, reason: 'commentsDisabled', message, domain: 'youtube.commentThread' });
}

function wrong(reason: string, message: string): ReturnType<typeof refuse> {
  return refuse({ code: 400, reason, message, domain: 'youtube.commentThread' });
}

function threadView(state: YoutubeState, comment: Comment, parts: readonly string[]): JsonObject {
  const { id, videoId, channelId, text, createdAt } = comment;
  const author = state.channel(channelId);
  const at = new Date(createdAt).toISOString();
  const written = {
    ...{ channelId, videoId, textDisplay: text, textOriginal: text, publishedAt: at, updatedAt: at },
    ...{ authorDisplayName: author?.handle ?? '', authorChannelId: { value: channelId } },
    ...{ canRate: true, viewerRating: 'none', likeCount: 0 },
  };
  const topLevelComment = resource('comment', id, { snippet: written }, ['snippet']);
  const snippet = { channelId, videoId, topLevelComment, canReply: true, totalReplyCount: 0, isPublic: true };
  return resource('commentThread', id, { snippet }, parts);
}
