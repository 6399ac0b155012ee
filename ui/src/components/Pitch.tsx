import { Bot, Check, CloudOff, Undo2 } from "lucide";
import { authStrings } from "../strings/firstPage";
import { Icon } from "./Icon";

const icons = [Bot, Undo2, CloudOff];

/** What this is, in one sentence, one picture and three facts. */
export function Pitch() {
  const { promise, lead, facts } = authStrings.pitch;
  return (
    <section class="pitch" aria-label={promise}>
      <p class="promise">{promise}</p>
      <p class="lead">{lead}</p>
      <Picture />
      <ul class="facts">
        {facts.map((fact, index) => (
          <li key={fact}>
            <Icon of={icons[index] ?? Check} />
            {fact}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The list and the assistant at work: drawn, not to be used. */
function Picture() {
  const { tasks, question, reply } = authStrings.pitch.picture;
  return (
    <div class="picture" aria-hidden="true">
      <div class="sheet">
        {tasks.map((task, index) => (
          <p key={task} class={index === 0 ? "line done" : "line"}>
            <i>{index === 0 && <Icon of={Check} />}</i>
            {task}
          </p>
        ))}
      </div>
      <div class="talk">
        <p class="asked">{question}</p>
        <p class="replied">
          <Icon of={Check} />
          {reply}
        </p>
      </div>
    </div>
  );
}
