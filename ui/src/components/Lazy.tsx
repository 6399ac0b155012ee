import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { appStrings } from "../strings/firstPage";
import { ErrorState } from "./ErrorState";
import { Splash } from "./Splash";

export type LazyLoader<P> = () => Promise<ComponentType<P>>;

interface Props<P> {
  readonly load: LazyLoader<P>;
  readonly with: P;
}

/** A part of the app whose code is fetched when it is shown first. */
export function Lazy<P extends object>({ load, with: props }: Props<P>) {
  const [Part, setPart] = useState<ComponentType<P> | null>(null);
  const [failed, setFailed] = useState(false);
  const get = () => {
    setFailed(false);
    load().then(
      (part) => setPart(() => part),
      () => setFailed(true),
    );
  };
  useEffect(get, [load]);
  if (failed)
    return <ErrorState heading={appStrings.lazyFailed.heading} text={appStrings.lazyFailed.text} retry={get} alone />;
  return Part ? <Part {...props} /> : <Splash />;
}
