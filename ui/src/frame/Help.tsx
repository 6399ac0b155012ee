import { X } from "lucide";
import { useLayoutEffect, useRef } from "preact/hooks";
import { enableShortcuts, shortcutsEnabled } from "../browser/preferences";
import { Icon } from "../components/Icon";
import { showSheet } from "../components/showSheet";
import { appStrings } from "../strings/firstPage";
import { shortcutStrings } from "../strings/shortcuts";
import "../styles/dialog.css";
import "../styles/help.css";

export function showHelp(): void {
  showSheet((remove) => <Help onClose={remove} />);
}

function Help({ onClose }: { onClose: () => void }) {
  const sheet = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => sheet.current?.showModal(), []);
  return (
    <dialog ref={sheet} class="dialog help" aria-labelledby="help-name" onClose={onClose}>
      <div class="dialog-top">
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
