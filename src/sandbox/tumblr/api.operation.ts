import type { IssuedToken } from '../core/oauth/index.js';
import type { Operation } from '../core/operation.js';
import { header, param, type SandboxRequest } from '../core/request.js';
import { Refusal, withHeaders, type Headers, type SandboxResponse } from '../core/response.js';
import type { Blog } from './tumblr.blog.js';
import { forbidden, notFound, refusal, unauthorized } from './tumblr.errors.js';
import type { TumblrState } from './tumblr.state.js';

export interface ApiCall {
  readonly request: SandboxRequest;
  readonly token: IssuedToken;
  /** The blog that the person has logged in for. */
  readonly home: Blog;
  /** The blog of the path, which has to be theirs. */
  blog(): Blog;
}

export type ApiOperation = Omit<Operation, 'host' | 'handle' | 'visible'> & {
  readonly visible?: boolean;
  readonly scope: 'basic' | 'write';
  readonly run: (call: ApiCall) => SandboxResponse | Promise<SandboxResponse>;
};

/** An operation for a person: it counts against the limits of the app and answers with their headers. */
export function apiOperation(state: TumblrState, { scope, run, ...rest }: ApiOperation): Operation {
  return {
    ...rest,
    host: 'API',
    visible: rest.visible ?? false,
    handle: async (request, context) => {
      const checked = state.oauth.checkBearer(request);
      const home = checked.ok ? state.blog(checked.token.accountId) : undefined;
      if (!checked.ok || home === undefined) throw unauthorized();
      const { token } = checked;
      const blog = (): Blog => ownBlog(state, home, param(request, 'blog'));
      context.actsAs(home.uuid);
      return limited(state, token, () => {
        if (request.params['blog'] !== undefined) context.actsAs(blog().uuid);
        if (!token.scopes.includes(scope)) throw forbidden();
        return run({ request, token, home, blog });
      });
    },
  };
}

/** Whoever calls without a name is not let in. */
export function needsUserAgent(operation: Operation): Operation {
  if (operation.host !== 'API') return operation;
  return {
    ...operation,
    handle: (request, context) => {
      if ((header(request, 'user-agent') ?? '') === '') throw forbidden();
      return operation.handle(request, context);
    },
  };
}

function ownBlog(state: TumblrState, { user }: Blog, identifier: string): Blog {
  const blog = state.blog(identifier);
  if (blog === undefined) throw notFound();
  if (blog.user !== user) throw forbidden();
  return blog;
}

async function limited(
  state: TumblrState,
  { clientId }: IssuedToken,
  work: () => SandboxResponse | Promise<SandboxResponse>,
): Promise<SandboxResponse> {
  if (!state.settings.rateLimits) return work();
  const { headers, exceeded } = state.rates.take(clientId, state.settings);
  if (exceeded) throw new Refusal(tooMany(state, headers));
  try {
    return withHeaders(await work(), headers);
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(withHeaders(error.response, headers));
    throw error;
  }
}

function tooMany({ settings }: TumblrState, headers: Headers): SandboxResponse {
  const answer = refusal(429, 0, 'Limit Exceeded');
  return settings.rateHeaders ? withHeaders(answer, headers) : answer;
}
