import type { Violation } from '../../common/errors/index.js';
import { Clock } from '../../common/clock/index.js';
import {
  BasePublisher,
  PlatformPublisher,
  PublishError,
  type AccountRef,
  type CannotTell,
  type CommitResult,
  type PublishContext,
  type PublishResult,
  type PublishWarning,
  type ReadContext,
  type RetryProfileName,
  type TargetContent,
} from '../core/index.js';
import { readMailing, readServer, type Mailing } from './email.account.js';
import { EmailClient } from './email.client.js';
import { emailDescriptor } from './email.descriptor.js';
import { buildMessage, mailDate, messageIdOf, type MailFile } from './email.mime.js';
import { emailViolations } from './email.preflight.js';
import { composeEmailText } from './email.text.js';

/** What must be the same in every run: who gets it, from whom, dated when. */
type Frozen = { date: string; mailing: Mailing };

interface Missed {
  readonly recipient: string;
  readonly error: PublishError;
}

/** Step `mailing`, then one commit `to:<index>` for each recipient. */
@PlatformPublisher('email')
export class EmailPublisher extends BasePublisher {
  override readonly descriptor = emailDescriptor;

  constructor(
    private readonly client: EmailClient,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Greylisting servers want minutes, full mailboxes hours. */
  override get retryProfile(): RetryProfileName {
    return 'mail';
  }

  override get firstCommit(): string {
    return 'to:0';
  }

  /** One mailbox has nothing to do with the other. */
  override get commitsAreIndependent(): boolean {
    return true;
  }

  override async publish(ctx: PublishContext): Promise<PublishResult> {
    const frozen = await ctx.step<Frozen>('mailing', async () => ({
      date: mailDate(this.clock.now()),
      mailing: readMailing(ctx.account.metadata),
    }));
    const files = ctx.content.media.map((item) => ({ item, source: ctx.media(item) }));
    const sent: CommitResult[] = [];
    const missed: Missed[] = [];
    for (const [index, recipient] of frozen.mailing.recipients.entries()) {
      try {
        sent.push(await this.sendTo(ctx, { frozen, files, index, recipient }));
      } catch (error) {
        if (!concernsOneRecipient(error)) throw error;
        missed.push({ recipient, error });
      }
    }
    return settle(ctx, sent, missed);
  }

  /** SMTP keeps no record that the sender could read; the sent folder would be another protocol (IMAP). */
  override reconcile(): Promise<CannotTell> {
    return Promise.resolve({
      verdict: 'cannot_tell',
      reason: 'A mail server can not be asked whether it took a message.',
    });
  }

  /** Greeting, EHLO and login: no mail is begun. */
  override async ping(ctx: ReadContext): Promise<void> {
    await this.client.verify(readServer(await ctx.credentials()));
  }

  /** One dead mail server stops nobody else's mail. */
  override serverOf({ metadata }: AccountRef): string {
    return typeof metadata['server'] === 'string' ? metadata['server'] : '';
  }

  /** A mail for each recipient. */
  override visibleCalls(_content: TargetContent, { metadata }: AccountRef): number {
    return Math.max(1, readMailing(metadata).recipients.length);
  }

  override composeText(content: TargetContent, part: number): string {
    return part === 0 ? composeEmailText(content) : super.composeText(content, part);
  }

  override preflight(content: TargetContent, account: AccountRef): Violation[] {
    return [...super.preflight(content, account), ...emailViolations(content, account)];
  }

  private async sendTo(ctx: PublishContext, mail: Mail): Promise<CommitResult> {
    const { frozen, files, index, recipient } = mail;
    const key = `to:${index}`;
    const messageId = messageIdOf(ctx.commitKey(key), frozen.mailing.fromAddress);
    const { date, mailing } = frozen;
    const built = await buildMessage({ content: ctx.content, mailing, recipient, messageId, date, files });
    const server = readServer(await ctx.credentials());
    return ctx.commit(key, async () => {
      const mail = { from: mailing.fromAddress, to: recipient, message: built, messageId };
      const { reply } = await this.client.send(server, mail);
      return { platformPostId: messageId.slice(1, -1), permalink: null, details: { reply } };
    });
  }
}

interface Mail {
  readonly frozen: Frozen;
  readonly files: readonly MailFile[];
  readonly index: number;
  readonly recipient: string;
}

/** A refusal, a deferral or a lost answer about one address says nothing about the others. */
function concernsOneRecipient(error: unknown): error is PublishError {
  if (!(error instanceof PublishError)) return false;
  if (error.kind === 'outcome_unknown') return true;
  return (
    error.item?.recipient !== undefined &&
    error.provesNothingCreated &&
    (error.kind === 'content_refused' || error.kind === 'transient')
  );
}

/**
 * A deferred recipient is tried again by the engine; of an unknown one it makes what a person has to judge; refused ones are
 * warnings, unless nobody got the mail.
 */
function settle(
  ctx: PublishContext,
  sent: readonly CommitResult[],
  missed: readonly Missed[],
): PublishResult {
  const deferred = missed.find(({ error }) => error.retryable);
  const unknown = missed.filter(({ error }) => error.kind === 'outcome_unknown');
  const refused = missed.filter(({ error }) => error.kind === 'content_refused');
  const [first] = sent;
  unknown.forEach((one) => ctx.warn(unknownWarning(one)));
  if (first !== undefined) refused.forEach((one) => ctx.warn(refusedWarning(one)));
  if (deferred !== undefined) throw deferred.error;
  if (first === undefined) throw unknown[0]?.error ?? refused[0]?.error ?? noRecipients();
  return { platformPostId: first.platformPostId, permalink: null };
}

function refusedWarning({ recipient, error }: Missed): PublishWarning {
  return { code: 'recipient_refused', message: `${recipient} did not get the mail: ${error.message}` };
}

function unknownWarning({ recipient }: Missed): PublishWarning {
  return {
    code: 'recipient_unconfirmed',
    message: `Whether ${recipient} got the mail is not known: the server's answer was lost.`,
  };
}

function noRecipients(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'email.no_recipients',
    message: 'The account has no recipients.',
    remedy: 'Connect the account again with at least one recipient.',
  });
}
