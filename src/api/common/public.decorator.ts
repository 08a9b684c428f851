import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

export const IS_PUBLIC = Symbol('fanfare:public');
/** Marks the operation in the OpenAPI document until the document is finished. */
export const PUBLIC_EXTENSION = 'x-public';

/** For a controller or a route that needs no API key. */
export function Public(): ClassDecorator & MethodDecorator {
  return applyDecorators(SetMetadata(IS_PUBLIC, true), ApiExtension(PUBLIC_EXTENSION, true));
}
