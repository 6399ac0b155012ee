import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { appStrings } from "../strings/firstPage";
import { ErrorState } from "./ErrorState";
import { Splash } from "./Splash";
import { reloadPage } from "./showLoaded";

export type LazyLoader<P> = () => Promise<ComponentType<P>>;

interface LazyProps<P> {
  readonly load: LazyLoader<P>;
  readonly with: P;
  /** Stands there until the code is loaded. */
  readonly waiting?: VNode | null;
}

/** A component whose code is loaded when it is first shown; another try loads the page anew. */
export function Lazy<P extends object>({ load, with: props, waiting: placeholder = <Splash /> }: LazyProps<P>) {
  const [Part, setPart] = useState<ComponentType<P> | null>(null);
  const [failed, setFailed] = useState(false);
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    load().then(
      (part) => setPart(() => part),
      () => setFailed(true),
    );
  }, [load]);
  const retry = async () => {
    setWaiting(true);
    await reloadPage();
    setWaiting(false);
  };
  if (failed && !waiting)
    return (
      <ErrorState
        heading={appStrings.lazyFailed.heading}
        text={appStrings.lazyFailed.text}
        retry={() => void retry()}
        alone
      />
    );
  return Part ? <Part {...props} /> : placeholder;
}
