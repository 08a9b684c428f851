import { Injectable, type PipeTransform } from '@nestjs/common';
import { NotFoundError } from '../../common/errors/index.js';
import { parsePublicId } from '../../common/ids/index.js';

/** Makes the UUID of a public id in an address. What is no such id is not found, like the id of somebody else. */
@Injectable()
export class PublicIdPipe implements PipeTransform<string, string> {
  constructor(
    private readonly prefix: string,
    private readonly noun: string,
  ) {}

  transform(text: string): string {
    const id = parsePublicId(this.prefix, text);
    if (id !== null) return id;
    throw new NotFoundError(`There is no such ${this.noun}.`, {
      code: `${this.noun.toLowerCase().replaceAll(' ', '_')}_not_found`,
    });
  }
}
