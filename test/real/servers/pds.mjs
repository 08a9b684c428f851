// A real Bluesky PDS with its PLC directory, as a child process: says where it is, and ends with its parent.
import './loopback-only.mjs';
import { TestNetworkNoAppView } from '@atproto/dev-env';

const network = await TestNetworkNoAppView.create({ plc: {}, pds: { hostname: 'localhost' } });
const client = network.pds.getClient();
const handle = 'anna.test';
const account = { handle, email: 'anna@example.org', password: 'long-enough-password' };
const { data: session } = await client.com.atproto.server.createAccount(account);
const { data: appPassword } = await client.com.atproto.server.createAppPassword(
  { name: 'fanfare' },
  { headers: { authorization: `Bearer ${session.accessJwt}` }, encoding: 'application/json' },
);

process.on('disconnect', () => process.exit(0));
process.send({ url: network.pds.url, did: session.did, handle, appPassword: appPassword.password });
