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
  readonly value: { readonly text: string; readonly embed?: unknown };
}

const faults = PROXY_MODES.filter((mode) => mode !== 'pass');
const forms = ['text', 'picture', 'link'] as const;
const minute = 60_000;

/** The one call after which a record is visible. */
const writesRecord = (path: string): boolean => /\/xrpc\/com\.atproto\.repo\.(put|create)Record/.test(path);

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
  async function records(): Promise<readonly StoredRecord[]> {
    const query = new URLSearchParams({
      repo: pds.ready.did,
      collection: 'app.bsky.feed.post',
      limit: '100',
    });
    const answer = await fetch(`${pds.ready.url}/xrpc/com.atproto.repo.listRecords?${query.toString()}`);
    return ((await answer.json()) as { records: StoredRecord[] }).records;
  }

  async function draft(text: string, form: (typeof forms)[number]): Promise<object> {
    const target = { targets: [{ accountId }], scheduledFor: 'now' };
    if (form === 'link') return { ...target, text, link: 'https://www.example.org/page' };
    if (form === 'text') return { ...target, text };
    const picture = await sharp({
      create: { width: 64, height: 48, channels: 3, background: text.length % 2 ? 'red' : 'blue' },
    })
      .png()
      .toBuffer();
    return { ...target, text, media: [{ id: await uploadPicture(app, picture), altText: 'A field' }] };
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
      expect(found[0]?.value.embed === undefined).toBe(form === 'text');
      expect(proxy.exchanges.filter(({ mode }) => mode === fault).length).toBeGreaterThan(0);
    },
    5 * minute,
  );

  it('has exactly one record for each post at the end', async () => {
    expect(await records()).toHaveLength(faults.length * forms.length);
  });
});
