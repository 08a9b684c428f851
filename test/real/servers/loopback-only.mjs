// Imported first: some of these servers listen on every interface and take no host. Here they get loopback only.
import { Server } from 'node:net';

const listen = Server.prototype.listen;

Server.prototype.listen = function listenOnLoopback(...given) {
  const [first, second] = given;
  if (typeof first === 'object' && first !== null)
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...given.slice(1));
  const rest = typeof second === 'string' ? given.slice(2) : given.slice(1);
  return listen.call(this, first, '127.0.0.1', ...rest.filter((each) => typeof each === 'function'));
};
