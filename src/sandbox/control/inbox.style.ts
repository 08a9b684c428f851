export const INBOX_STYLE = `
:root { color-scheme: light dark; --bg: #f3f4f7; --card: #fff; --ink: #14171f; --dim: #6b7280; --line: #e3e5ea; --accent: #5b5bd6; }
@media (prefers-color-scheme: dark) { :root { --bg: #0e1016; --card: #171a22; --ink: #eceef3; --dim: #949bab; --line: #272b36; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
.top { position: sticky; top: 0; z-index: 1; display: flex; gap: 12px; align-items: baseline; padding: 14px 24px;
  background: var(--card); border-bottom: 1px solid var(--line); }
.top h1 { margin: 0; font-size: 18px; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 20px; padding: 20px 24px; align-items: start; }
.column h2 { display: flex; gap: 8px; align-items: center; margin: 0 0 10px; font-size: 15px; }
.column h2::before { content: ''; width: 10px; height: 10px; border-radius: 50%; background: var(--accent); }
.thread { margin-bottom: 14px; background: var(--card); border: 1px solid var(--line); border-top: 3px solid var(--accent);
  border-radius: 12px; overflow: hidden; }
.post { position: relative; display: flex; gap: 12px; padding: 14px; }
.post + .post { padding-top: 0; }
.post:not(:last-child)::before { content: ''; position: absolute; left: 33px; top: 54px; bottom: -4px; width: 2px; background: var(--line); }
.avatar { flex: none; width: 40px; height: 40px; border-radius: 50%; background: var(--accent); color: #fff; font-weight: 600;
  display: grid; place-items: center; }
.content { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.content header { display: flex; flex-wrap: wrap; gap: 6px; align-items: baseline; }
.content p, .words { margin: 4px 0 8px; }
.words p { margin: 0 0 8px; }
h3 { margin: 2px 0 6px; font-size: 16px; }
a, .tag { color: var(--accent); text-decoration: none; font-weight: 500; }
footer a { white-space: nowrap; }
a:hover { text-decoration: underline; }
.dim { color: var(--dim); font-size: 13px; font-weight: 400; }
.badge { padding: 0 8px; border: 1px solid var(--line); border-radius: 99px; font-size: 12px; color: var(--dim); }
.media { display: grid; gap: 6px; margin: 8px 0; }
.media.n2, .media.n3, .media.n4 { grid-template-columns: 1fr 1fr; }
.media.n3 figure:first-child { grid-column: span 2; }
figure { margin: 0; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
figure img, figure video { display: block; width: 100%; max-height: 360px; object-fit: cover; background: var(--line); }
figure audio { width: 100%; }
figure.file { padding: 8px 12px; }
figcaption { padding: 6px 10px; font-size: 13px; color: var(--dim); }
figcaption b { padding: 0 5px; border-radius: 4px; background: var(--ink); color: var(--card); font-size: 11px; }
.card { display: block; margin: 8px 0; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; color: var(--ink); }
.card img { display: block; width: 100%; max-height: 200px; object-fit: cover; }
.card > span { display: grid; padding: 10px 12px; font-weight: 400; }
.spoiler summary { cursor: pointer; font-weight: 600; margin: 4px 0; }
iframe { width: 100%; height: 420px; resize: vertical; border: 1px solid var(--line); border-radius: 10px; background: #fff; }
footer { display: flex; gap: 6px; }
code { font-size: 12px; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.empty { padding: 22px; border: 1px dashed var(--line); border-radius: 12px; color: var(--dim); text-align: center; }
`;

const ACCENTS: Readonly<Record<string, string>> = {
  bluesky: '#1083fe',
  mastodon: '#6364ff',
  telegram: '#2aabee',
  email: '#d9822b',
};

const FALLBACK_HUES = 360;

/** The platform's own colour, or one that only its name decides. */
export function accentOf(platform: string): string {
  const known = ACCENTS[platform];
  if (known !== undefined) return known;
  const sum = [...platform].reduce((total, letter) => total * 31 + letter.charCodeAt(0), 7);
  return `hsl(${sum % FALLBACK_HUES} 65% 50%)`;
}
