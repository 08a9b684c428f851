import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { json } from '../core/response.js';
import { apiOperation } from './api.operation.js';
import { refuse } from './mastodon.errors.js';
import type { MastodonState } from './mastodon.state.js';
import { POLL_LIMITS } from './poll.checks.js';
import { MEDIA_LIMITS, MEDIA_TYPES } from './media.limits.js';
import { MAX_ATTACHMENTS } from './status.checks.js';
import { URL_LENGTH } from './text.length.js';

export function instanceOperations(state: MastodonState): Operation[] {
  return [
    apiOperation(state, {
      name: 'instance.v2',
      method: 'GET',
      path: '/api/v2/instance',
      run: () => {
        if (!state.settings.apiV2) throw refuse(404, 'Not Found');
        return json(200, instanceV2(state));
      },
    }),
    apiOperation(state, {
      name: 'instance.v1',
      method: 'GET',
      path: '/api/v1/instance',
      run: () => json(200, instanceV1(state)),
    }),
    {
      name: 'nodeinfo.links',
      host: null,
      method: 'GET',
      path: '/.well-known/nodeinfo',
      visible: false,
      handle: () => {
        const rel = 'http://nodeinfo.diaspora.software/ns/schema/2.0';
        return json(200, { links: [{ rel, href: `${state.base}/nodeinfo/2.0` }] });
      },
    },
    {
      name: 'nodeinfo',
      host: null,
      method: 'GET',
      path: '/nodeinfo/2.0',
      visible: false,
      handle: () => json(200, nodeinfo(state)),
    },
  ];
}

function configuration(state: MastodonState): JsonObject {
  return {
    urls: { streaming: `wss://${state.domain}` },
    statuses: {
      max_characters: state.settings.maxCharacters,
      max_media_attachments: MAX_ATTACHMENTS,
      characters_reserved_per_url: URL_LENGTH,
    },
    media_attachments: {
      supported_mime_types: [...MEDIA_TYPES.keys()],
      description_limit: MEDIA_LIMITS.description,
      image_size_limit: MEDIA_LIMITS.imageBytes,
      image_matrix_limit: MEDIA_LIMITS.imagePixels,
      video_size_limit: MEDIA_LIMITS.videoBytes,
      video_frame_rate_limit: 120,
      video_matrix_limit: 8_294_400,
    },
    polls: {
      max_options: state.settings.maxPollOptions,
      max_characters_per_option: POLL_LIMITS.optionCharacters,
      min_expiration: POLL_LIMITS.minSeconds,
      max_expiration: POLL_LIMITS.maxSeconds,
    },
  };
}

function instanceV2(state: MastodonState): JsonObject {
  return {
    domain: state.domain,
    title: 'Sandbox',
    version: state.settings.version,
    source_url: 'https://github.com/mastodon/mastodon',
    description: 'A simulated instance',
    languages: ['en'],
    configuration: configuration(state),
    registrations: { enabled: false, approval_required: false, message: null },
    api_versions: { mastodon: 7 },
    rules: [],
  };
}

function instanceV1(state: MastodonState): JsonObject {
  const { urls, ...rest } = configuration(state);
  return {
    uri: state.domain,
    title: 'Sandbox',
    short_description: 'A simulated instance',
    description: '',
    version: state.settings.version,
    urls: { streaming_api: `wss://${state.domain}` },
    languages: ['en'],
    registrations: false,
    approval_required: false,
    configuration: rest,
    rules: [],
  };
}

function nodeinfo(state: MastodonState): JsonObject {
  const { software, version } = state.settings;
  return {
    version: '2.0',
    software: { name: software, version },
    protocols: ['activitypub'],
    services: { outbound: [], inbound: [] },
    usage: { users: { total: state.accounts.length }, localPosts: state.store.statuses.size },
    openRegistrations: false,
    metadata: {},
  };
}
