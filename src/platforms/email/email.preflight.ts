import type { Violation } from '../../common/errors/index.js';
import type { AccountRef, TargetContent } from '../core/index.js';
import { maxMessageBytes, readMailing } from './email.account.js';
import { BASE64_GROWTH } from './email.capabilities.js';
import { composeEmailText, subjectOf } from './email.text.js';

/** Headers, HTML part and part borders. */
const OVERHEAD_BYTES = 16_384;
/** The text stands in the plain part and in the HTML part, encoded. */
const TEXT_COPIES = 3;

/** What only mail demands: a subject, recipients, and a message that the server takes as a whole. */
export function emailViolations(content: TargetContent, account: AccountRef): Violation[] {
  return [
    ...subjectViolations(content),
    ...recipientViolations(account),
    ...sizeViolations(content, account),
  ];
}

function subjectViolations(content: TargetContent): Violation[] {
  if (subjectOf(content) !== '') return [];
  return [
    {
      pointer: '/settings/subject',
      rule: 'subject_required',
      message: 'A mail needs a subject, and there is no text to take it from.',
      remedy: 'Set the subject, or add a text.',
    },
  ];
}

function recipientViolations(account: AccountRef): Violation[] {
  if (readMailing(account.metadata).recipients.length > 0) return [];
  return [
    {
      pointer: '/accountId',
      rule: 'recipients_required',
      message: 'The account has no recipients.',
      remedy: 'Connect the account again with at least one recipient.',
    },
  ];
}

function sizeViolations(content: TargetContent, account: AccountRef): Violation[] {
  const limit = maxMessageBytes(account);
  const files = content.media.reduce((sum, item) => sum + item.bytes, 0);
  const text = Buffer.byteLength(composeEmailText(content), 'utf8');
  const size = Math.ceil(files * BASE64_GROWTH) + text * TEXT_COPIES + OVERHEAD_BYTES;
  if (size <= limit) return [];
  return [
    {
      pointer: '/media',
      rule: 'message_too_large',
      message: `The mail would have about ${size} bytes, the mail server takes ${limit}.`,
      limit,
      actual: size,
      remedy: 'Attach fewer or smaller files, or link to them.',
    },
  ];
}
