import { escapeHtml } from '../markup.js';
import type { OAuthPerson } from './oauth.types.js';

const STYLE = `body{margin:0;min-height:100vh;display:grid;place-items:center;background:#eef1f6;color:#1c2430;font:16px/1.5 system-ui,sans-serif}
main{width:min(440px,92vw);padding:28px;border-radius:12px;background:#fff;box-shadow:0 6px 30px #0002}h1{margin:0 0 8px;font-size:20px}
label{display:block}select,button{width:100%;margin-top:12px;padding:10px;border:1px solid #cdd5e0;border-radius:8px;font:inherit}
button{border:0;background:#2458e6;color:#fff;font-weight:600;cursor:pointer}button[value=deny]{background:#7a8599}code{word-break:break-all}`;

export interface Consent {
  readonly appName: string;
  readonly action: string;
  readonly scopes: readonly string[];
  readonly people: readonly OAuthPerson[];
  /** What the form sends back. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a person sees before an app is let in: who they are, what is asked for, and what they may leave out. */
export function consentPage({ appName, action, scopes, people, fields }: Consent): string {
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');
  const options = people
    .map(({ id, name }) => `<option value="${escapeHtml(id)}">${escapeHtml(name)}</option>`)
    .join('');
  const refusals = scopes
    .map(
      (scope) =>
        `<label><input type="checkbox" name="declined[]" value="${escapeHtml(scope)}"> leave out <code>${escapeHtml(scope)}</code></label>`,
    )
    .join('');
  return page(`<h1>Let it in?</h1><p><strong>${escapeHtml(appName)}</strong> would like to use your account.</p>
<form method="post" action="${escapeHtml(action)}">${hidden}<select name="account">${options}</select>${refusals}
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny">Deny</button></form>`);
}

export function messagePage(title: string, message: string): string {
  return page(`<h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p>`);
}

function page(content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sandbox: log in</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body><main>${content}</main></body></html>`;
}
