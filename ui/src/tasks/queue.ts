/** Runs the requests for one task one after the other; those for different tasks run at the same time. */
export class TaskQueue {
  /** The last request for each task. */
  readonly #last = new Map<number, Promise<void>>();

  run<T>(id: number, request: () => Promise<T>): Promise<T> {
    const before = this.#last.get(id) ?? Promise.resolve();
    const result = before.then(request);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(id, settled);
    void settled.then(() => {
      if (this.#last.get(id) === settled) this.#last.delete(id);
    });
    return result;
  }

  clear(): void {
    this.#last.clear();
  }
}
