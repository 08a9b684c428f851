import { TestApp } from '../support/app/test-app.js';
import { connectWith } from './connect.js';
import { RealServer } from './real-server.js';
import { settled } from './settled.js';

interface Taken {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
}

const minute = 60_000;

describe('a real SMTP server that loses answers', () => {
  let smtp: RealServer<{ port: number }>;
  let app: TestApp;

  beforeAll(async () => {
    smtp = await RealServer.start<{ port: number }>('smtp.mjs');
    app = await TestApp.start();
  }, 5 * minute);

  afterAll(async () => {
    await app.stop();
    await smtp.stop();
  });

  const credentials = (recipients: string) => ({
    host: '127.0.0.1',
    port: String(smtp.ready.port),
    security: 'none',
    user: 'anna',
    password: 'secret',
    fromAddress: `from-${recipients.split('@')[0]}@example.org`,
    recipients,
  });

  const connect = (recipients: string): Promise<string> => connectWith(app, 'email', credentials(recipients));

  const publish = async (accountId: string, text: string) => {
    const { body } = await app.call('post', '/posts', {
      body: { text, scheduledFor: 'now', targets: [{ accountId, settings: { subject: text } }] },
    });
    return settled(app, body.id);
  };

  /** Whom the server has taken this mail for. */
  async function takenFor(subject: string): Promise<readonly string[]> {
    const { taken } = await smtp.ask<{ taken: readonly Taken[] }>();
    return taken.filter(({ source }) => source.includes(`Subject: ${subject}\r\n`)).flatMap(({ to }) => to);
  }

  it.each([
    ['nothing', [], 'published'],
    ['reset-before-data', ['reset-before-data'], 'published'],
    ['busy', ['busy'], 'published'],
    ['reset-after-data', ['reset-after-data'], 'unconfirmed'],
  ])(
    '%s: the mail is taken exactly once',
    async (name, fates, status) => {
      const accountId = await connect(`${name}@example.net`);
      smtp.tell({ fates });
      const post = await publish(accountId, `mail under ${name}`);
      expect(await takenFor(`mail under ${name}`)).toEqual([`${name}@example.net`]);
      expect(post).toMatchObject({ status });
    },
    5 * minute,
  );

  it('a mail that is refused as too big is called failed, and was not taken', async () => {
    const accountId = await connect('big@example.net');
    smtp.tell({ fates: ['too-big'] });
    expect(await publish(accountId, 'too big')).toMatchObject({ status: 'failed' });
    expect(await takenFor('too big')).toEqual([]);
  });

  it('one good and one unknown recipient: the good one gets one mail', async () => {
    const accountId = await connect('good@example.net, nobody@example.net');
    const post = await publish(accountId, 'one of two');
    expect(post).toMatchObject({ status: 'published' });
    expect(post.targets[0].publication).toMatchObject({ warnings: [expect.anything()] });
    expect(await takenFor('one of two')).toEqual(['good@example.net']);
  });

  it('a wrong password is said when the account is connected', async () => {
    const refused = connectWith(app, 'email', { ...credentials('wrong@example.net'), password: 'wrong' });
    await expect(refused).rejects.toThrow(/4\d\d .*password/);
  });
});
