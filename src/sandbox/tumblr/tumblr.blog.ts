import { numberAt, stringAt, type JsonObject } from '../core/json.js';
import { InvalidInput, type SandboxAccount } from '../core/simulator.js';

/** Who logs in; their limits are for all of their blogs together. */
export interface User {
  readonly id: string;
  readonly name: string;
}

export interface Blog {
  /** `t:…`, which stays when the name changes. */
  readonly uuid: string;
  readonly user: User;
  name: string;
  title: string;
  type: 'public' | 'private';
  followers: number;
}

export type BlogInput = Omit<Blog, 'uuid' | 'user'>;

/** What `POST accounts` asks for. */
export function readBlog(input: JsonObject): BlogInput {
  const title = stringAt(input, 'title') ?? stringAt(input, 'name') ?? 'A blog';
  const name = nameOf(stringAt(input, 'name') ?? title);
  if (name === '') throw new InvalidInput('tumblr: name needs a letter or a digit');
  const type = stringAt(input, 'type') ?? 'public';
  if (type !== 'public' && type !== 'private')
    throw new InvalidInput('tumblr: type is one of public, private');
  return { name, title, type, followers: numberAt(input, 'followers') ?? 12 };
}

function nameOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 32);
}

/** Whether a path means this blog: by name, by host name or by UUID. */
export function isBlog({ uuid, name }: Blog, identifier: string): boolean {
  return [uuid, name, `${name}.tumblr.com`].includes(identifier);
}

/** Whoever connects logs in at the consent page as the owner of the blog; there is nothing to type. */
export function describeBlog({ uuid, name, title, user, type }: Blog): SandboxAccount {
  return { id: uuid, name: title, credentials: {}, details: { blog: name, user: user.name, type } };
}
