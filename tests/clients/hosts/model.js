// A model without a mind, in the protocols of OpenAI, Anthropic and Google: it adds a task, reads the list, and says what it read.
import { LLMock } from "@copilotkit/aimock";

/** Starts one that adds a task of this title; `url` is where it listens. */
export async function startModel(title) {
  const model = new LLMock({ host: "127.0.0.1", port: 0, logLevel: "silent" });
  model.on({ predicate: () => true }, (request) => respond(request, title));
  await model.start();
  return model;
}

function respond({ messages, tools = [] }, title) {
  const offered = (name) => tools.map((tool) => tool.function.name).find((full) => full.endsWith(name));
  if (!offered("add_task")) return { content: "To-do list" }; // the host asks for a title of the conversation, or the like
  const results = messages.filter((message) => message.role === "tool").map((message) => JSON.stringify(message.content));
  if (results.length === 0) return { toolCalls: [{ name: offered("add_task"), arguments: { title } }] };
  if (results.length === 1) return { toolCalls: [{ name: offered("list_tasks"), arguments: { status: "pending" } }] };
  return { content: results[1].includes(title) ? `I read: ${title}` : `I read something else: ${results[1]}` };
}
