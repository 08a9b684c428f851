/**
 * Plain data of the shape that a DTO class documents: what is sent is never an instance, so nothing but the declared
 * properties can slip into an answer.
 */
export type Plain<T> = T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
