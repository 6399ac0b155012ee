import { TriangleAlert } from "lucide";
import { appStrings } from "../strings/firstPage";
import { EmptyState } from "./EmptyState";

interface ErrorStateProps {
  readonly heading: string;
  readonly text: string;
  readonly retry: () => void;
  readonly alone?: boolean;
}

/** Stands where something could not be loaded, with a button to try again. */
export function ErrorState({ heading, text, retry, alone = false }: ErrorStateProps) {
  return (
    <EmptyState icon={TriangleAlert} heading={heading} text={text} alone={alone} failure>
      <button type="button" class="quiet" onClick={retry}>
        {appStrings.retry}
      </button>
    </EmptyState>
  );
}
