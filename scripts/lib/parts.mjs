/** What a stack consists of, in the order in which it was started; stopped in the opposite order, once. */
export class Parts {
  #stoppers = [];
  #children = [];
  #stopping;
  #fail;

  /** Settles when a part has ended by itself. */
  failed = new Promise((resolve) => {
    this.#fail = resolve;
  });

  /** @param {() => Promise<void>} stop */
  add(stop) {
    this.#stoppers.unshift(stop);
  }

  /**
   * @param {import('./child.mjs').Child} child
   * @param {number} patienceMs how long it may take to stop
   */
  child(child, patienceMs) {
    this.#children.push(child);
    this.add(() => child.stop(patienceMs));
    void child.ended.then((how) => this.fail(new Error(`The ${child.name} ${how}`)));
    return child;
  }

  get children() {
    return [...this.#children];
  }

  /** @param {Error} error */
  fail(error) {
    if (!this.#stopping) this.#fail(error);
  }

  stop() {
    this.#stopping ??= this.#stopInOrder();
    return this.#stopping;
  }

  /** The children are not waited for any longer; the database is always stopped properly. */
  hurry() {
    for (const child of this.#children) child.kill();
  }

  async #stopInOrder() {
    const errors = [];
    for (const stop of this.#stoppers) await stop().catch((error) => errors.push(error));
    if (errors.length > 0) throw new AggregateError(errors, errors.map((error) => error.message).join('; '));
  }
}
