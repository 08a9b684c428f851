const TITLE = 'Hello from Fanfare';

/**
 * What a target has to say beside the post: what its platform requires, and that it keeps what fits of a mix that the platform
 * refuses.
 * @param {import('./http.mjs').HttpApi} api
 * @param {object} platform as the API lists it
 * @param {{ id: string }} account
 * @param {string[]} kinds of the media
 */
export async function settingsFor(api, platform, account, kinds) {
  const { settings, liveSettings, capabilities } = platform;
  const chosen = {};
  for (const name of settings.required ?? []) {
    chosen[name] = liveSettings.includes(name)
      ? await firstOption(api, account, name)
      : usualValue(settings.properties[name]);
  }
  if (!takesTogether(capabilities.media, kinds)) chosen.mediaSelection = 'best-fit';
  return chosen;
}

async function firstOption(api, { id }, setting) {
  const { options } = await api.get(`/api/v1/accounts/${id}/options/${setting}`);
  if (options.length === 0) throw new Error(`There is nothing to choose for ${setting}.`);
  return options[0].value;
}

function usualValue({ default: usual, enum: values, type }) {
  return usual ?? values?.[0] ?? (type === 'boolean' ? false : TITLE);
}

/** @param {{ limits: { kind: string, maxItems: number }[], maxItems: number, mixes: string[][] }} media */
function takesTogether({ limits, maxItems, mixes }, kinds) {
  if (kinds.length === 0) return true;
  const most = Math.min(
    maxItems,
    ...limits.filter(({ kind }) => kinds.includes(kind)).map((limit) => limit.maxItems),
  );
  return kinds.length <= most && mixes.some((mix) => kinds.every((kind) => mix.includes(kind)));
}
