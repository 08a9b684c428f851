import { HttpAnswer } from '../../common/http/index.js';
import { readQuota } from '../families/meta/index.js';
import { failureOf, processingFailure, readFacts, readInsights, readListed } from './instagram.answers.js';
import { containerFailure, mayBeRebuilt } from './instagram.failures.js';

function answer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return new HttpAnswer(status, headers, Buffer.from(body), 'https://graph.instagram.com/');
}

const refusal = (code: number, subcode: number): string =>
  JSON.stringify({ error: { message: 'Application request limit reached', code, error_subcode: subcode } });

describe('answers of Instagram', () => {
  it('are read by their subcode before their code', () => {
    expect(failureOf(answer(403, refusal(4, 2207051)), 'publish')).toMatchObject({
      code: 'instagram.action_blocked',
      kind: 'content_refused',
    });
    expect(failureOf(answer(400, refusal(4, 1)), 'publish')).toMatchObject({ kind: 'rate_limited' });
    expect(failureOf(answer(400, refusal(24, 2207006)), 'publish')).toMatchObject({
      kind: 'transient',
      provesNothingCreated: false,
    });
    expect(failureOf(answer(400, refusal(24, 2207006)), 'create')).toMatchObject({ kind: 'content_refused' });
  });

  it('name the minutes to wait in a header', () => {
    const usage = { '1': [{ type: 'instagram', estimated_time_to_regain_access: 3 }] };
    const headers = { 'x-business-use-case-usage': JSON.stringify(usage) };
    expect(failureOf(answer(400, refusal(80002, 1), headers), 'publish')).toMatchObject({
      kind: 'rate_limited',
      retryAfterMs: 180_000,
    });
  });

  it('hide the reason of a failed container in words', () => {
    const said = 'Error: Media upload has failed with error code 2207009';
    expect(processingFailure({ status: 'ERROR', said })).toMatchObject({ code: 'instagram.media_ratio' });
    const lost = containerFailure({ status: 'ERROR', said: 'error code 2207082' });
    expect(lost).toMatchObject({ code: 'instagram.transcoding_failed', kind: 'content_refused' });
    expect([mayBeRebuilt(lost, 1), mayBeRebuilt(lost, 2)]).toEqual([true, false]);
    const silent = containerFailure({ status: 'ERROR', said: 'Error' });
    expect(silent).toMatchObject({ code: 'instagram.processing_failed' });
    expect(mayBeRebuilt(silent, 1)).toBe(false);
    expect(mayBeRebuilt(containerFailure({ status: 'EXPIRED', said: '' }), 1)).toBe(true);
  });

  it('list posts by caption and comments by text, with ids in either form', () => {
    const rows = [
      { id: 17, caption: 'A post', timestamp: '2026-11-22T10:00:00+0000', media_product_type: 'REELS' },
      { id: '18', text: 'A comment', timestamp: '2026-11-22T10:00:01+0000' },
    ];
    const paging = { next: 'https://elsewhere.example/', cursors: { after: 'c' } };
    expect(readListed({ data: rows, paging })).toMatchObject({
      items: [
        { id: '17', text: 'A post', productType: 'REELS' },
        { id: '18', text: 'A comment', productType: null },
      ],
      after: 'c',
    });
    expect(readListed({})).toBeNull();
    expect(readListed({ data: [...rows, { id: '19', text: 'Without a time' }], paging })).toBeNull();
  });

  it('give figures as series or totals, and leave out what is not there', () => {
    const series = { name: 'views', values: [{ value: 3 }] };
    const total = { name: 'saved', total_value: { value: 2 } };
    expect(readInsights({ data: [series, total, { name: 'follows', values: [{ value: 9 }] }] })).toEqual({
      views: 3,
      saves: 2,
    });
    expect(readFacts({ id: '1', comments_count: 0 }).counts).toEqual({ comments: 0 });
  });

  it('say how many posts are left', () => {
    const now = new Date('2026-11-22T10:00:00Z');
    const body = { data: [{ quota_usage: 48, config: { quota_total: 50, quota_duration: 86400 } }] };
    expect(readQuota(body, now)).toMatchObject([{ limit: 'posts', remaining: 2, certain: true }]);
    expect(readQuota({ data: [] }, now)).toEqual([]);
  });
});
