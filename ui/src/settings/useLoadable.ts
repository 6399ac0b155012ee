import { useEffect, useState } from "preact/hooks";

/** Loads what a section shows when it is first rendered; `reload` loads it again after a change. */
export function useLoadable<T>(load: () => Promise<T>) {
  const [got, setGot] = useState<T | "loading" | "failed">("loading");
  const reload = () => load().then(setGot, () => setGot("failed"));
  useEffect(() => void reload(), []);
  return [got, reload] as const;
}
