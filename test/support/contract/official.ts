import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SeenExchange } from '../../../src/sandbox/core/simulator.js';
import { platformSpecs } from '../requirements.js';
import { OpenApiCheck } from './openapi.check.js';
import type { OfficialFile } from './profile.js';

/** Holds what a platform is sent, and what its simulator answers, against the platform's own descriptions. */
export class Official {
  readonly problems: string[] = [];
  compared = 0;

  private constructor(
    private readonly platform: string,
    private readonly files: readonly { readonly check: OpenApiCheck; readonly of: OfficialFile }[],
  ) {}

  /** Null where the platform publishes none, or no folder of them is given. */
  static of(platform: string, files: readonly OfficialFile[] = []): Official | null {
    const folder = platformSpecs();
    if (folder === undefined || files.length === 0) return null;
    const checks = files.map((of) => ({ of, check: new OpenApiCheck(read(folder, of.file)) }));
    return new Official(platform, checks);
  }

  see({ platform, operation, request, answer }: SeenExchange): void {
    if (platform !== this.platform) return;
    const found = this.files.find(({ of: { host } }) => host === request.host);
    if (found === undefined || found.of.besides.includes(operation)) return;
    if (found.of.leavesOutRefusals === true && answer.status >= 400) return;
    this.compared += 1;
    const all = [...found.check.request(request), ...found.check.answer(request, answer)];
    const wrong = all.filter((what) => !(found.of.livesOtherwise ?? []).some((known) => known.test(what)));
    this.problems.push(...wrong.map((what) => `${operation} ${what}`));
  }
}

function read(folder: string, wanted: RegExp): object {
  const name = readdirSync(folder).find((candidate) => wanted.test(candidate));
  if (name === undefined) throw new Error(`${folder} has no file ${wanted.source}`);
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as object;
}
