export default async function tearDown() {
  await globalThis.fanfareTestPostgres?.stop();
}
