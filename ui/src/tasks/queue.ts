/** Runs the requests for one task one after the other; those for different tasks run at the same time. */
export class TaskQueue {
  /** The last request for each task. */
  readonly #last = new Map<number, Promise<void>>();

  /** Runs the request once all earlier ones for these tasks have ended. */
  run<T>(ids: readonly number[], request: () => Promise<T>): Promise<T> {
    const before = ids.map((id) => this.#last.get(id) ?? Promise.resolve());
    const result = Promise.all(before).then(request);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    for (const id of ids) this.#last.set(id, settled);
    void settled.then(() => {
      for (const id of ids) if (this.#last.get(id) === settled) this.#last.delete(id);
    });
    return result;
  }

  clear(): void {
    this.#last.clear();
  }
}
