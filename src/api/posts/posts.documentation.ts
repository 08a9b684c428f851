import { applyDecorators } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiHeader,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiPreconditionFailedResponse,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { longestWaitSeconds } from './prefer.header.js';
import { PostDto } from './post.dto.js';

const etag = { ETag: { description: 'The revision.', schema: { type: 'string' as const, example: '"1"' } } };

export function ApiPrefersWaiting(): MethodDecorator {
  return ApiHeader({
    name: 'Prefer',
    required: false,
    description: `\`wait=20\` answers once the plan has settled, or after so many seconds with what is there (at most ${longestWaitSeconds}).`,
    schema: { type: 'string', example: 'wait=20' },
  });
}

export function ApiPostId(): MethodDecorator {
  return applyDecorators(
    ApiParam({ name: 'id', example: 'post_01890a5d6e7b7c8d9e0f112233445566' }),
    ApiNotFoundResponse({ description: 'There is no such post.' }),
  );
}

/** A route that answers with one post. */
export function AboutOnePost(): MethodDecorator {
  return applyDecorators(ApiPostId(), ApiOkResponse({ type: PostDto, headers: etag }));
}

export function ChangesOnMatch(): MethodDecorator {
  return applyDecorators(
    ApiPostId(),
    ApiHeader({ name: 'If-Match', required: false, description: 'The ETag that the change is based on.' }),
    ApiPreconditionFailedResponse({ description: 'The post has another revision by now.' }),
    ApiConflictResponse({ description: 'Something is going out, or is out.' }),
    ApiUnprocessableEntityResponse({
      description: 'What was sent is not valid; everything that is wrong is listed.',
    }),
  );
}

export function CreatesPost(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      summary: 'Create a post',
      description:
        'Scheduled when `scheduledFor` is given, else a draft. 201 says that it was accepted, whatever the platforms will say; nothing is made when anything is wrong.',
    }),
    ApiPrefersWaiting(),
    ApiCreatedResponse({
      type: PostDto,
      headers: { ...etag, Location: { description: 'The post.', schema: { type: 'string' } } },
    }),
    ApiUnprocessableEntityResponse({
      description: 'What was sent is not valid; everything that is wrong is listed.',
    }),
  );
}
