import sharp from 'sharp';
import {
  type FaultProxy,
  PROXY_MODES,
  type ProxyMode,
  startFaultProxy,
} from '../../src/sandbox/fault-proxy.js';
import { TestApp } from '../support/app/test-app.js';
import { connectWith } from './connect.js';
import { uploadPicture } from './picture.js';
import { RealServer } from './real-server.js';
import { settled } from './settled.js';

interface Pds {
  readonly url: string;
  readonly did: string;
  readonly handle: string;
  readonly appPassword: string;
}

interface StoredRecord {
  readonly uri: string;
  readonly value: { readonly text: string; readonly embed?: unknown; readonly post?: string };
}

const faults = PROXY_MODES.filter((mode) => mode !== 'pass');
const forms = ['text', 'picture', 'link', 'gates'] as const;
const gates = ['threadgate', 'postgate'] as const;
const minute = 60_000;

/** The one call after which a record is visible. */
const writesRecord = (path: string): boolean =>
  /\/xrpc\/com\.atproto\.repo\.(putRecord|createRecord|applyWrites)/.test(path);

describe('a real Bluesky server behind a proxy that loses answers', () => {
  let pds: RealServer<Pds>;
  let proxy: FaultProxy;
  let app: TestApp;
  let accountId: string;

  beforeAll(async () => {
    pds = await RealServer.start<Pds>('pds.mjs');
    proxy = await startFaultProxy({ target: pds.ready.url });
    app = await TestApp.start({ PLATFORM_BLUESKY_API_URL: proxy.url });
    const { handle, appPassword } = pds.ready;
    accountId = await connectWith(app, 'bluesky', { handle, appPassword });
  }, 5 * minute);

  afterAll(async () => {
    await app.stop();
    await proxy.close();
    await pds.stop();
  });

  /** What the server has, from the server itself. */
  async function records(kind: 'post' | (typeof gates)[number] = 'post'): Promise<readonly StoredRecord[]> {
    const query = new URLSearchParams({
      repo: pds.ready.did,
      collection: `app.bsky.feed.${kind}`,
      limit: '100',
    });
    const answer = await fetch(`${pds.ready.url}/xrpc/com.atproto.repo.listRecords?${query.toString()}`);
    return ((await answer.json()) as { records: StoredRecord[] }).records;
  }

  async function draft(text: string, form: (typeof forms)[number]): Promise<object> {
    const target = { targets: [{ accountId }], scheduledFor: 'now' };
    if (form === 'link') return { ...target, text, link: 'https://www.example.org/page' };
    if (form === 'text') return { ...target, text };
    if (form === 'gates') {
      const settings = { whoMayReply: ['mentioned', 'followers'], whoMayQuote: 'nobody' };
      return { ...target, text, targets: [{ accountId, settings }] };
    }
    return { ...target, text, media: [await picture(text)] };
  }

  async function picture(text: string): Promise<{ id: string; altText: string }> {
    const bytes = await sharp({
      create: { width: 64, height: 48, channels: 3, background: text.length % 2 ? 'red' : 'blue' },
    })
      .png()
      .toBuffer();
    return { id: await uploadPicture(app, bytes), altText: 'A field' };
  }

  function breakNext(fault: ProxyMode): void {
    let done = false;
    proxy.setRule(({ path }) => {
      if (done || !writesRecord(path)) return 'pass';
      done = true;
      return fault;
    });
  }

  it.each(faults.flatMap((fault) => forms.map((form) => [fault, form] as const)))(
    '%s around a post of the kind %s leaves one record',
    async (fault, form) => {
      const text = `${form} under ${fault}`;
      const body = await draft(text, form);
      breakNext(fault);
      const { body: made } = await app.call('post', '/posts', { body });
      const post = await settled(app, made.id);
      expect(post).toMatchObject({ status: 'published' });
      const { platformPostId } = post.targets[0].publication;
      const found = (await records()).filter(({ value }) => value.text.startsWith(text));
      expect(found.map(({ uri }) => uri)).toEqual([platformPostId]);
      expect(found[0]?.value.embed === undefined).toBe(form === 'text' || form === 'gates');
      expect(proxy.exchanges.filter(({ mode }) => mode === fault).length).toBeGreaterThan(0);
    },
    5 * minute,
  );

  it('has exactly one record for each post at the end', async () => {
    expect(await records()).toHaveLength(faults.length * forms.length);
  });

  it.each(gates)('has the %s of each post that has one, under the key of the post', async (kind) => {
    const gated = (await records()).filter(({ value }) => value.text.startsWith('gates'));
    const beside = await records(kind);
    expect(beside.map(({ value }) => value.post).sort()).toEqual(gated.map(({ uri }) => uri).sort());
    const keys = (of: readonly StoredRecord[]): string[] => of.map(({ uri }) => uri.slice(-13)).sort();
    expect(keys(beside)).toEqual(keys(gated));
    expect(gated).toHaveLength(faults.length);
  });

  it('takes a card with a picture above a quoted post', async () => {
    const [quoted] = await records();
    const settings = { quote: quoted?.uri, linkCard: { picture: true } };
    const { body: made } = await app.call('post', '/posts', {
      body: {
        text: 'Read and quoted',
        link: 'https://www.example.org/page',
        media: [await picture('card')],
        targets: [{ accountId, settings }],
        scheduledFor: 'now',
      },
    });
    expect(await settled(app, made.id)).toMatchObject({ status: 'published' });
    const [post] = (await records()).filter(({ value }) => value.text === 'Read and quoted');
    expect(post?.value.embed).toMatchObject({
      $type: 'app.bsky.embed.recordWithMedia',
      record: { record: { uri: quoted?.uri } },
      media: { external: { uri: 'https://www.example.org/page', thumb: { mimeType: 'image/png' } } },
    });
  });
});
