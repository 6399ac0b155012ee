import { strings } from "../strings";
import { Icon } from "./Icon";

interface Props {
  readonly heading: string;
  readonly text: string;
  readonly retry: () => void;
  /** The only heading of its page. */
  readonly alone?: boolean;
}

/** Something could not be shown; says so and offers to try again. */
export function Trouble({ heading, text, retry, alone = false }: Props) {
  return (
    <div class="blank" role="alert">
      <span class="blank-mark trouble">
        <Icon name="warning" />
      </span>
      {alone ? <h1>{heading}</h1> : <h2>{heading}</h2>}
      <p>{text}</p>
      <button type="button" class="quiet" onClick={retry}>
        {strings.retry}
      </button>
    </div>
  );
}
