/** What the tests of the comparison use of a run; the code itself is described by its JSDoc. */
export interface Entry {
  readonly platform: string;
  readonly account: string;
  readonly postId: string;
  readonly text: string;
  readonly media: readonly { readonly sha256: string }[];
  readonly replyTo: string | null;
  readonly extra: Readonly<Record<string, unknown>>;
}

export interface PlannedPost {
  readonly no: number;
  readonly picture: boolean;
  readonly aheadMs: number;
  readonly targets: readonly {
    readonly account: {
      readonly platform: string;
      readonly id: string;
      readonly person: string;
      readonly recipients: readonly string[];
    };
    readonly parts: readonly string[];
  }[];
}

export interface Shown {
  readonly platform: string;
  readonly post_id: string;
  readonly no: number | null;
  readonly key: string;
}

export interface Asked {
  readonly no: number;
  readonly entries: number;
}

export interface Evidence {
  readonly inbox: readonly Shown[];
  readonly asked: readonly Asked[];
  readonly visible: readonly object[];
  readonly kills: readonly object[];
}
