import { blobCid, isCid, recordCid } from './content.id.js';

describe('content ids', () => {
  it('hashes bytes as raw blocks', () => {
    expect(blobCid(Buffer.from('hello world'))).toBe(
      'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e',
    );
  });

  it('hashes records by their DAG-CBOR, whatever the order of the keys', () => {
    expect(recordCid({})).toBe('bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua');
    expect(recordCid({ bb: 1, a: [true, null, 'ü', -5, 1.5] })).toBe(
      recordCid({ a: [true, null, 'ü', -5, 1.5], bb: 1 }),
    );
    expect(isCid(recordCid({ ref: { $link: blobCid(Buffer.from('x')) } }))).toBe(true);
  });
});
