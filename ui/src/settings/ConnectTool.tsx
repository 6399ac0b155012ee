import { Copy, Plus } from "lucide";
import { useState } from "preact/hooks";
import { Icon } from "../components/Icon";
import { useCopy } from "../components/useCopy";
import { settingsStrings } from "../strings/settings";
import { aiTools } from "./aiTools";
import { SettingsSection } from "./SettingsSection";

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
  const { connect } = settingsStrings;
  const { copied, copy } = useCopy(code, connect.copied);
  return (
    <div class="code">
      <p>{label}</p>
      <div class="code-box">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section class="code-text" tabIndex={0} aria-label={label}>
          <pre>{code}</pre>
        </section>
        {copy && (
          <button type="button" class="quiet" onClick={copy}>
            <Icon of={Copy} />
            {copied ? connect.copied : connect.copy}
          </button>
        )}
      </div>
    </div>
  );
}
