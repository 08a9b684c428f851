/** What every app may ask for: "Sign In with LinkedIn" and "Share on LinkedIn". */
export const memberScopes = ['openid', 'profile', 'w_member_social'];

/** What the Community Management API gives beside it. */
export const organizationScopes = ['w_organization_social', 'r_organization_social', 'rw_organization_admin'];

/** Figures of a member's own posts. */
export const figuresScope = 'r_member_postAnalytics';
