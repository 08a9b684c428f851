import type { PostPolicy } from '../../../src/modules/content/index.js';
import type { FailureKind, JsonObject, JsonValue } from '../../../src/platforms/core/index.js';
import type { PlatformAccount, SandboxControl } from '../../../src/sandbox/control/sandbox.control.js';
import type { CallMatch } from '../../../src/sandbox/core/call.match.js';
import type { FaultAction } from '../../../src/sandbox/core/fault.rules.js';
import type { InboxEntry } from '../../../src/sandbox/core/inbox.js';
import type { Sample } from './samples.js';

/** What a person writes. */
export interface Draft {
  readonly text?: string;
  readonly link?: string;
  readonly media?: readonly Promise<Sample>[];
  readonly thread?: readonly { readonly text: string; readonly media?: readonly Promise<Sample>[] }[];
  readonly settings?: JsonObject;
  readonly policy?: Partial<PostPolicy>;
}

/** What a person sees of one entry of the inbox: every field that is named has to be as named. */
export type Seen = { readonly [Field in keyof InboxEntry]?: unknown };

/** A kind of post that the platform's capabilities and settings promise. */
export interface Kind {
  readonly name: string;
  /** Promises that this kind keeps, as `promises.ts` names them. */
  readonly keeps: readonly string[];
  readonly draft: Draft;
  /** The entries of the inbox, in order. Empty: the platform has to refuse it, with the code. */
  readonly seen: readonly Seen[];
  readonly refusedWith?: string;
  /** Before the account is connected. */
  readonly prepare?: (control: SandboxControl) => void;
}

/** One limit from both sides. */
export interface Limit {
  readonly name: string;
  readonly longest: Draft;
  readonly tooLong: Draft;
  /** Rule of the violation that preflight answers. */
  readonly rule: string;
  /** False where the figure is ours and the platform would take more. */
  readonly enforcedByPlatform: boolean;
  readonly prepare?: (control: SandboxControl) => void;
}

export type End = 'published' | 'failed' | 'unconfirmed';

/** Something that goes wrong with one call, and what it must come to. */
export interface Fault {
  readonly name: string;
  /** Left out: the first visible call. */
  readonly match?: Omit<CallMatch, 'platform'>;
  readonly action: FaultAction;
  readonly end: End;
  /** What people can see when the publication has come to its end. */
  readonly inbox: 0 | 1;
}

/** How the platform asks to wait. */
export interface RateLimit {
  /**
   * Makes the next calls, one by default, end in the platform's own refusal. `now` is what the engine takes for the time;
   * answers the milliseconds from then that the platform asks for.
   */
  arm(control: SandboxControl, now: Date, count?: number): number;
}

export interface AuthCase {
  readonly name: string;
  /** Where the platform has several logins; left out: as any other account. */
  readonly connect?: (account: PlatformAccount) => ConnectInput;
  end(control: SandboxControl, account: string): void;
  readonly then: 'renewed' | 'expired';
}

export type ConnectInput =
  | { readonly method: 'form'; readonly credentials: Readonly<Record<string, string>> }
  /** `person`: who logs in at the consent page. */
  | { readonly method: 'oauth'; readonly fields: Readonly<Record<string, string>>; readonly person: string };

/** An answer that the sheet lists, and the row of the error table that it has to meet. */
export interface ErrorSample {
  /** Name of the row, without the platform's prefix. */
  readonly row: string;
  readonly kind: FailureKind;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** As the sheet writes it. */
  readonly body?: JsonValue;
  /** Operation of the simulator that answers so; left out: the first visible call. */
  readonly operation?: string;
  /** A post that reaches the operation; left out: the plain one. */
  readonly draft?: Draft;
}

/** The figures of a post. */
export interface MetricsCase {
  /** Operation that gives them. */
  readonly operation: string;
  /** Makes the simulator count; left out: everything stays 0. */
  readonly prepare?: (control: SandboxControl, entry: InboxEntry) => void;
  readonly values: Readonly<Record<string, number>>;
}

/** A setting whose values the platform is asked for. */
export interface OptionsCase {
  readonly setting: string;
  /** What the account of the simulator has, in part. */
  readonly options: readonly Readonly<Record<string, unknown>>[];
}

/** The platform's own description of its API (OpenAPI 3.0), against which every request and answer is held. */
export interface OfficialFile {
  /** Name of the file below FANFARE_PLATFORM_SPECS. */
  readonly file: RegExp;
  /** Label of the host that it describes, in lower case; null where the platform has one without a label. */
  readonly host: string | null;
  /** Operations of the simulator at this host that the file does not describe. */
  readonly besides: readonly string[];
  /** Refusals look otherwise than it says: neither they nor the requests that are refused are compared. */
  readonly leavesOutRefusals?: true;
  /** Findings that the platform's live answers would have as well, because the file describes them otherwise. */
  readonly livesOtherwise?: readonly RegExp[];
}

/** What the shared suite has to know of a platform. */
export interface Profile {
  /** Settings of the simulator before each test. */
  readonly simulator: JsonObject;
  newAccount(control: SandboxControl, no: number): PlatformAccount;
  /** The same account with working credentials, after they were ended. */
  renewAccount(control: SandboxControl, account: PlatformAccount): PlatformAccount;
  connect(account: PlatformAccount): ConnectInput;
  /** The same for an account whose posts are several calls by themselves; left out: as any other. */
  connectForSeveral?(account: PlatformAccount): ConnectInput;
  /** The inbox entry's id as Fanfare stores it. */
  postIdOf(entry: InboxEntry): string;
  readonly kinds: readonly Kind[];
  readonly limits: readonly Limit[];
  readonly faults: readonly Fault[];
  readonly rateLimit: RateLimit;
  readonly auth: readonly AuthCase[];
  /**
   * `beyond_telling`: absence is concluded from two looks at a list, so that a call which the platform acts on only after them is
   * beyond what can be told (protocol.md §4). Left out: our key, or the platform's own, tells even that.
   */
  readonly lateCalls?: 'beyond_telling';
  /** Status of an answer that refuses the content for good. */
  readonly refusal: number;
  /** A post of several visible calls. Null: there are none on this platform. */
  readonly several: { readonly draft: Draft; readonly texts: readonly string[] } | null;
  /** The plainest post that goes out, saying this; left out: the text alone. */
  readonly plain?: (text: string) => Draft;
  readonly deletion?: {
    /** Operation that deletes. */
    readonly operation: string;
  };
  readonly metrics?: MetricsCase;
  readonly options?: readonly OptionsCase[];
  /** One for each row of the error table at least, where the descriptor names the table. */
  readonly errors?: readonly ErrorSample[];
  /** Where the platform publishes a description of its API. */
  readonly official?: readonly OfficialFile[];
  /** The longest way to a post: each of its calls is one after which a worker may die. */
  readonly longest?: { readonly draft: Draft; readonly operations: readonly string[] };
}
