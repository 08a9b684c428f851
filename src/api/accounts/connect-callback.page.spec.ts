import { callbackHeaders, renderCallbackPage } from './connect-callback.page.js';

describe('the page that the browser lands on', () => {
  it('shows the address', () => {
    const page = renderCallbackPage({ address: 'https://fan.example/back?code=c&state=s', error: null });
    expect(page).toContain('https://fan.example/back?code=c&amp;state=s</textarea>');
  });

  it('runs nothing that stands in the address', () => {
    const attack = `</textarea><script>alert('1')</script>"`;
    const page = renderCallbackPage({ address: attack, error: attack });
    expect(page).not.toContain('<script>');
    expect(page.match(/<\/textarea>/g)).toHaveLength(1);
    expect(callbackHeaders['content-security-policy']).toContain("default-src 'none'");
  });
});
