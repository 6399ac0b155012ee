import { useState } from "preact/hooks";
import { type CalendarAddress, getCalendar, makeCalendar, revokeCalendar } from "../api/calendar";
import type { User } from "../auth/session";
import { calendarStrings } from "../strings/calendar";
import { language } from "../strings/language";
import { ActionButton } from "./ActionButton";
import { attempt } from "./attempt";
import { ConfirmButton } from "./ConfirmButton";
import { Code } from "./ConnectTool";
import { Loadable } from "./Loadable";
import { SettingsSection } from "./SettingsSection";
import { useLoadable } from "./useLoadable";

/** The secret address at which calendars read the tasks: made, shown once, replaced, revoked. */
export function CalendarFeed({ user }: { user: User }) {
  const [content, reload] = useLoadable(() => getCalendar(user.id));
  const [url, setUrl] = useState<string | null>(null);
  const { heading, lead, none, make } = calendarStrings;
  const change = async (act: () => Promise<string | null>) => {
    const failure = await attempt(async () => setUrl(await act()));
    await reload();
    return failure;
  };
  const makeAddress = () => change(() => makeCalendar(user.id));
  const revokeAddress = () => change(async () => revokeCalendar(user.id).then(() => null));
  return (
    <SettingsSection id="calendar" heading={heading} lead={lead}>
      <Loadable content={content} reload={reload}>
        {(found) =>
          found.createdAt === null ? (
            <>
              <p class="note">{none}</p>
              <ActionButton class="primary" done={null} act={makeAddress}>
                {make}
              </ActionButton>
            </>
          ) : (
            <>
              {url === null ? <p>{describeAddress(found)}</p> : <NewAddress url={url} />}
              <AddressButtons replace={makeAddress} revoke={revokeAddress} />
              <CalendarSteps />
            </>
          )
        }
      </Loadable>
    </SettingsSection>
  );
}

function NewAddress({ url }: { url: string }) {
  return (
    <div class="made-address" role="status">
      <p class="callout">{calendarStrings.once}</p>
      <Code label={calendarStrings.address} code={url} />
      <a class="button plain" href={url.replace(/^https?:/, "webcal:")}>
        {calendarStrings.open}
      </a>
    </div>
  );
}

interface AddressButtonsProps {
  readonly replace: () => Promise<string | null>;
  readonly revoke: () => Promise<string | null>;
}

function AddressButtons({ replace, revoke }: AddressButtonsProps) {
  const { keep } = calendarStrings;
  return (
    <div class="buttons">
      <ConfirmButton
        label={calendarStrings.replace}
        question={calendarStrings.replaceQuestion}
        sure={calendarStrings.replaceSure}
        keep={keep}
        done={null}
        act={replace}
      />
      <ConfirmButton
        label={calendarStrings.revoke}
        question={calendarStrings.revokeQuestion}
        sure={calendarStrings.revokeSure}
        keep={keep}
        done={calendarStrings.revoked}
        act={revoke}
      />
    </div>
  );
}

/** How to add the address to a calendar, folded. */
function CalendarSteps() {
  return (
    <div class="folds">
      <h3>{calendarStrings.how}</h3>
      {calendarStrings.calendars.map(({ name, steps }) => (
        <details key={name} name="calendar">
          <summary>{name}</summary>
          <ol>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </details>
      ))}
    </div>
  );
}

function describeAddress({ createdAt, lastReadAt }: CalendarAddress): string {
  const day = new Date(createdAt ?? 0).toLocaleDateString(language, { dateStyle: "medium" });
  if (lastReadAt === null) return `${calendarStrings.exists(day)} ${calendarStrings.unread}`;
  const time = new Date(lastReadAt).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  return `${calendarStrings.exists(day)} ${calendarStrings.read(time)}`;
}
