import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { programFolders } from '../../../common/config/index.js';

export type ToolName = 'ffmpeg' | 'ffprobe';

export type FoundTool =
  | { readonly path: string; readonly origin: 'system' | 'package' }
  | { readonly path: null; readonly reason: string };

/** Programs that read and write video: the system's, which are mostly newer, else those of the optional npm packages. */
@Injectable()
export class MediaTools {
  private readonly logger = new Logger(MediaTools.name);
  private readonly known = new Map<ToolName, FoundTool>();

  find(name: ToolName): FoundTool {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const found = onSystem(name) ?? inPackage(name);
    if (found.path === null) {
      this.logger.warn({ msg: `${found.reason}: images work, video is taken as it is` });
    }
    this.known.set(name, found);
    return found;
  }
}

function onSystem(name: ToolName): FoundTool | null {
  const file = programFolders()
    .map((folder) => path.join(folder, fileNameOf(name)))
    .find(isExecutable);
  return file === undefined ? null : { path: file, origin: 'system' };
}

function inPackage(name: ToolName): FoundTool {
  const carrier = `@${name}-installer/${process.platform}-${process.arch}`;
  const folder = folderOf(carrier);
  const file = folder === null ? null : path.join(folder, fileNameOf(name));
  if (file !== null && isExecutable(file)) return { path: file, origin: 'package' };
  return {
    path: null,
    reason: `${name} is neither installed on this system nor carried by the npm package ${carrier}`,
  };
}

function folderOf(carrier: string): string | null {
  try {
    return path.dirname(createRequire(import.meta.filename).resolve(`${carrier}/package.json`));
  } catch {
    return null;
  }
}

function fileNameOf(name: ToolName): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
