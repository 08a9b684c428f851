/** A class, be it one that others cannot make, or a name. */
export type Token = { readonly prototype: unknown; readonly name: string } | symbol | string;
type Class = new (...args: unknown[]) => unknown;

const paramTypes = 'design:paramtypes';
const selfParamTypes = 'self:paramtypes';

/**
 * Makes the engine's classes from what their decorators say, as Nest does, but in a fraction of a millisecond: a simulated
 * process is started and killed many times a second. Whatever is provided stands in for the class of its token.
 */
export class Injector {
  private readonly made = new Map<Token, unknown>();
  private readonly making: string[] = [];

  constructor(
    private readonly provided: ReadonlyMap<Token, () => unknown>,
    /** Classes that stand in for others; how bugs are planted. */
    private readonly replaced: ReadonlyMap<Token, Token>,
  ) {}

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.of(token) as T;
  }

  private of(token: Token): unknown {
    if (this.made.has(token)) return this.made.get(token);
    const instance = this.make(token);
    this.made.set(token, instance);
    return instance;
  }

  private make(token: Token): unknown {
    const provided = this.provided.get(token);
    if (provided !== undefined) return provided();
    const wanted = this.replaced.get(token) ?? token;
    if (typeof wanted !== 'function') throw new Error(`Nobody provides ${String(wanted)}${this.path}.`);
    if (this.making.includes(wanted.name)) throw new Error(`${wanted.name} needs itself${this.path}.`);
    this.making.push(wanted.name);
    const instance = new (wanted as Class)(...this.dependenciesOf(wanted).map((needed) => this.of(needed)));
    this.making.pop();
    return instance;
  }

  private dependenciesOf(wanted: object): Token[] {
    const types = (Reflect.getMetadata(paramTypes, wanted) ?? []) as Token[];
    const named = (Reflect.getMetadata(selfParamTypes, wanted) ?? []) as { index: number; param: Token }[];
    return types.map((type, index) => named.find((entry) => entry.index === index)?.param ?? type);
  }

  private get path(): string {
    return this.making.length === 0 ? '' : `, which ${this.making.join(' → ')} needs`;
  }
}
