// A real SMTP server as a child process. The parent says what becomes of the next mails and asks which ones were taken.
import './loopback-only.mjs';
import { SMTPServer } from 'smtp-server';

/** One for each of the next mails: how it is lost or refused. None: taken and answered. */
const fates = [];
const taken = [];
const refusals = {
  busy: [451, '4.7.1 Greylisted, please try again later'],
  'too-big': [552, '5.3.4 Message too big'],
};

const server = new SMTPServer({
  disabledCommands: ['STARTTLS'],
  allowInsecureAuth: true,
  onAuth: ({ username, password }, session, done) =>
    username === 'anna' && password === 'secret'
      ? done(null, { user: username })
      : done(answer(535, '5.7.8 Authentication credentials invalid')),
  onRcptTo: ({ address }, session, done) => {
    if (address.startsWith('nobody@')) return done(answer(550, '5.1.1 No such user'));
    if (fates[0] !== 'reset-before-data') return done();
    fates.shift();
    cut(session);
  },
  onData: (stream, session, done) => {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      const fate = fates.shift();
      const refusal = refusals[fate];
      if (refusal !== undefined) return done(answer(...refusal));
      const { mailFrom, rcptTo } = session.envelope;
      taken.push({
        from: mailFrom.address,
        to: rcptTo.map(({ address }) => address),
        source: Buffer.concat(chunks).toString('utf8'),
      });
      if (fate === 'reset-after-data') return cut(session);
      done(null, 'taken');
    });
  },
});

function answer(responseCode, message) {
  return Object.assign(new Error(message), { responseCode });
}

function cut(session) {
  for (const connection of server.connections) {
    if (connection.session === session) connection._socket.resetAndDestroy();
  }
}

server.on('error', () => undefined); // a connection that was cut
process.on('message', ({ fates: next, ask }) => {
  if (next !== undefined) fates.push(...next);
  if (ask !== undefined) process.send({ taken });
});
process.on('disconnect', () => process.exit(0));
server.listen(0, () => process.send({ port: server.server.address().port }));
