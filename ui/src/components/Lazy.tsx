import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { appStrings } from "../strings/firstPage";
import { ErrorState } from "./ErrorState";
import { Splash } from "./Splash";

export type LazyLoader<P> = () => Promise<ComponentType<P>>;

interface LazyProps<P> {
  readonly load: LazyLoader<P>;
  readonly with: P;
}

/** A component whose code is loaded when it is first shown. */
export function Lazy<P extends object>({ load, with: props }: LazyProps<P>) {
  const [Part, setPart] = useState<ComponentType<P> | null>(null);
  const [failed, setFailed] = useState(false);
  const start = () => {
    setFailed(false);
    load().then(
      (part) => setPart(() => part),
      () => setFailed(true),
    );
  };
  useEffect(start, [load]);
  if (failed)
    return <ErrorState heading={appStrings.lazyFailed.heading} text={appStrings.lazyFailed.text} retry={start} alone />;
  return Part ? <Part {...props} /> : <Splash />;
}
