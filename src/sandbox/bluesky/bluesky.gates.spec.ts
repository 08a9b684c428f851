import type { JsonObject, JsonValue } from '../core/json.js';
import { type Answer, BlueskyRig, CREATED_AT, post, RKEY } from './bluesky.rig.js';

const threadGate = 'app.bsky.feed.threadgate';
const postGate = 'app.bsky.feed.postgate';

describe('Bluesky simulator, who may reply and quote', () => {
  const rig = new BlueskyRig();

  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterEach(() => expect(rig.control.unexpected()).toEqual([]));
  afterAll(() => rig.stop());

  const uri = (): string => `at://${rig.session.did}/app.bsky.feed.post/${RKEY}`;
  const create = (collection: string, value: JsonObject): JsonObject => ({
    $type: 'com.atproto.repo.applyWrites#create',
    collection,
    rkey: RKEY,
    value,
  });
  const gate = (collection: string, rules: JsonObject): JsonObject =>
    create(collection, { $type: collection, post: uri(), createdAt: CREATED_AT, ...rules });
  const write = (...writes: JsonObject[]): Promise<Answer> =>
    rig.procedure('com.atproto.repo.applyWrites', { repo: rig.session.did, writes });
  const seen = (): JsonObject | undefined => rig.control.inbox()[0]?.extra;
  const rule = (name: string): JsonObject => ({ $type: `${threadGate}#${name}` });

  it('shows a post with its gates, and answers each of the records', async () => {
    const allow = ['mentionRule', 'followingRule', 'followerRule'].map(rule);
    const list = { ...rule('listRule'), list: `at://${rig.session.did}/app.bsky.graph.list/3kabcdefghij9` };
    const { status, json } = await write(
      create('app.bsky.feed.post', post('gated')),
      gate(threadGate, { allow: [...allow, list] }),
      gate(postGate, { embeddingRules: [{ $type: `${postGate}#disableRule` }] }),
    );
    expect(status).toBe(200);
    const written = ['post', 'threadgate', 'postgate'].map((name) => ({
      $type: 'com.atproto.repo.applyWrites#createResult',
      uri: `at://${rig.session.did}/app.bsky.feed.${name}/${RKEY}`,
    }));
    expect(json).toMatchObject({ results: written });
    expect(seen()).toMatchObject({
      whoMayReply: ['mentionRule', 'followingRule', 'followerRule', 'listRule'],
      quotable: false,
    });
  });

  it('lets nobody reply where a gate has no rules, and everybody where there is no gate', async () => {
    await write(create('app.bsky.feed.post', post('open')));
    expect(seen()).toMatchObject({ whoMayReply: 'everybody', quotable: true });
    await write(gate(threadGate, { allow: [] }), gate(postGate, { embeddingRules: [] }));
    expect(seen()).toMatchObject({ whoMayReply: [], quotable: true });
  });

  it('follows no gate that names another post', async () => {
    const other = { post: `at://${rig.session.did}/app.bsky.feed.post/3kabcdefghij9` };
    await write(create('app.bsky.feed.post', post('open')), gate(threadGate, { allow: [], ...other }));
    expect(seen()).toMatchObject({ whoMayReply: 'everybody' });
  });

  it.each<[string, string, JsonObject]>([
    ['rules that it does not know', threadGate, { allow: [{ $type: `${threadGate}#friendRule` }] }],
    [
      'more than five rules',
      threadGate,
      { allow: Array<JsonValue>(6).fill({ $type: `${threadGate}#mentionRule` }) },
    ],
    ['a list without its address', threadGate, { allow: [{ $type: `${threadGate}#listRule` }] }],
    ['no post', threadGate, { post: 'x' }],
    ['a rule of another gate', postGate, { embeddingRules: [{ $type: `${threadGate}#mentionRule` }] }],
  ])('refuses %s, and writes nothing of it', async (_name, collection, rules) => {
    const { status, json } = await write(
      create('app.bsky.feed.post', post('not to be seen')),
      gate(collection, rules),
    );
    expect([status, json['error']]).toEqual([400, 'InvalidRequest']);
    expect(rig.control.inbox()).toEqual([]);
  });
});
