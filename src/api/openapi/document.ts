import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ProblemDto } from './problem.dto.js';
import { completeDocument } from './document.completion.js';

const description = `Fanfare publishes one post to every platform its owner chose: in parallel, on time, never lost and never twice.

Every status code answers "was it accepted", never "did the platforms succeed": read a post, or send \`Prefer: wait=20\`.
Every error is a problem document (RFC 9457). Ids carry a prefix; what is read-only is ignored when it is sent back.`;

/** In the order in which somebody new wants to read them. */
const tags = [
  'Posts',
  'Accounts',
  'Media',
  'Publications',
  'Dead letters',
  'Plans',
  'Holds',
  'Brands',
  'Platforms',
  'API keys',
  'Health',
];

/** The OpenAPI document of the running program, or of one in preview mode. */
export function buildDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Fanfare')
    .setDescription(description)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'fan_…', description: 'An API key.' },
      'apiKey',
    )
    .addSecurityRequirements('apiKey');
  for (const tag of tags) config.addTag(tag);
  const document = SwaggerModule.createDocument(app, config.build(), {
    extraModels: [ProblemDto],
    operationIdFactory: (controller, method) => `${nounOf(controller)}.${method}`,
  });
  return completeDocument(document);
}

/** /api/openapi.json and the docs page at /api/docs, where `/` leads to. Raw routes: they need no API key. */
export function serveDocument(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => buildDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
    customSiteTitle: 'Fanfare API',
  });
  app
    .getHttpAdapter()
    .get('/', (_request: FastifyRequest, reply: FastifyReply) => reply.redirect('/api/docs'));
}

function nounOf(controller: string): string {
  const noun = controller.replace(/Controller$/, '');
  return noun.charAt(0).toLowerCase() + noun.slice(1);
}
