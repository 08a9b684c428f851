const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** What a browser may do with the page: show it. */
export const callbackHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'content-type': 'text/html; charset=utf-8',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export interface CallbackPage {
  /** The whole address of this page. */
  readonly address: string;
  /** The platform's `error` parameter. */
  readonly error: string | null;
}

/** Shows the address that the browser landed on, to be copied back. It completes nothing. */
export function renderCallbackPage({ address, error }: CallbackPage): string {
  const news =
    error === null
      ? 'The platform has sent you back. To finish connecting, copy this whole address to where you began:'
      : `The platform has sent you back with <b>${escape(error)}</b>. Copy this whole address to where you began, or begin again:`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fanfare: copy this address back</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; }
textarea { width: 100%; box-sizing: border-box; font: 0.9rem/1.4 ui-monospace, monospace; }
</style>
</head>
<body>
<h1>Almost done</h1>
<p>${news}</p>
<textarea rows="6" readonly aria-label="Address to copy">${escape(address)}</textarea>
<p>It works once, and only for the connection that you have begun. Show it to nobody else.</p>
</body>
</html>
`;
}
