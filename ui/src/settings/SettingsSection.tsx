import type { ComponentChildren } from "preact";

interface SettingsSectionProps {
  readonly id: string;
  readonly heading: string;
  readonly lead?: string;
  readonly children: ComponentChildren;
}

export function SettingsSection({ id, heading, lead, children }: SettingsSectionProps) {
  return (
    <section class="sheet section" id={id} tabIndex={-1} aria-labelledby={`${id}-name`}>
      <div class="section-about">
        <h2 id={`${id}-name`}>{heading}</h2>
        {lead && <p class="lead">{lead}</p>}
      </div>
      <div class="section-body">{children}</div>
    </section>
  );
}
