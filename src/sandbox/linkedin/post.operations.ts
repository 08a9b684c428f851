import { booleanAt, objectAt, stringAt, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, param } from '../core/request.js';
import { accepted, empty, type SandboxResponse } from '../core/response.js';
import { speakAs } from './author.rights.js';
import { checkContent, checkLength } from './content.checks.js';
import {
  accessDenied,
  duplicateOf,
  invalidInput,
  notEnoughPermissions,
  notFound,
  schemaProblem,
} from './linkedin.errors.js';
import { urnOf, type Actor } from './linkedin.members.js';
import type { Caller, LinkedinState } from './linkedin.state.js';
import { readText } from './shown.text.js';
import type { Draft, Post } from './post.store.js';
import { restOperation, type RestCall } from './rest.operation.js';

const MAX_COMMENTARY = 3_000;
const VISIBILITIES = ['PUBLIC', 'CONNECTIONS', 'LOGGED_IN'];

const POST_FIELDS = [
  ...['author', 'commentary', 'visibility', 'lifecycleState', 'isReshareDisabledByAuthor'],
  ...['distribution.feedDistribution', 'distribution.targetEntities[]'],
  'distribution.thirdPartyDistributionChannels[]',
  ...['source', 'title', 'description', 'thumbnail'].map((field) => `content.article.${field}`),
  ...['id', 'altText', 'title'].map((field) => `content.media.${field}`),
  ...['id', 'altText'].map((field) => `content.multiImage.images[].${field}`),
  ...['content.poll.question', 'content.poll.options[].text', 'content.poll.settings.duration'],
  'reshareContext.parent',
];

export function postOperations(state: LinkedinState): Operation[] {
  const path = '/rest/posts/:urn';
  return [
    restOperation(state, {
      name: 'posts.create',
      method: 'POST',
      path: '/rest/posts',
      visible: true,
      fields: POST_FIELDS,
      run: (call) => create(state, call),
    }),
    restOperation(state, {
      name: 'posts.update',
      method: 'POST',
      path,
      visible: true,
      fields: ['patch.$set.commentary'],
      verb: 'PARTIAL_UPDATE',
      run: (call) => edit(state, call),
    }),
    restOperation(state, {
      name: 'posts.delete',
      method: 'DELETE',
      path,
      run: (call) => remove(state, call),
    }),
  ];
}

function create(state: LinkedinState, { request, caller, context }: RestCall): SandboxResponse {
  const fields = fieldsOf(request);
  const author = authorOf(state, caller, stringAt(fields, 'author'));
  context.actsAs(author.id);
  const draft = draftOf(state, author, fields);
  state.countPost(caller);
  const earlier = state.posts.duplicateOf(draft, state.settings.ghostDuplicates);
  if (earlier !== null) throw duplicateOf(earlier);
  const { publishMs, publishFails } = state.settings;
  const post = state.posts.add(draft, kindOf(draft), { ms: publishMs, fails: publishFails });
  const location = `/posts/${encodeURIComponent(post.urn)}`;
  return empty(201, { 'x-restli-id': post.urn, location });
}

function authorOf(state: LinkedinState, caller: Caller, urn: string | undefined): Actor {
  if (urn === undefined)
    throw schemaProblem('/author', 'field is required but not found and has no default value');
  return speakAs(state, caller, urn, { field: 'author', resource: 'posts.CREATE' });
}

function draftOf(state: LinkedinState, author: Actor, fields: JsonObject): Draft {
  const commentary = stringAt(fields, 'commentary') ?? '';
  const content = objectAt(fields, 'content') ?? null;
  const parent = parentOf(state, objectAt(fields, 'reshareContext'));
  const visibility = visibilityOf(author, stringAt(fields, 'visibility'));
  const distribution = distributionOf(objectAt(fields, 'distribution'));
  const lifecycle = stringAt(fields, 'lifecycleState');
  if (lifecycle !== 'PUBLISHED') {
    throw invalidInput(
      'INVALID_VALUE_FOR_FIELD',
      'lifecycleState',
      `${lifecycle ?? 'nothing'} cannot be created`,
    );
  }
  checkLength('commentary', readText(state, commentary, 'posts.create'), MAX_COMMENTARY);
  const hasContent = content !== null && Object.keys(content).length > 0;
  if (hasContent && parent !== null) throw schemaProblem('/content', 'a reshare cannot have content');
  if (hasContent) checkContent(state, author, content);
  if (!hasContent && parent === null && commentary.trim() === '') {
    throw invalidInput('MISSING_FIELD', 'commentary', 'A post without content needs a commentary');
  }
  const resharable = booleanAt(fields, 'isReshareDisabledByAuthor') !== true;
  return {
    ...{ author: urnOf(author), commentary, visibility, distribution, parent, resharable },
    content: hasContent ? content : null,
  };
}

function visibilityOf(author: Actor, visibility: string | undefined): string {
  if (visibility === undefined || !VISIBILITIES.includes(visibility)) {
    throw schemaProblem('/visibility', `"${visibility ?? ''}" is not an enum symbol`);
  }
  if (visibility === 'CONNECTIONS' && author.kind === 'organization') {
    throw invalidInput('INVALID_VALUE_FOR_FIELD', 'visibility', 'An organization has no connections');
  }
  return visibility;
}

function distributionOf(distribution: JsonObject | undefined): JsonObject {
  const feed = stringAt(distribution ?? {}, 'feedDistribution');
  if (distribution === undefined || (feed !== 'MAIN_FEED' && feed !== 'NONE')) {
    throw schemaProblem('/distribution/feedDistribution', `"${feed ?? ''}" is not an enum symbol`);
  }
  return distribution;
}

function parentOf(state: LinkedinState, context: JsonObject | undefined): string | null {
  if (context === undefined) return null;
  const urn = stringAt(context, 'parent') ?? '';
  if (!/^urn:li:(share|ugcPost):\d+$/.test(urn)) {
    throw invalidInput('INVALID_URN_TYPE', 'reshareContext/parent', `${urn} is no post`);
  }
  const post = state.posts.find(urn);
  if (post === undefined) throw notFound(`Could not find entity ${urn}`);
  if (!post.resharable) throw accessDenied('The author does not allow this post to be shared again');
  return urn;
}

/** Posts with something to play or to vote on have another kind of URN. */
function kindOf({ content }: Draft): 'share' | 'ugcPost' {
  const media = stringAt(objectAt(content ?? {}, 'media') ?? {}, 'id') ?? '';
  const playable = media.startsWith('urn:li:video:') || media.startsWith('urn:li:document:');
  return playable || content?.['poll'] !== undefined ? 'ugcPost' : 'share';
}

function edit(state: LinkedinState, { request, caller, context }: RestCall): SandboxResponse {
  const post = state.posts.find(param(request, 'urn'));
  if (post === undefined) throw notFound(`Could not find entity ${param(request, 'urn')}`);
  context.actsAs(ownerOf(state, caller, post, 'posts.PARTIAL_UPDATE').id);
  const set = objectAt(objectAt(fieldsOf(request), 'patch') ?? {}, '$set') ?? {};
  const commentary = stringAt(set, 'commentary');
  if (commentary === undefined)
    throw schemaProblem('/patch/$set/commentary', 'field is required but not found');
  checkLength('commentary', readText(state, commentary, 'posts.update'), MAX_COMMENTARY);
  post.commentary = commentary;
  post.editedAt = state.environment.clock.now();
  return empty(204);
}

/** What is gone already is deleted. */
function remove(state: LinkedinState, { request, caller, context }: RestCall): SandboxResponse {
  const post = state.posts.find(param(request, 'urn'));
  if (post === undefined) return accepted(empty(204), false);
  context.actsAs(ownerOf(state, caller, post, 'posts.DELETE').id);
  state.posts.remove(post);
  return empty(204);
}

function ownerOf(state: LinkedinState, caller: Caller, post: Post, resource: string): Actor {
  const author = state.members.find(post.author);
  const mine =
    author?.kind === 'organization' ? author.admin === caller.person.id : author?.id === caller.person.id;
  if (!mine) throw notEnoughPermissions(resource);
  return speakAs(state, caller, post.author, { field: 'author', resource });
}
