import {
  Body,
  Controller,
  Get,
  HttpException,
  Post,
  Query,
  ServiceUnavailableException,
  Module,
} from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEnum,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import {
  ConflictError,
  ForbiddenError,
  GoneError,
  NotFoundError,
  PayloadTooLargeError,
  PreconditionFailedError,
  TooManyRequestsError,
  UnauthorizedError,
  UnsupportedMediaTypeError,
  ValidationFailedError,
  type Violation,
} from '../errors/index.js';
import { AppLogger, requestIdOf } from '../logging/index.js';
import { createProblemSender, createValidationPipe, ProblemFilter, ReadOnlyField } from './index.js';

enum Color {
  Red = 'red',
  Blue = 'blue',
}

class PartDto {
  @IsString()
  @MaxLength(5)
  text: string;

  @ReadOnlyField()
  state?: string;
}

class ThingDto {
  @IsString()
  name: string;

  @IsArray()
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Type(() => PartDto)
  parts: PartDto[];

  @IsOptional()
  @IsUUID()
  'odd/na~me'?: string;

  @IsOptional()
  @IsEnum(Color)
  color?: Color;

  @IsOptional()
  @IsIn(['a', 'b'], { context: { remedy: 'Ask somebody.' } })
  letter?: string;

  @IsOptional()
  @IsInt()
  @Max(10)
  count?: number;

  @IsOptional()
  @Matches(/^x+$/)
  password?: string;

  @ReadOnlyField()
  id?: string;
}

class PageQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  limit?: number;
}

const violation: Violation = { pointer: '/a', rule: 'r', message: 'm', remedy: 'x' };
const ERRORS: Record<string, () => Error> = {
  mendFirst: () => new ConflictError('Broken.', { details: { remedy: 'Mend it.' } }),
  notFound: () => new NotFoundError('No such thing.', { code: 'thing_not_found', details: { thingId: 't' } }),
  conflict: () => new ConflictError('Not now.'),
  precondition: () => new PreconditionFailedError('Changed.'),
  validation: () => new ValidationFailedError([violation]),
  unauthorized: () => new UnauthorizedError(),
  forbidden: () => new ForbiddenError('No.'),
  tooMany: () => new TooManyRequestsError(7),
  gone: () => new GoneError('Gone.'),
  large: () => new PayloadTooLargeError('Large.'),
  type: () => new UnsupportedMediaTypeError('Odd.'),
  nest: () => new HttpException('Teapot', 418),
  busy: () => new ServiceUnavailableException('Not yet'),
  bug: () => new TypeError('the password is hunter2', { cause: new Error('deep') }),
};

@Controller('api')
class ThingController {
  @Post('things')
  create(@Body() body: ThingDto): ThingDto {
    return body;
  }

  @Get('things')
  list(@Query() query: PageQuery): PageQuery {
    return query;
  }

  @Get('fail')
  fail(@Query('how') how: string): never {
    throw ERRORS[how]?.() ?? new Error('unknown');
  }
}

@Module({ controllers: [ThingController] })
class ThingModule {}

describe('problem documents', () => {
  let app: NestFastifyApplication;
  let logged: string[];

  beforeAll(async () => {
    logged = [];
    const logger = AppLogger.create('info', { write: (line) => void logged.push(line) });
    const module = await Test.createTestingModule({ imports: [ThingModule] }).compile();
    const send = createProblemSender(logger);
    const adapter = new FastifyAdapter({ bodyLimit: 1_000, genReqId: requestIdOf, frameworkErrors: send });
    app = module.createNestApplication<NestFastifyApplication>(adapter);
    app.useLogger(logger);
    app.useGlobalFilters(new ProblemFilter(logger));
    app.useGlobalPipes(createValidationPipe());
    app
      .getHttpAdapter()
      .getInstance()
      .get('/raw', { errorHandler: send }, () => {
        throw new ForbiddenError('Raw.');
      });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(() => app.close());

  interface Answer {
    status: number;
    headers: Record<string, unknown>;
    body: Record<string, unknown>;
  }

  async function call(options: Parameters<NestFastifyApplication['inject']>[0]): Promise<Answer> {
    const answer = await app.inject(options);
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
  }

  const post = (payload: unknown): Promise<Answer> =>
    call({
      method: 'POST',
      url: '/api/things',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(payload),
    });

  async function violationsOf(payload: unknown): Promise<unknown> {
    const { status, body } = await post(payload);
    expect(status).toBe(422);
    return body['errors'];
  }

  it.each([
    ['notFound', 404, 'thing_not_found'],
    ['conflict', 409, 'conflict'],
    ['precondition', 412, 'precondition_failed'],
    ['validation', 422, 'validation_failed'],
    ['unauthorized', 401, 'unauthorized'],
    ['forbidden', 403, 'forbidden'],
    ['tooMany', 429, 'too_many_requests'],
    ['gone', 410, 'gone'],
    ['large', 413, 'payload_too_large'],
    ['type', 415, 'unsupported_media_type'],
    ['nest', 418, 'bad_request'],
    ['busy', 503, 'unavailable'],
  ])('are made of a domain error: %s is %i', async (how, status, code) => {
    const answer = await call({ url: `/api/fail?how=${how}`, headers: { 'x-request-id': 'req-1' } });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers['x-request-id']).toBe('req-1');
    expect(answer.body).toMatchObject({
      type: `urn:fanfare:problem:${code}`,
      title: expect.any(String),
      status,
      code,
      detail: expect.any(String),
      requestId: 'req-1',
      instance: '/api/fail',
    });
  });

  it('carry details, violations and the headers of their status', async () => {
    expect((await call({ url: '/api/fail?how=notFound' })).body).toMatchObject({
      detail: 'No such thing.',
      details: { thingId: 't' },
      errors: [],
    });
    expect((await call({ url: '/api/fail?how=mendFirst' })).body['errors']).toEqual([
      { pointer: '', rule: 'conflict', message: 'Broken.', remedy: 'Mend it.' },
    ]);
    expect((await call({ url: '/api/fail?how=validation' })).body['errors']).toEqual([violation]);
    expect((await call({ url: '/api/fail?how=tooMany' })).headers['retry-after']).toBe('7');
    expect((await call({ url: '/api/fail?how=unauthorized' })).headers['www-authenticate']).toMatch(
      /^Bearer /,
    );
  });

  it('tell nothing of an unknown error but log it with its cause', async () => {
    logged.length = 0;
    const { status, body } = await call({ url: '/api/fail?how=bug', headers: { 'x-request-id': 'req-9' } });
    expect(status).toBe(500);
    expect(body).toMatchObject({ code: 'internal_error', errors: [], requestId: 'req-9' });
    expect(JSON.stringify(body)).not.toMatch(/password|hunter2|TypeError|\.ts/);
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({
      level: 'error',
      requestId: 'req-9',
      err: { type: 'TypeError', cause: { message: 'deep' } },
    });
  });

  it.each([
    ['malformed JSON', '{"a":', 'application/json', 400, 'malformed_request', 'json'],
    ['an empty body', '', 'application/json', 400, 'malformed_request', 'json'],
    ['a poisoned body', '{"__proto__":{}}', 'application/json', 400, 'malformed_request', 'json'],
    [
      'a large body',
      `"${'x'.repeat(2_000)}"`,
      'application/json',
      413,
      'payload_too_large',
      'payload_too_large',
    ],
    ['an odd type', '<a/>', 'text/xml', 415, 'unsupported_media_type', 'unsupported_media_type'],
  ])('are made of %s', async (_name, payload, type, status, code, rule) => {
    const answer = await call({
      method: 'POST',
      url: '/api/things',
      headers: { 'content-type': type },
      payload,
    });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ code, errors: [{ pointer: '', rule, remedy: expect.any(String) }] });
    if (status === 413) expect(answer.body['errors']).toMatchObject([{ limit: 1_000 }]);
  });

  it('are made of malformed URLs, unknown routes and raw routes', async () => {
    const malformed = await call({ url: '/%zz', headers: { 'x-request-id': 'req-2' } });
    expect(malformed).toMatchObject({ status: 400, body: { errors: [{ rule: 'url' }], requestId: 'req-2' } });
    expect(malformed.headers['content-type']).toContain('problem+json');
    const unknown = await call({ url: '/api/nothing?token=hidden' });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'not_found', instance: '/api/nothing' } });
    expect(JSON.stringify(unknown.body)).not.toContain('hidden');
    expect(await call({ url: '/raw' })).toMatchObject({ status: 403, body: { detail: 'Raw.' } });
  });

  it('name every broken rule with pointer, limit, what was sent and a remedy', async () => {
    const errors = await violationsOf({
      parts: [{ text: 'fine' }, { text: 'too long' }],
      'odd/na~me': 'x',
      color: 'green',
      letter: 'c',
      count: 11,
      password: 'hunter2',
      extra: 1,
    });
    expect(errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ pointer: '/name', rule: 'required', remedy: 'Send this field.' }),
        expect.objectContaining({
          pointer: '/parts/1/text',
          rule: 'maxLength',
          limit: 5,
          actual: 8,
          remedy: 'Shorten it to at most 5 characters.',
        }),
        expect.objectContaining({ pointer: '/odd~1na~0me', rule: 'isUuid', actual: 'x' }),
        expect.objectContaining({
          pointer: '/color',
          rule: 'isEnum',
          limit: ['red', 'blue'],
          actual: 'green',
          remedy: 'Use one of: red, blue.',
        }),
        expect.objectContaining({
          pointer: '/letter',
          rule: 'isIn',
          limit: ['a', 'b'],
          remedy: 'Ask somebody.',
        }),
        expect.objectContaining({ pointer: '/count', rule: 'max', limit: 10, actual: 11 }),
        expect.objectContaining({ pointer: '/password', rule: 'matches', limit: '^x+$' }),
        expect.objectContaining({
          pointer: '/extra',
          rule: 'unknown_field',
          limit: expect.arrayContaining(['name', 'parts']),
        }),
      ]),
    );
    expect(errors).toHaveLength(8);
    expect(JSON.stringify(errors)).not.toContain('hunter2');
  });

  it('say one thing about a value of the wrong kind', async () => {
    expect(await violationsOf({ name: 5, parts: 'none' })).toEqual([
      expect.objectContaining({ pointer: '/name', rule: 'isString', actual: 5 }),
      expect.objectContaining({ pointer: '/parts', rule: 'isArray', actual: 'none' }),
    ]);
    expect(await violationsOf({ name: 'n', parts: ['x'] })).toEqual([
      expect.objectContaining({ pointer: '/parts/0' }),
    ]);
    expect(await violationsOf({ name: 'n', parts: [{ text: 'a', more: 1 }] })).toEqual([
      expect.objectContaining({ pointer: '/parts/0/more', rule: 'unknown_field' }),
    ]);
    expect(await violationsOf({ name: 'n', parts: [{ text: 'a' }, { text: 'a' }, { text: 'a' }] })).toEqual([
      expect.objectContaining({ pointer: '/parts', rule: 'arrayMaxSize', limit: 2, actual: 3 }),
    ]);
  });

  it.each([[[]], ['text'], [5], [null]])('refuse %j as a body', async (payload) => {
    const { status, body } = await post(payload);
    expect([status, body['code']]).toEqual([422, 'validation_failed']);
  });

  it('drop read-only fields without a word, at any depth', async () => {
    const { status, body } = await post({ id: 'thing_1', name: 'n', parts: [{ text: 'a', state: 'done' }] });
    expect([status, body]).toEqual([201, { name: 'n', parts: [{ text: 'a' }] }]);
  });

  it('check queries alike', async () => {
    expect((await call({ url: '/api/things?limit=5' })).body).toEqual({ limit: 5 });
    expect(await call({ url: '/api/things?limit=x&odd=1' })).toMatchObject({
      status: 422,
      body: {
        errors: expect.arrayContaining([expect.objectContaining({ pointer: '/odd', rule: 'unknown_field' })]),
      },
    });
  });
});
