import { checkSettings, type JsonObject, type TargetContent } from '../core/index.js';
import { bodyOf, post, runToEnd } from '../core/publisher.rig.js';
import { checkQuote, quotedId } from './mastodon.quote.js';
import { setUp, status } from './mastodon.rig.js';
import { mastodonSettings } from './mastodon.settings.js';

const base = 'https://m.example';

describe('the quoted post', () => {
  it.each([
    ['115', '115'],
    [`${base}/@anna/115`, '115'],
    [`${base}/@bob@other.example/115/`, '115'],
    [`${base}/users/anna/statuses/115?x=1`, '115'],
    ['https://other.example/@bob/115', null],
    [`${base}/@anna`, null],
    [`${base}/tags/115`, null],
    ['m.example/@anna/115', null],
  ])('%s has the id %s', (quote, id) => expect(quotedId(quote, base)).toBe(id));

  it('is asked for with the first part alone, who may quote with each', async () => {
    const settings = { quote: `${base}/@bob@other.example/115`, quotePolicy: 'followers' };
    const thread = [{ text: 'Two', media: [] }];
    let id = 200;
    const { http, publisher, ledger } = setUp(post({ settings, thread }), {
      'POST /api/v1/statuses': () => ({ body: status(String((id += 1))) }),
    });
    await runToEnd(publisher, ledger);
    const [first, second] = http.named('POST /api/v1/statuses').map(bodyOf);
    expect(first).toMatchObject({ quoted_status_id: '115', quote_approval_policy: 'followers' });
    expect(second).toMatchObject({ quote_approval_policy: 'followers' });
    expect(second).not.toHaveProperty('quoted_status_id');
  });
});

describe('preflight of a quote', () => {
  const rules = (settings: JsonObject, version = '4.5.0', software = 'mastodon'): string[] => {
    const { account } = setUp(post(), {}, software);
    const known = { ...account, metadata: { ...account.metadata, version } };
    const content: TargetContent = post({ settings });
    return checkQuote(content, known).map(({ pointer, rule }) => `${pointer} ${rule}`);
  };

  it('wants a post of the instance, on Mastodon 4.5 or newer', () => {
    expect(rules({ quote: '115', quotePolicy: 'nobody' })).toEqual([]);
    expect(rules({ quote: '115' }, '5.0.1')).toEqual([]);
    expect(rules({ quote: 'https://other.example/@bob/115' })).toEqual([
      '/settings/quote quote_not_on_instance',
    ]);
    const both = ['/settings/quote quotes_unsupported', '/settings/quotePolicy quotes_unsupported'];
    expect(rules({ quote: '115', quotePolicy: 'nobody' }, '4.4.9')).toEqual(both);
    expect(rules({ quote: '115', quotePolicy: 'nobody' }, '4.5.0', 'pleroma')).toEqual(both);
    expect(rules({}, '4.4.9')).toEqual([]);
  });

  it('takes an id or an address, and nothing else', () => {
    expect(checkSettings(mastodonSettings, { quote: '115' }).ok).toBe(true);
    expect(checkSettings(mastodonSettings, { quote: `${base}/@anna/115` }).ok).toBe(true);
    expect(checkSettings(mastodonSettings, { quote: 'anna' }).ok).toBe(false);
  });
});
