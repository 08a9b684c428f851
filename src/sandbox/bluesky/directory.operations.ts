import type { Operation } from '../core/operation.js';
import { param } from '../core/request.js';
import { json } from '../core/response.js';
import { didDocument } from './bluesky.account.js';
import { invalidRequest } from './bluesky.errors.js';
import type { BlueskyState } from './bluesky.state.js';

/** Who is who: server, handles and the PLC directory. */
export function directoryOperations(state: BlueskyState): Operation[] {
  const visible = false;
  return [
    {
      name: 'com.atproto.server.describeServer',
      host: 'API',
      method: 'GET',
      path: '/xrpc/com.atproto.server.describeServer',
      visible,
      handle: () =>
        json(200, {
          did: serverDid(state),
          availableUserDomains: ['.test'],
          inviteCodeRequired: false,
          links: {},
          contact: {},
        }),
    },
    {
      name: 'com.atproto.identity.resolveHandle',
      host: 'API',
      method: 'GET',
      path: '/xrpc/com.atproto.identity.resolveHandle',
      visible,
      query: ['handle'],
      handle: ({ query }) => {
        const handle = query.get('handle') ?? '';
        if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(handle))
          throw invalidRequest('Error: handle must be a valid handle');
        const account = state.accounts.find((candidate) => candidate.handle === handle.toLowerCase());
        if (!account) throw invalidRequest('Unable to resolve handle');
        return json(200, { did: account.did });
      },
    },
    {
      name: 'plc.resolve',
      host: 'PLC',
      method: 'GET',
      path: '/:did',
      visible,
      handle: (request) => {
        const did = param(request, 'did');
        const account = state.accounts.find((candidate) => candidate.did === did);
        if (!account) return json(404, { message: `DID not registered: ${did}` });
        return json(200, didDocument(account, state.environment.url('API')));
      },
    },
  ];
}

/** `did:web` of the server; the port is written with `%3A`. */
export function serverDid(state: BlueskyState): string {
  return `did:web:${new URL(state.environment.url('API')).host.replace(':', '%3A')}`;
}
