import type { HttpTransportError, TransportReason } from '../../common/http/index.js';

/** One reason why a platform could not fetch a file. */
export interface Finding {
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
}

export const noPublicUrl: Finding = {
  rule: 'media_public_url_required',
  message: 'Nobody outside can fetch files from here: neither PUBLIC_URL nor S3_BUCKET is configured.',
  remedy:
    'Set PUBLIC_URL to the https address at which this server is reached from the internet, or keep media in S3 (S3_*), whose presigned links are used then.',
};

export const rangeIgnored: Finding = {
  rule: 'media_url_range_ignored',
  message: 'Asked for a part of the file, the address gives all of it.',
  remedy: 'Let the proxy in front pass the header Range on, and 206 back.',
};

export const otherFile: Finding = {
  rule: 'media_url_other_content',
  message: 'The address answers with something else than this file.',
  remedy: 'Check that PUBLIC_URL leads to this server, and that nothing in front rewrites its answers.',
};

export function notHttps(origin: string): Finding {
  return {
    rule: 'media_url_not_https',
    message: `${origin} is not https, which platforms insist on.`,
    remedy: 'Put a proxy with a certificate in front, and set PUBLIC_URL to its https address.',
  };
}

export function wrongType(found: string, wanted: string): Finding {
  return {
    rule: 'media_url_wrong_type',
    message: `The address says that the file is "${found}"; it is ${wanted}.`,
    remedy: 'Let the proxy or the storage in front leave the header Content-Type as it is.',
  };
}

export function findingOfStatus(status: number): Finding {
  if (status >= 300 && status < 400) {
    return {
      rule: 'media_url_redirected',
      message: `The address leads on to another one (${status}), which several platforms do not follow.`,
      remedy: 'Set PUBLIC_URL to where it leads.',
    };
  }
  return {
    rule: 'media_url_refused',
    message: `The address answers with status ${status}.`,
    remedy: 'Check that PUBLIC_URL leads to this server, and that nothing in front asks for a login.',
  };
}

type Explained = (message: string) => Finding;

const failures: Readonly<Partial<Record<TransportReason, Explained>>> = {
  address_refused: (message) => ({
    rule: 'media_url_private',
    message: `The address cannot be reached from outside: ${message}.`,
    remedy: 'Use a name that leads to an address on the public network.',
  }),
  dns: (message) => ({
    rule: 'media_url_unknown_host',
    message: `The name in the address is not known: ${message}.`,
    remedy: 'Check the spelling of PUBLIC_URL or S3_ENDPOINT, and the DNS record.',
  }),
  tls: (message) => ({
    rule: 'media_url_tls',
    message: `The certificate does not hold: ${message}.`,
    remedy: 'Renew the certificate, and let the server send its whole chain.',
  }),
  // The only thing that is refused of a request of ours is to follow a redirect.
  request_refused: () => findingOfStatus(302),
  too_large: () => rangeIgnored,
};

/** No answer at all. */
export function findingOfFailure({ reason, message }: HttpTransportError): Finding {
  return (
    failures[reason]?.(message) ?? {
      rule: 'media_url_no_answer',
      message: `Nobody answers at the address: ${message}.`,
      remedy:
        'Check firewall and port forwarding. This server asks for its own address: some routers only let others do so.',
    }
  );
}
