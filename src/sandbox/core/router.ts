import type { Operation } from './operation.js';
import { compilePath, type PathPattern } from './path.pattern.js';

export interface Target {
  readonly host: string | null;
  readonly path: string;
}

export interface Route {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
  /** The path as the call log shows it. */
  readonly shownPath: string;
}

/** Finds the operation of a request: host label, method, path. */
export class Router {
  private readonly routes: readonly { operation: Operation; pattern: PathPattern }[];

  constructor(
    private readonly hosts: readonly string[],
    operations: readonly Operation[],
  ) {
    this.routes = operations.map((operation) => ({ operation, pattern: compilePath(operation.path) }));
  }

  /** Several hosts of one platform share a port: the first segment names the host. */
  target(pathname: string): Target {
    if (this.hosts.length === 0) return { host: null, path: pathname };
    const [, first = '', rest = ''] = /^\/([^/]*)(\/.*)?$/.exec(pathname) ?? [];
    const host = this.hosts.find((label) => label.toLowerCase() === first.toLowerCase());
    return host === undefined ? { host: null, path: pathname } : { host, path: rest === '' ? '/' : rest };
  }

  /** In the order of their declaration; several only where they say themselves which of them is meant. */
  find(method: string, target: Target): Route[] {
    const found: Route[] = [];
    for (const { operation, pattern } of this.routes) {
      if (operation.method !== method || operation.host !== target.host) continue;
      const params = pattern.match(target.path);
      if (!params) continue;
      const shown = pattern.redact(target.path, operation.secretParams ?? []);
      const shownPath = target.host === null ? shown : `/${target.host.toLowerCase()}${shown}`;
      found.push({ operation, params, shownPath });
      if (operation.when === undefined) break;
    }
    return found;
  }
}
