import { accessBy, appOf, lacksPermission, loginOf } from './instagram.login.js';

const app = { clientId: 'ig', clientSecret: 'ig-secret', extra: {} };
const both = { ...app, extra: { facebookClientId: 'fb', facebookClientSecret: 'fb-secret' } };

describe('the logins of Instagram', () => {
  it('have an app each, or one for both', () => {
    expect(appOf('instagram', both)?.clientId).toBe('ig');
    expect(appOf('facebook', both)).toMatchObject({ clientId: 'fb', clientSecret: 'fb-secret' });
    expect(appOf('facebook', app)?.clientId).toBe('ig');
    expect(appOf('facebook', null)).toBeNull();
  });

  it('prove the app only to Facebook, by its own secret', () => {
    expect(accessBy('facebook', 't', both).appSecret).toBe('fb-secret');
    expect(accessBy('instagram', 't', both).appSecret).toBeNull();
  });

  it('are told by the answer that was given at the start', () => {
    expect([{ login: 'facebook' }, { login: 'instagram' }, {}].map(loginOf)).toEqual([
      'facebook',
      'instagram',
      'instagram',
    ]);
  });

  it('call their permissions alike but for the beginning', () => {
    const account = {
      ...{ id: 'a', platform: 'instagram', externalId: '17', displayName: 'Ann', handle: '@ann' },
      metadata: { missingScopes: ['instagram_business_manage_comments'] },
    };
    expect(lacksPermission(account, 'manage_comments')).toBe(true);
    expect(lacksPermission(account, 'manage_contents')).toBe(false);
  });
});
