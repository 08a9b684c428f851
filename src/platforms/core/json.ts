/** Plain JSON data: the only kind of value that enters the ledger, an event or a job. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };
