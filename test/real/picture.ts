import type { TestApp } from '../support/app/test-app.js';
import { ApiClient } from '../support/kill/api-client.js';

/** Uploads a PNG through the API; answers its `med_` id. */
export function uploadPicture(app: TestApp, bytes: Buffer): Promise<string> {
  return new ApiClient(app.url, app.key).upload(bytes, 'picture.png', 'image/png');
}
