import { useEffect, useState } from "preact/hooks";

/**
 * Loads what a section shows when it is first rendered; `reload` loads it again after a change. What others change too is also
 * loaded again when the user comes back to the window. While that fails, what is shown stays.
 */
export function useLoadable<T>(load: () => Promise<T>, { onReturn = false } = {}) {
  const [content, setContent] = useState<T | "loading" | "failed">("loading");
  const reload = () => {
    setContent((before) => (before === "failed" ? "loading" : before));
    return load().then(
      (loaded) => setContent(() => loaded),
      () => setContent((before) => (before === "loading" ? "failed" : before)),
    );
  };
  useEffect(() => void reload(), []);
  useEffect(() => {
    if (!onReturn) return;
    const again = () => void reload();
    addEventListener("focus", again);
    return () => removeEventListener("focus", again);
  }, []);
  return [content, reload] as const;
}
