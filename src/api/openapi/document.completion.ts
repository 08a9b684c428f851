import type { OpenAPIObject } from '@nestjs/swagger';
import { PUBLIC_EXTENSION } from '../common/public.decorator.js';

type Paths = OpenAPIObject['paths'];
type PathItem = Paths[string];
type Operation = NonNullable<PathItem['get']>;
type Responses = Operation['responses'];

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const;

/** What holds for every operation and is said once here: problem documents, and which routes need no key. */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  return {
    ...document,
    paths: Object.fromEntries(
      Object.entries(document.paths)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, item]) => [path, completePath(item)]),
    ),
    components: {
      ...document.components,
      responses: {
        Problem: {
          description: 'Anything that did not work, as a problem document.',
          content: problemContent,
        },
      },
    },
  };
}

const problemContent = {
  'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDto' } },
};

function completePath(item: PathItem): PathItem {
  const completed = { ...item };
  for (const method of methods) {
    const operation = item[method];
    if (operation !== undefined) completed[method] = completeOperation(operation);
  }
  return completed;
}

function completeOperation(operation: Operation): Operation {
  const completed: Operation = {
    ...operation,
    ...(PUBLIC_EXTENSION in operation ? { security: [] } : {}),
    responses: { ...withProblems(operation.responses), default: { $ref: '#/components/responses/Problem' } },
  };
  Reflect.deleteProperty(completed, PUBLIC_EXTENSION);
  return completed;
}

/** Statuses of failure that a controller only describes carry a problem document too. */
function withProblems(responses: Responses): Responses {
  return Object.fromEntries<Responses[string]>(
    Object.entries(responses).map(([status, response]) =>
      /^[45]/.test(status) &&
      response !== undefined &&
      !('$ref' in response) &&
      response.content === undefined
        ? [status, { ...response, content: problemContent }]
        : [status, response],
    ),
  );
}
