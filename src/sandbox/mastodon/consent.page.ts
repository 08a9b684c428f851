import { escapeHtml } from '../core/markup.js';
import type { MastodonAccount } from './mastodon.account.js';

const STYLE = `body{margin:0;min-height:100vh;display:grid;place-items:center;background:#191b22;color:#fff;font:16px/1.5 system-ui,sans-serif}
main{width:min(420px,92vw);padding:28px;border-radius:12px;background:#282c37}h1{margin:0 0 8px;font-size:20px}
p,li{color:#9baec8}select,button{width:100%;margin-top:12px;padding:10px;border:0;border-radius:8px;font:inherit}
button{background:#6364ff;color:#fff;font-weight:600;cursor:pointer}button[value=deny]{background:#4a5066}code{word-break:break-all}`;

export interface Consent {
  readonly appName: string;
  readonly scopes: readonly string[];
  readonly accounts: readonly MastodonAccount[];
  /** What the form sends back. */
  readonly fields: Readonly<Record<string, string>>;
}

export function consentPage({ appName, scopes, accounts, fields }: Consent): string {
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');
  const options = accounts
    .map(({ id, username }) => `<option value="${escapeHtml(id)}">@${escapeHtml(username)}</option>`)
    .join('');
  return page(`<h1>Authorization required</h1><p><strong>${escapeHtml(appName)}</strong> would like to access your account:</p>
<ul>${scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('')}</ul>
<form method="post" action="/oauth/authorize">${hidden}<select name="account">${options}</select>
<button type="submit" name="decision" value="allow">Authorize</button>
<button type="submit" name="decision" value="deny">Deny</button></form>`);
}

export function messagePage(title: string, message: string): string {
  return page(`<h1>${escapeHtml(title)}</h1><p><code>${escapeHtml(message)}</code></p>`);
}

function page(content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mastodon sandbox</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body><main>${content}</main></body></html>`;
}
