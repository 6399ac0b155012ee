import { useEffect, useState } from "preact/hooks";

/** What a section shows, asked for when it is seen first, and again when it has changed. */
export function useLoadable<T>(load: () => Promise<T>) {
  const [got, setGot] = useState<T | "loading" | "failed">("loading");
  const reload = () => load().then(setGot, () => setGot("failed"));
  useEffect(() => void reload(), []);
  return [got, reload] as const;
}
