import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { json } from '../../src/sandbox/core/response.js';
import type { SandboxRequest } from '../../src/sandbox/core/request.js';
import { OpenApiCheck } from '../support/contract/openapi.check.js';

const thing = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    parent: { nullable: true, allOf: [{ $ref: '#/components/schemas/Thing' }] },
  },
  required: ['id'],
};
const answer = {
  description: 'Done.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
};

/** As a platform might describe two of its routes. */
const document = {
  openapi: '3.0.0',
  servers: [{ url: 'https://api.example.org/v5' }],
  paths: {
    '/things': {
      post: {
        parameters: [{ $ref: '#/components/parameters/Fields' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['text'],
                properties: {
                  text: { type: 'string' },
                  share: { type: 'number', minimum: 0, exclusiveMinimum: true },
                },
              },
            },
          },
        },
        responses: { '201': answer },
      },
    },
    '/things/{id}': {
      get: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^\\d+$' } },
        ],
        responses: { '200': answer, default: { description: 'Refused.' } },
      },
    },
  },
  components: {
    schemas: { Thing: thing },
    parameters: {
      Fields: {
        name: 'fields',
        in: 'query',
        required: true,
        explode: false,
        schema: { type: 'array', items: { type: 'string', enum: ['id', 'text'] } },
      },
    },
  },
};

const good: SandboxRequest = {
  method: 'POST',
  host: 'api',
  path: '/v5/things',
  params: {},
  query: new URLSearchParams({ fields: 'id,text' }),
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: { kind: 'json', value: { text: 'Hello', share: 0.5 } },
};
const read: SandboxRequest = {
  ...good,
  method: 'GET',
  path: '/v5/things/12',
  query: new URLSearchParams(),
  body: { kind: 'none' },
};

describe("a platform's own description of its API", () => {
  const check = new OpenApiCheck(document);

  it('finds nothing wrong with what is as described', () => {
    expect(check.request(good)).toEqual([]);
    expect(check.request(read)).toEqual([]);
    expect(check.answer(good, json(201, { id: '12', parent: null }))).toEqual([]);
    expect(check.answer(good, json(201, { id: '12', parent: { id: '11' } }))).toEqual([]);
    expect(check.answer(read, json(404, { anything: true }))).toEqual([]);
  });

  it.each<[string, Partial<SandboxRequest>, RegExp]>([
    ['a route that is not there', { path: '/v5/thing' }, /POST \/v5\/thing is not described/],
    ['a path without the base', { path: '/things' }, /is not described/],
    [
      'a field that is not there',
      { body: { kind: 'json', value: { text: 'a', alt: 'b' } } },
      /additional properties.*alt/,
    ],
    ['a field that is missing', { body: { kind: 'json', value: {} } }, /required.*text/],
    ['a field of another type', { body: { kind: 'json', value: { text: 7 } } }, /\/text must be string/],
    [
      'a bound that is excluded',
      { body: { kind: 'json', value: { text: 'a', share: 0 } } },
      /\/share must be > 0/,
    ],
    ['no body', { body: { kind: 'none' } }, /lacks its body/],
    [
      'a body of another kind',
      { headers: { 'content-type': 'text/plain' } },
      /text\/plain, which is not described/,
    ],
    ['a parameter that is missing', { query: new URLSearchParams() }, /lacks the parameter fields/],
    [
      'a parameter that is not there',
      { query: new URLSearchParams({ fields: 'id', more: '1' }) },
      /query parameter more/,
    ],
    [
      'a value that is not listed',
      { query: new URLSearchParams({ fields: 'id,alt' }) },
      /parameter fields.*allowed values/,
    ],
  ])('notices a request with %s', (_name, change, problem) => {
    expect(check.request({ ...good, ...change }).join('\n')).toMatch(problem);
  });

  it('notices an answer of another shape, and one of a status that is not described', () => {
    expect(check.answer(good, json(201, { id: 12 }))).toEqual([
      expect.stringContaining('/id must be string'),
    ]);
    expect(check.answer(good, json(200, { id: '12' }))).toEqual(['answers 200, which is not described']);
  });
});

describe('what a sandbox shows to who observes it', () => {
  let sandbox: Sandbox;
  const problems: string[] = [];

  beforeAll(async () => {
    const check = new OpenApiCheck({
      paths: { '/api/v1/apps': { post: { responses: { '200': answer } } } },
      components: { schemas: { Thing: { type: 'object', required: ['no_such_field'] } } },
    });
    sandbox = await startSandbox({
      port: 0,
      observe: ({ request, answer: given }) => {
        problems.push(...check.request(request), ...check.answer(request, given));
      },
    });
  });
  afterAll(() => sandbox.close());

  it('is every request with its answer, so that a simulator that strays from the description is noticed', async () => {
    const base = sandbox.info().platforms['mastodon']?.url ?? '';
    const body = new URLSearchParams({
      client_name: 'A',
      redirect_uris: 'http://127.0.0.1/',
      scopes: 'read',
    });
    await fetch(`${base}/api/v1/apps`, { method: 'POST', body });
    await fetch(`${base}/api/v2/instance`);
    expect(problems).toEqual([
      'has a body of application/x-www-form-urlencoded;charset=UTF-8, which is not described',
      expect.stringMatching(/^answers 200: .*no_such_field/),
      'GET /api/v2/instance is not described',
    ]);
  });
});
