import type { FailureKind, JsonObject } from '../../../../src/platforms/core/index.js';
import type { ErrorSample } from '../profile.js';
import { slowVideo } from './linkedin.samples.js';
import { pinned } from './pinterest.samples.js';

interface Answer {
  readonly row: string;
  readonly kind: FailureKind;
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly more?: JsonObject;
}

function sample({ row, kind, status, code, message, more }: Answer): ErrorSample {
  return { row, kind, status, body: { code, message, ...more } };
}

const refused = 'content_refused';
const draft = pinned({ text: 'A clip', media: [slowVideo()] });
const board = 'Board not found.';
const sorry = 'Something went wrong on our end. Sorry about that.';

function storage(row: string, kind: FailureKind, status: number, code: string): ErrorSample {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>No</Message></Error>`;
  return { row, kind, status, body, operation: 'media.upload', draft };
}

/** Every answer that the sheet lists. */
export const errors: readonly ErrorSample[] = [
  ...[
    { row: 'token_ended', kind: 'auth_expired', status: 401, code: 2, message: 'Authentication failed.' },
    {
      ...{ row: 'app_not_approved', kind: refused, status: 401, code: 3 },
      message: 'Your application consumer type is not supported, please contact support.',
    },
    ...[401, 403].map((status) => ({
      ...({ row: 'not_authorized', kind: refused, status, code: 7 } as const),
      message: 'Not authorized to access board or Pin.',
    })),
    {
      ...{ row: 'app_on_trial', kind: refused, status: 403, code: 29 },
      message:
        'Apps with Trial access may not create Pins in production. Please use API Sandbox to create Pins.',
    },
    {
      ...{ row: 'not_permitted', kind: refused, status: 403, code: 29 },
      message: 'You are not permitted to access that resource.',
    },
    {
      row: 'invalid_request',
      kind: refused,
      status: 400,
      code: 1,
      message: "Invalid: 'x' does not match '^\\d+$'",
    },
    {
      row: 'invalid_request',
      kind: refused,
      status: 400,
      code: 1,
      message: 'Invalid: constraint: maxItems=5',
    },
    {
      ...{ row: 'cover_missing', kind: refused, status: 400, code: 1 },
      message: 'Invalid: cover_image_url or cover_image_content_type and cover_image_data is required',
    },
    {
      ...{ row: 'image_unreachable', kind: 'transient', status: 400, code: 2786 },
      message: 'Unable to reach the URL. Please check the URL is correct and try again.',
    },
    ...[40, 404].map(
      (code) => ({ row: 'board_gone', kind: refused, status: 404, code, message: board }) as const,
    ),
    ...[50, 404].map(
      (code) => ({ row: 'pin_gone', kind: refused, status: 404, code, message: 'Pin not found.' }) as const,
    ),
    { row: 'section_gone', kind: refused, status: 404, code: 2031, message: 'Board section not found.' },
    {
      ...{ row: 'conflict', kind: 'transient', status: 409, code: 409 },
      message: 'Could not get exclusive access to the board.',
    },
    {
      ...{ row: 'link_blocked', kind: refused, status: 429, code: 9 },
      message: 'Sorry! We blocked this link because it may lead to spam.',
      more: { details: { source_field: 'link' } },
    },
    {
      ...{ row: 'rate_limited', kind: 'rate_limited', status: 429, code: 8 },
      message: 'You have exceeded your rate limit. Try again later.',
    },
    ...[12, 2787].map(
      (code) => ({ row: 'unavailable', kind: 'transient', status: 400, code, message: sorry }) as const,
    ),
    { row: 'unavailable', kind: 'transient', status: 500, code: 500, message: sorry },
    {
      ...{ row: 'board_name_taken', kind: refused, status: 400, code: 58 },
      message: 'You already have a board with a similar name.',
    },
  ].map((answer) => sample(answer as Answer)),
  storage('file_too_large', 'content_refused', 400, 'EntityTooLarge'),
  storage('upload_refused', 'transient', 403, 'AccessDenied'),
  storage('upload_refused', 'transient', 403, 'RequestTimeTooSkewed'),
  {
    row: 'media_failed',
    kind: 'content_refused',
    status: 200,
    body: { media_id: '1', media_type: 'video', status: 'failed' },
    operation: 'media.get',
    draft,
  },
];
