import { connectorOf } from './postcard.connector.js';
import { clientOf } from './postcard.client.js';
import { publisherOf } from './postcard.publisher.js';

/** What Fanfare calls with its kit. */
export default function postcard(kit) {
  const PostcardClient = clientOf(kit);
  const PostcardConnector = connectorOf(kit, PostcardClient);
  const PostcardPublisher = publisherOf(kit, PostcardClient);

  class PostcardModule {}
  kit.nest.Module({
    imports: [kit.http.HttpModule],
    providers: [PostcardClient, PostcardConnector, PostcardPublisher],
  })(PostcardModule);

  return {
    module: PostcardModule,
    configSpec: { key: 'postcard', hosts: [{ label: 'API', defaultUrl: 'https://api.postcard.example' }] },
  };
}
