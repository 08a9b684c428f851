import { arrayAt, isJsonObject, objectAt, stringAt, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, param } from '../core/request.js';
import { accepted, empty, json, type SandboxResponse } from '../core/response.js';
import { checkMayRead, speakAs } from './author.rights.js';
import { checkLength, usable } from './content.checks.js';
import { invalidInput, notFound, refuse, schemaProblem } from './linkedin.errors.js';
import { urnOf, type Actor } from './linkedin.members.js';
import type { LinkedinState } from './linkedin.state.js';
import type { Comment, Post } from './post.store.js';
import { pageOf } from './reading.operations.js';
import { restOperation, type RestCall } from './rest.operation.js';
import { readText } from './shown.text.js';

const MAX_COMMENT = 1_250;
const REACTIONS = ['LIKE', 'PRAISE', 'EMPATHY', 'INTEREST', 'APPRECIATION', 'ENTERTAINMENT'];
const COMMENT_FIELDS = ['actor', 'object', 'message.text', 'parentComment', 'content[].entity.image'];

export function socialOperations(state: LinkedinState): Operation[] {
  return [
    restOperation(state, {
      name: 'comments.create',
      method: 'POST',
      path: '/rest/socialActions/:urn/comments',
      visible: true,
      fields: COMMENT_FIELDS,
      run: (call) => comment(state, call),
    }),
    restOperation(state, {
      name: 'comments.list',
      method: 'GET',
      path: '/rest/socialActions/:urn/comments',
      query: ['count', 'start'],
      run: (call) => listComments(state, call),
    }),
    restOperation(state, {
      name: 'comments.delete',
      method: 'DELETE',
      path: '/rest/socialActions/:urn/comments/:id',
      query: ['actor'],
      run: (call) => removeComment(state, call),
    }),
    restOperation(state, {
      name: 'socialActions.get',
      method: 'GET',
      path: '/rest/socialActions/:urn',
      run: (call) => json(200, actionsView(state, readable(state, call))),
    }),
    restOperation(state, {
      name: 'socialMetadata.get',
      method: 'GET',
      path: '/rest/socialMetadata/:urn',
      run: (call) => json(200, metadataView(state, readable(state, call))),
    }),
    restOperation(state, {
      name: 'reactions.create',
      method: 'POST',
      path: '/rest/reactions',
      query: ['actor'],
      visible: true,
      fields: ['root', 'reactionType'],
      run: (call) => react(state, call),
    }),
  ];
}

function comment(state: LinkedinState, { request, caller, context }: RestCall): SandboxResponse {
  const fields = fieldsOf(request);
  const actor = speakAs(state, caller, stringAt(fields, 'actor'), {
    field: 'actor',
    resource: 'comments.CREATE',
  });
  context.actsAs(actor.id);
  const urn = param(request, 'urn');
  if (stringAt(fields, 'object') === undefined)
    throw schemaProblem('/object', 'field is required but not found');
  const post = activeIn(state, urn);
  const text = stringAt(objectAt(fields, 'message') ?? {}, 'text') ?? '';
  if (text.trim() === '') throw invalidInput('MISSING_FIELD', 'message/text', 'A comment says something');
  checkLength('message/text', readText(state, text, 'comments.create'), MAX_COMMENT);
  const image = imageOf(state, actor, fields);
  state.countComment(caller);
  const id = state.posts.nextId();
  const made: Comment = {
    ...{ id, text, image, actor: urnOf(actor), postUrn: post.urn, activity: post.activity },
    urn: `urn:li:comment:(${post.activity},${id})`,
    parent: stringAt(fields, 'parentComment') ?? null,
    createdAt: state.environment.clock.now(),
  };
  state.posts.comments.push(made);
  return json(201, commentView(made), { 'x-restli-id': id });
}

/** The feed learns of a new post a little later than its author. */
function activeIn(state: LinkedinState, urn: string): Post {
  const post = state.posts.find(urn);
  const since = state.environment.clock.now() - state.settings.activityLagMs;
  if (post === undefined || post.createdAt > since || state.posts.state(post) !== 'PUBLISHED') {
    throw notFound(`Unable to obtain activity for urn ${urn}`);
  }
  return post;
}

function imageOf(state: LinkedinState, actor: Actor, fields: JsonObject): string | null {
  const [first] = (arrayAt(fields, 'content') ?? []).filter(isJsonObject);
  const urn = stringAt(objectAt(first ?? {}, 'entity') ?? {}, 'image');
  if (urn === undefined) return null;
  usable(state, actor, urn, ['image'], 'content/entity/image');
  return urn;
}

function commentView({ id, urn, actor, activity, text, parent, createdAt }: Comment): JsonObject {
  return {
    $URN: urn,
    id,
    actor,
    object: activity,
    message: { text },
    created: { actor, time: createdAt },
    ...(parent === null ? {} : { parentComment: parent }),
  };
}

function listComments(state: LinkedinState, call: RestCall): SandboxResponse {
  const { urn } = readable(state, call);
  const { start, count } = pageOf(call.request.query);
  const until = state.environment.clock.now() - state.settings.readLagMs;
  const first = state.posts.comments.filter(
    ({ postUrn, parent, createdAt }) => postUrn === urn && parent === null && createdAt <= until,
  );
  const elements = first.slice(start, start + count).map(commentView);
  return json(200, { paging: { start, count, links: [], total: first.length }, elements });
}

function removeComment(state: LinkedinState, { request, caller, context }: RestCall): SandboxResponse {
  const wish = { field: 'actor', resource: 'comments.DELETE' };
  const urn = request.query.get('actor') ?? undefined;
  const actor = speakAs(state, caller, urn, wish);
  context.actsAs(actor.id);
  const { posts } = state;
  const found = posts.comments.find(({ id, actor: by }) => id === param(request, 'id') && by === urn);
  posts.comments = posts.comments.filter((candidate) => candidate !== found);
  return accepted(empty(204), found !== undefined);
}

function readable(state: LinkedinState, { request, caller }: RestCall): Post {
  const urn = param(request, 'urn');
  const post = state.posts.find(urn);
  if (post === undefined) throw notFound(`Could not find entity ${urn}`);
  checkMayRead(state, caller, post.author, 'socialActions.GET');
  return post;
}

function actionsView(state: LinkedinState, post: Post): JsonObject {
  const first = state.posts.comments.filter(({ postUrn, parent }) => postUrn === post.urn && parent === null);
  const all = state.posts.comments.filter(({ postUrn }) => postUrn === post.urn);
  return {
    $URN: post.urn,
    target: post.urn,
    likesSummary: { totalLikes: state.posts.reactions.get(post.urn)?.size ?? 0, likedByCurrentUser: false },
    commentsSummary: { totalFirstLevelComments: first.length, aggregatedTotalComments: all.length },
  };
}

function metadataView(state: LinkedinState, post: Post): JsonObject {
  const counts = new Map<string, number>();
  for (const type of state.posts.reactions.get(post.urn)?.values() ?? []) {
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const summaries = [...counts].map(([reactionType, count]) => [reactionType, { reactionType, count }]);
  const all = state.posts.comments.filter(({ postUrn }) => postUrn === post.urn);
  return {
    entity: post.urn,
    reactionSummaries: Object.fromEntries(summaries) as JsonObject,
    commentSummary: { count: all.length, topLevelCount: all.filter(({ parent }) => parent === null).length },
  };
}

function react(state: LinkedinState, { request, caller, context }: RestCall): SandboxResponse {
  const wish = { field: 'actor', resource: 'reactions.CREATE' };
  const actorUrn = request.query.get('actor') ?? undefined;
  context.actsAs(speakAs(state, caller, actorUrn, wish).id);
  const fields = fieldsOf(request);
  const post = activeIn(state, stringAt(fields, 'root') ?? '');
  const type = stringAt(fields, 'reactionType') ?? '';
  if (!REACTIONS.includes(type)) throw refuse(400, 'PARAM_INVALID', `"${type}" is no reaction`);
  const reactions = state.posts.reactions.get(post.urn) ?? new Map<string, string>();
  state.posts.reactions.set(post.urn, reactions.set(actorUrn ?? '', type));
  const id = `urn:li:reaction:(${actorUrn ?? ''},${post.activity})`;
  return json(201, { id, root: post.activity, reactionType: type }, { 'x-restli-id': id });
}
