import type { JsonValue } from '../core/json.js';
import type { BodySpec, FieldPaths, Operation } from '../core/operation.js';
import { param, type SandboxRequest } from '../core/request.js';
import { accepted, json, type SandboxResponse } from '../core/response.js';
import { MethodInput } from './method.input.js';
import type { Bot } from './telegram.chats.js';
import { badRequest, notFound, unauthorized } from './telegram.errors.js';
import type { TelegramState } from './telegram.state.js';

export interface MethodCall {
  readonly input: MethodInput;
  readonly bot: Bot;
  /** Names the chat in the call log. */
  actsAs(account: string): void;
}

export interface BotMethod {
  readonly name: string;
  /** After it people see something. */
  readonly visible: boolean;
  /** It changes something, visible or not. */
  readonly changes: boolean;
  readonly fields: FieldPaths;
  readonly takesFiles?: boolean;
  run(call: MethodCall): JsonValue | Promise<JsonValue>;
}

const TOKEN = /^[1-9]\d*:[\w-]+$/;
const MAX_TOKEN_LENGTH = 80;

/** A method of the Bot API, by GET and by POST, with its parameters in the query or the body. */
export function methodOperations(state: TelegramState, method: BotMethod): readonly Operation[] {
  const { name, visible, fields } = method;
  const shared = {
    name,
    host: 'API',
    path: `/bot:token/${name}`,
    visible,
    secretParams: ['token'],
    query: [...new Set(fields.map((field) => field.split(/[.[]/)[0] ?? field))],
    handle: (request: SandboxRequest, context: { actsAs(account: string): void }) =>
      answer(state, method, request, (account) => context.actsAs(account)),
  };
  const body: BodySpec[] = [
    { kind: 'json', fields },
    { kind: 'form', fields },
    { kind: 'multipart', fields, files: method.takesFiles === true ? ['*'] : [] },
  ];
  return [
    { ...shared, method: 'GET' },
    { ...shared, method: 'POST', body, bodyOptional: true },
  ];
}

async function answer(
  state: TelegramState,
  method: BotMethod,
  request: SandboxRequest,
  actsAs: (account: string) => void,
): Promise<SandboxResponse> {
  const bot = authenticate(state, param(request, 'token'));
  actsAs(bot.username);
  const input = new MethodInput(request, method.fields, (path) => refuseField(state, method, path));
  const result = await method.run({ input, bot, actsAs });
  return accepted(json(200, { ok: true, result }), method.changes);
}

function authenticate(state: TelegramState, token: string): Bot {
  if (!TOKEN.test(token) || token.length > MAX_TOKEN_LENGTH) throw notFound();
  const bot = state.bots.find((candidate) => candidate.token === token && !candidate.revoked);
  if (!bot) throw unauthorized();
  return bot;
}

/** A field inside of JSON text, which the framework cannot look into. */
function refuseField({ environment }: TelegramState, method: BotMethod, path: string): never {
  environment.unexpected.add({ platform: 'telegram', operation: method.name, what: 'field', detail: path });
  throw badRequest(`the sandbox does not expect field ${path}`);
}

export function refuseFiles(
  { environment }: TelegramState,
  operation: string,
  names: readonly string[],
): void {
  if (names.length === 0) return;
  for (const detail of names) {
    environment.unexpected.add({ platform: 'telegram', operation, what: 'file', detail });
  }
  throw badRequest(`the sandbox does not expect file ${names.join(', ')}`);
}
