import { Copy, Plus } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../components/Icon";
import { announce } from "../state/notices";
import { settingsStrings } from "../strings/settings";
import { aiTools } from "./aiTools";
import { SettingsSection } from "./SettingsSection";

/** How long the button says that the text is copied. */
const COPIED_MS = 2000;

/** The address of the MCP server, and how to set up each AI tool with it. */
export function ConnectTool() {
  const [chosen, setChosen] = useState("claude");
  const { connect } = settingsStrings;
  const server = `${location.origin}/mcp`;
  const tool = aiTools[chosen];
  return (
    <SettingsSection id="connect" heading={connect.heading} lead={connect.lead}>
      <Code label={connect.address} code={server} />
      <div class="field narrow">
        <label for="tool">{connect.tool}</label>
        <select id="tool" value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
          {Object.entries(aiTools).map(([id, { name }]) => (
            <option key={id} value={id}>
              {name || connect.other}
            </option>
          ))}
        </select>
      </div>
      {tool?.link && (
        <a class="button quiet" href={tool.link(server)}>
          <Icon of={Plus} />
          {connect.addTo(tool.name)}
        </a>
      )}
      {tool?.steps(server).map(({ text, code }) => (
        <Code key={text} label={connect.steps[text]} code={code} />
      ))}
    </SettingsSection>
  );
}

/** A text to copy, with its label. */
export function Code({ label, code }: { label: string; code: string }) {
  const [copied, setCopied] = useState(false);
  const { connect } = settingsStrings;
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    // Only pages served over HTTPS or from localhost may write to the clipboard; the text can always be selected.
    await navigator.clipboard?.writeText(code).then(
      () => {
        setCopied(true);
        announce(connect.copied);
      },
      () => undefined,
    );
  };
  return (
    <div class="code">
      <p>{label}</p>
      <div class="code-box">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section class="code-text" tabIndex={0} aria-label={label}>
          <pre>{code}</pre>
        </section>
        {navigator.clipboard && (
          <button type="button" class="quiet" onClick={copy}>
            <Icon of={Copy} />
            {copied ? connect.copied : connect.copy}
          </button>
        )}
      </div>
    </div>
  );
}
