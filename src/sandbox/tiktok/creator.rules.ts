import { refuse } from './tiktok.errors.js';
import { privacyOptions, type Person, type PrivacyLevel } from './tiktok.person.js';
import type { TiktokState } from './tiktok.state.js';

/** What keeps anything of this creator from going out now. */
export function checkCreator(state: TiktokState, person: Person): void {
  const { settings, quotas } = state;
  if (person.banned) throw refuse('spam_risk_user_banned_from_posting');
  const cap = settings.audited ? settings.activeCreators : settings.unauditedCreators;
  if (state.otherCreators(person.id) >= cap) throw refuse('reached_active_user_cap');
  if (quotas.posts.used(person.id) >= settings.postsPerDay) throw refuse('spam_risk_too_many_posts');
}

/** An app without audit never falls back by itself: what it may not do is refused. */
export function checkPrivacy({ settings }: TiktokState, person: Person, level: PrivacyLevel): void {
  if (!settings.audited && (level !== 'SELF_ONLY' || !person.private)) {
    throw refuse('unaudited_client_can_only_post_to_private_accounts');
  }
  if (!privacyOptions(person).includes(level)) throw refuse('privacy_level_option_mismatch');
}

/** Drafts are handed over without a cap of posts, but only so many may wait at once. */
export function takeDraft({ quotas, settings }: TiktokState, person: Person): void {
  if (person.banned) throw refuse('spam_risk_user_banned_from_posting');
  if (!quotas.drafts.take(person.id, settings.pendingShares)) {
    throw refuse('spam_risk_too_many_pending_share');
  }
}
