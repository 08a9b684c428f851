import type { ErrorRow, ErrorTable } from '../core/index.js';

const docs = 'tumblr/docs of 2024-10-18';
const nothing = 'Nothing: it is tried again.';

const access: readonly ErrorRow[] = [
  {
    status: 401,
    kind: 'auth_expired',
    name: 'token_ended',
    message: 'Tumblr does not take the login any more.',
    remedy: 'Connect the account again.',
    evidence: `${docs}; code 0 or 1016 (tumblr/docs#72)`,
  },
  {
    status: 404,
    kind: 'content_refused',
    name: 'not_found',
    message: 'Tumblr knows no such blog or post.',
    remedy: 'Look whether the blog is still there, and connect it again if it was made anew.',
    evidence: docs,
  },
];

const limits: readonly ErrorRow[] = [
  {
    status: 403,
    code: '8004',
    kind: 'rate_limited',
    name: 'media_quota',
    message: 'Tumblr takes no more media today, or another video is still being converted.',
    remedy: 'Nothing: it is tried once more after ten minutes, and then on the next day.',
    evidence: `${docs}; also while another video is transcoding (staff, tumblr.js#73)`,
  },
  {
    status: 403,
    code: '8011',
    kind: 'rate_limited',
    name: 'video_quota',
    message: 'Tumblr takes no more videos of this user today: 20 of them, or 60 minutes together.',
    remedy: 'Nothing: it goes out on the next day.',
    evidence: docs,
  },
  {
    status: 403,
    code: '8022',
    kind: 'rate_limited',
    name: 'queue_full',
    message: 'The queue of the blog is full.',
    remedy: 'It is tried again every hour; take posts out of the queue on Tumblr.',
    evidence: `${docs}: 1,000 for each blog`,
  },
  {
    status: 403,
    code: '8023',
    kind: 'rate_limited',
    name: 'daily_limit',
    message: 'This user has made as many posts today as Tumblr takes.',
    remedy: 'Nothing: it goes out on the next day.',
    evidence: `${docs}: 250 a day with reblogs, over all blogs`,
  },
  {
    status: 429,
    kind: 'rate_limited',
    name: 'rate_limited',
    message: 'Tumblr asks to wait.',
    remedy: 'Nothing: it goes out later.',
    evidence: `${docs}; also with counters left, by address (tumblr/docs#139, #53)`,
  },
];

const content: readonly ErrorRow[] = [
  {
    status: 400,
    code: '8001',
    kind: 'content_refused',
    name: 'npf_invalid',
    message: 'Tumblr does not take the post as it is.',
    remedy: "Read Tumblr's words in the attempt; change the post and publish it again.",
    evidence: docs,
  },
  {
    status: 400,
    code: '8002',
    kind: 'content_refused',
    name: 'reblog_parent_invalid',
    message: 'Tumblr does not know the post that is reblogged.',
    remedy: 'Publish it as a post of its own.',
    evidence: docs,
  },
  {
    status: 400,
    code: '8005',
    kind: 'content_refused',
    name: 'media_refused',
    message: 'Tumblr does not take a file of the post.',
    remedy: 'Convert it: JPEG, PNG or GIF, MP4 with H.264 and AAC, MP3.',
    evidence: docs,
  },
  {
    status: 400,
    code: '8016',
    kind: 'content_refused',
    name: 'answer_layout_invalid',
    message: 'Tumblr does not take the order of the blocks of an answer.',
    remedy: 'Publish it as a post of its own.',
    evidence: docs,
  },
  {
    status: 403,
    code: '8008',
    kind: 'content_refused',
    name: 'video_in_reblog',
    message: 'A reblog takes no video.',
    remedy: 'Leave the video out.',
    evidence: docs,
  },
];

const mayPass: readonly ErrorRow[] = [
  {
    status: 403,
    code: '8010',
    kind: 'transient',
    name: 'video_converting',
    message: 'Tumblr is still converting an earlier video of this user.',
    remedy: nothing,
    provesNothingCreated: true,
    evidence: `${docs}: refused until the other one is done`,
  },
  {
    status: [400, 599],
    code: '8006',
    kind: 'transient',
    name: 'image_upload_failed',
    message: 'Tumblr could not store a picture.',
    remedy: nothing,
    evidence: `${docs}: 500; it does not say whether the post was made`,
  },
  {
    status: [400, 599],
    code: '8009',
    kind: 'transient',
    name: 'video_upload_failed',
    message: 'Tumblr could not store the video.',
    remedy: nothing,
    evidence: `${docs}: 500; seen with 400 (tumblr.php#128); it does not say whether the post was made`,
  },
  {
    status: 503,
    kind: 'transient',
    name: 'posting_disabled',
    message: 'Tumblr takes no posts at the moment.',
    remedy: nothing,
    evidence: docs,
  },
  {
    status: 403,
    code: 'not_json',
    kind: 'transient',
    name: 'edge_refused',
    message: "Tumblr's servers at the edge have turned the request away.",
    remedy: nothing,
    evidence: 'A page of nginx in place of an answer (tumblr/docs#153)',
  },
];

/** What carries no code that says more. */
const rest: readonly ErrorRow[] = [
  {
    status: 400,
    kind: 'content_refused',
    name: 'validation_failed',
    message: 'Tumblr does not take the request.',
    remedy: "Read Tumblr's words in the attempt; change the post and publish it again.",
    evidence: `${docs}: code 0 or none`,
  },
  {
    status: 403,
    kind: 'content_refused',
    name: 'not_allowed',
    message: 'Tumblr does not allow this for the blog, or the login lacks a permission.',
    remedy: 'Look whether you are still a member of the blog, and connect it again.',
    evidence: `${docs}: without a code; also for missing scopes`,
  },
  {
    status: [500, 599],
    kind: 'transient',
    name: 'server_error',
    message: 'Tumblr, or a server on the way to it, is out of order.',
    remedy: nothing,
    evidence: `${docs}; after the whole body was sent it proves nothing`,
  },
];

/** Every answer that the documents list. What is not in it is unknown, and looked for. */
export const tumblrErrors: ErrorTable = {
  platform: 'tumblr',
  rows: [...access, ...limits, ...content, ...mayPass, ...rest],
};
