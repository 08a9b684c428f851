// Loaded into each child before its own code (node --import): a child whose parent has been killed stops by itself
// instead of holding its port for ever.
const PATIENCE_MS = 30_000;

process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), PATIENCE_MS).unref();
});
process.channel?.unref();
