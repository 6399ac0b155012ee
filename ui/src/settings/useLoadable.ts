import { useEffect, useState } from "preact/hooks";

/** Loads what a section shows when it is first rendered; `reload` loads it again after a change. */
export function useLoadable<T>(load: () => Promise<T>) {
  const [content, setContent] = useState<T | "loading" | "failed">("loading");
  const reload = () => {
    setContent((before) => (before === "failed" ? "loading" : before));
    return load().then(
      (loaded) => setContent(() => loaded),
      () => setContent("failed"),
    );
  };
  useEffect(() => void reload(), []);
  return [content, reload] as const;
}
