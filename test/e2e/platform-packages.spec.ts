import { ConfigError } from '../../src/common/config/index.js';
import { builtInPlatforms, installedPlatforms } from '../../src/platforms/installed.js';
import { TestApp } from '../support/app/test-app.js';
import { InstalledPackages } from '../support/platform-package/installed-packages.js';
import { PostOffice } from '../support/platform-package/post-office.js';

const postcard = 'fanfare-platform-postcard';

describe('a platform that comes as an npm package', () => {
  const packages = new InstalledPackages();
  const office = new PostOffice();
  let app: TestApp;

  beforeAll(async () => {
    packages.installPostcard();
    await office.start();
    const own = { FANFARE_PLATFORM_PACKAGES: postcard, PLATFORM_POSTCARD_API_URL: office.url };
    app = await TestApp.start(own, await installedPlatforms(own, [packages.folder]));
  });
  afterAll(async () => {
    await app.stop();
    await office.stop();
    packages.remove();
  });

  async function connect(token: string) {
    const { body: session } = await app.call('post', '/accounts/connect/postcard', { body: {} });
    return app.call('post', `/accounts/connect/${session.sessionId}/complete`, {
      body: { credentials: { token } },
    });
  }

  async function connected(): Promise<string> {
    const { body: session } = await app.call('post', '/accounts/connect/postcard', { body: {} });
    const route = `/accounts/connect/${session.sessionId}`;
    await app.call('post', `${route}/complete`, { body: { credentials: { token: office.token } } });
    const { body } = await app.call('post', `${route}/select`, { body: { externalIds: ['po-1'] } });
    return body.accounts[0].id;
  }

  it('stands in the list of platforms beside those that are built in', async () => {
    const { body } = await app.call('get', '/platforms');
    const keys = body.items.map(({ key }) => key);
    expect(keys).toHaveLength(builtInPlatforms.modules.length + 1);
    expect(keys).toContain('postcard');
    expect((await app.call('get', '/platforms/postcard')).body).toMatchObject({
      name: 'Postcard',
      enabled: true,
      connect: { method: 'token_form', fields: [{ name: 'token', secret: true }] },
      settings: { properties: { stamp: { type: 'string' } } },
      kinds: ['text', 'link'],
    });
  });

  it('publishes a post, with what the engine gives every platform: ledger, link and attempts', async () => {
    const accountId = await connected();
    const target = { accountId, settings: { stamp: 'a lighthouse' } };
    const created = await app.call('post', '/posts', {
      body: {
        text: 'Greetings',
        link: 'https://example.org/sea',
        scheduledFor: 'now',
        targets: [target],
      },
    });
    expect(created.status).toBe(201);
    await app.settle();
    const { body } = await app.call('get', `/posts/${created.body.id}`);
    expect(body).toMatchObject({
      status: 'published',
      targets: [{ publication: { permalink: 'https://postcard.example/1', attemptCount: 1 } }],
    });
    expect(office.cards).toEqual([
      { text: 'Greetings\n\nhttps://example.org/sea', stamp: 'a lighthouse', key: expect.any(String) },
    ]);
  });

  it('checks limits ahead of time, and answers refusals by its own error table', async () => {
    const accountId = await connected();
    const long = { text: 'x'.repeat(121), scheduledFor: 'now', targets: [{ accountId }] };
    const refused = await app.call('post', '/posts', { body: long });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ rule: 'text_too_long', limit: 120 }] } });
    const before = office.cards.length;
    const post = { text: 'Without a stamp', scheduledFor: 'now', targets: [{ accountId }] };
    const { body: created } = await app.call('post', '/posts', { body: post });
    await app.settle();
    expect((await app.call('get', `/posts/${created.id}`)).body).toMatchObject({
      status: 'failed',
      targets: [
        { publication: { error: { code: 'postcard.stamp_missing', remedy: 'Set the setting "stamp".' } } },
      ],
    });
    expect(office.cards).toHaveLength(before);
    const forged = await connect('forged');
    expect(forged).toMatchObject({ status: 422, body: { errors: [{ rule: 'postcard.token_unknown' }] } });
  });
});

describe('a package that cannot be taken', () => {
  const packages = new InstalledPackages();
  let made = 0;
  afterAll(() => packages.remove());

  async function problems(names: string) {
    try {
      await installedPlatforms({ FANFARE_PLATFORM_PACKAGES: names }, [packages.folder]);
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    return [];
  }

  const wiring = `class M {} kit.nest.Module({ providers: [P] })(M);`;
  const answer = `return { module: M, configSpec: { key: 'card', hosts: [] } };`;

  it.each([
    [
      'throws when it is read',
      `throw new Error('no paper');`,
      'cannot be loaded: no paper',
      'Install it again',
    ],
    [
      'exports no function',
      `export default { key: 'card' };`,
      'does not export a function',
      'export default',
    ],
    [
      'fails while it makes its platform',
      `export default () => { throw new Error('kit 2 is needed'); };`,
      'has failed while it made its platform: kit 2 is needed',
      'take a version that fits',
    ],
    [
      'answers nothing',
      `export default () => undefined;`,
      'does not answer an object',
      'src/platforms/README.md',
    ],
    [
      'says of hosts what is none',
      `export default () => ({ module: class {}, configSpec: { key: 'Card', hosts: [{ label: 'api' }] } });`,
      'configSpec/hosts/0 must have required property',
      'telegram.config.ts',
    ],
    [
      'answers a class that is no module',
      `export default () => ({ module: class {}, configSpec: { key: 'card', hosts: [] } });`,
      'answers a module that is no class with @Module',
      'kit.nest.Module',
    ],
    [
      'has no publisher by the decorator that it was given',
      `export default (kit) => { class P {} ${wiring} ${answer} };`,
      `no class with @PlatformPublisher('card')`,
      `kit.core.PlatformPublisher('card')`,
    ],
    [
      'has a publisher of another key',
      `export default (kit) => { class P {} kit.core.PlatformPublisher('other')(P); ${wiring} ${answer} };`,
      `no class with @PlatformPublisher('card')`,
      `kit.core.PlatformPublisher('card')`,
    ],
    [
      'has no connector',
      `export default (kit) => { class P {} kit.core.PlatformPublisher('card')(P); ${wiring} ${answer} };`,
      `no class with @PlatformConnector('card')`,
      `kit.core.PlatformConnector('card')`,
    ],
  ])('because it %s is named, with the rule and what helps', async (_why, program, problem, remedy) => {
    // A process reads a package once.
    made += 1;
    packages.write(`fanfare-platform-card-${made}`, program);
    expect(await problems(`fanfare-platform-card-${made}`)).toEqual([
      {
        key: 'FANFARE_PLATFORM_PACKAGES',
        problem: expect.stringContaining(problem),
        remedy: expect.stringContaining(remedy),
      },
    ]);
  });

  it('because it is not installed, or is part of Node, is named together with the others', async () => {
    const found = await problems('fanfare-platform-nowhere, fs');
    expect(found.map(({ problem }) => problem)).toEqual([
      'the package fanfare-platform-nowhere is not installed',
      'the package fs is not installed',
    ]);
    expect(found[0]?.remedy).toContain(`npm install fanfare-platform-nowhere in ${packages.folder}`);
  });

  it('because its platform is there already is named with the one who brings it', async () => {
    packages.installPostcard();
    packages.installPostcard('@somebody/postcard');
    expect(await problems(`${postcard}, @somebody/postcard, ${postcard}`)).toEqual([
      expect.objectContaining({
        problem: `the package @somebody/postcard brings the platform "postcard", which the package ${postcard} brings already`,
      }),
    ]);
    const [{ key } = { key: '' }] = builtInPlatforms.configSpecs;
    packages.write(
      'fanfare-platform-copy',
      `export default (kit) => {
         class P {} kit.core.PlatformPublisher('${key}')(P); kit.core.PlatformConnector('${key}')(P); ${wiring}
         return { module: M, configSpec: { key: '${key}', hosts: [] } };
       };`,
    );
    expect(await problems('fanfare-platform-copy')).toEqual([
      expect.objectContaining({
        problem: `the package fanfare-platform-copy brings the platform "${key}", which Fanfare itself brings already`,
      }),
    ]);
  });

  it('because the list holds a folder, an address or a version is refused before anything is loaded', async () => {
    expect(await problems('./mine, fanfare-platform-card@2, https://example.org/a.tgz')).toEqual([
      {
        key: 'FANFARE_PLATFORM_PACKAGES',
        problem: expect.stringContaining('./mine, fanfare-platform-card@2, https://example.org/a.tgz'),
        remedy: expect.stringContaining('Write names'),
      },
    ]);
  });
});
