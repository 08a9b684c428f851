import { Injectable } from '@nestjs/common';
import type { Violation } from '../../common/errors/index.js';
import type { PlannedFile, PlannedRendition } from '../../platforms/core/index.js';
import { MediaRenditions } from '../media/index.js';

interface Planned extends PlannedFile {
  readonly rendition: PlannedRendition;
}

/** What stands against making the files of a target, although their limits would allow it. */
@Injectable()
export class RenditionCheck {
  constructor(private readonly renditions: MediaRenditions) {}

  /** Inside the caller's unit of work. Pointers are relative to the target. */
  async violationsOf(files: readonly PlannedFile[]): Promise<Violation[]> {
    const planned = files.flatMap((file): Planned[] =>
      file.item.rendition === undefined ? [] : [{ ...file, rendition: file.item.rendition }],
    );
    if (planned.length === 0) return [];
    const failed = await this.renditions.failedLately(planned.map(({ rendition }) => rendition));
    return planned.flatMap(({ pointer, rendition, item }) => {
      const tried = failed.find(
        ({ sourceSha256, recipeHash }) =>
          sourceSha256 === rendition.sourceSha256 && recipeHash === rendition.recipeHash,
      );
      if (tried !== undefined) return [cannotBeMade(pointer, tried.error ?? 'It failed.')];
      const missing = this.renditions.whyNot(rendition.recipe, item.mimeType);
      return missing === null ? [] : [toolMissing(pointer, missing, rendition.because)];
    });
  }
}

function cannotBeMade(pointer: string, reason: string): Violation {
  return {
    pointer,
    rule: 'media_cannot_be_made',
    message: `The file cannot be made to fit: ${reason}`,
    remedy: 'Give this target another file.',
  };
}

function toolMissing(pointer: string, reason: string, because: readonly string[]): Violation {
  return {
    pointer,
    rule: 'media_tool_missing',
    message: `The file would have to be converted (${because.join(' ')}), but ${reason}.`,
    remedy: 'Install ffmpeg on the server, or give this target a file that fits as it is.',
  };
}
