import { X } from "lucide";
import { render } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { enableShortcuts, shortcutsEnabled } from "../browser/preferences";
import { Icon } from "../components/Icon";
import { appStrings } from "../strings/firstPage";
import { shortcutStrings } from "../strings/shortcuts";
import "../styles/dimmed.css";
import "../styles/help.css";

/** Opens the sheet over the page. Closing removes it, and the focus returns to where it was. */
export function showHelp(): void {
  const place = document.createElement("div");
  document.body.append(place);
  const remove = () => {
    render(null, place);
    place.remove();
  };
  render(<Help onClose={remove} />, place);
}

function Help({ onClose }: { onClose: () => void }) {
  const sheet = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => sheet.current?.showModal(), []);
  return (
    <dialog ref={sheet} class="help" aria-labelledby="help-name" onClose={onClose}>
      <div class="help-top">
        <h2 id="help-name">{appStrings.shortcuts}</h2>
        <button type="button" class="icon-button" aria-label={appStrings.close} onClick={() => sheet.current?.close()}>
          <Icon of={X} />
        </button>
      </div>
      <dl>
        {shortcutStrings.keys.map(({ keys, what }) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="switch">
        <input
          type="checkbox"
          checked={shortcutsEnabled.value}
          onChange={(event) => enableShortcuts(event.currentTarget.checked)}
        />
        {shortcutStrings.keysOn}
      </label>
    </dialog>
  );
}
