// Shows /api/openapi.json as a page. Everything is made of nodes: nothing of the document is taken for HTML.

/** An element with its class and children; text becomes text nodes. */
function element(name, className, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Text with `code` in it, a paragraph for each blank line. */
function prose(text) {
  const paragraphs = text.split("\n\n").map((paragraph) => {
    const parts = paragraph.split("`").map((part, at) => (at % 2 ? element("code", "", part) : part));
    return element("p", "paragraph", ...parts);
  });
  return element("div", "", ...paragraphs);
}

const last = (reference) => reference.split("/").at(-1);

/** A schema in a line, or as an outline of its members. */
function outline(schema, indent = "") {
  if (schema.$ref) return last(schema.$ref);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.type === "array") return `[ ${outline(schema.items ?? {}, indent)} ]`;
  if (schema.properties) {
    const required = schema.required ?? [];
    const members = Object.entries(schema.properties).map(([name, member]) => {
      const about = member.description ? `   // ${member.description}` : "";
      return `${indent}  ${name}${required.includes(name) ? "" : "?"}: ${outline(member, `${indent}  `)}${about}`;
    });
    return `{\n${members.join("\n")}\n${indent}}`;
  }
  const limits = ["minimum", "maximum", "minLength", "maxLength", "format", "default"]
    .filter((name) => name in schema)
    .map((name) => `${name} ${schema[name]}`);
  const type = [schema.type ?? "any"].flat().join(" | ");
  return limits.length ? `${type} (${limits.join(", ")})` : type;
}

function list(entries) {
  return element("dl", "", ...entries.flatMap(([term, what]) => [element("dt", "", term), element("dd", "", what)]));
}

function contents(content) {
  const forms = Object.entries(content ?? {});
  return forms.map(([type, { schema }]) => element("pre", "", `${type}\n${outline(schema)}`));
}

function section(title, nodes) {
  return nodes.length ? element("div", "", element("h4", "", title), ...nodes) : null;
}

function operation(path, method, { summary, description, parameters, requestBody, responses }, shared) {
  const all = [...shared, ...(parameters ?? [])].map(({ name, in: place, description: about, schema, required }) => [
    `${name}${required ? "" : "?"}`,
    prose(`${about} In the ${place}: \`${outline(schema)}\`.`),
  ]);
  const rows = Object.entries(responses).map(([status, response]) => {
    const shown = status.startsWith("2") ? contents(response.content) : [];
    return [status, element("div", "", prose(response.description), ...shown)];
  });
  const head = element("summary", "", element("span", `method ${method}`, method.toUpperCase()), element("code", "", path), element("span", "", summary));
  const inside = element(
    "div",
    "inside",
    description ? prose(description) : null,
    section("Parameters", all.length ? [list(all)] : []),
    section("Body", contents(requestBody?.content)),
    section("Responses", [list(rows)]),
  );
  return element("details", "", head, inside);
}

function page(api) {
  const groups = api.tags.map(({ name, description }) => {
    const operations = Object.entries(api.paths).flatMap(([path, { parameters = [], ...methods }]) =>
      Object.entries(methods)
        .filter(([, found]) => found.tags.includes(name))
        .map(([method, found]) => operation(path, method, found, parameters)),
    );
    return element("section", "", element("h2", "", name), prose(description), ...operations);
  });
  const schemas = Object.entries(api.components.schemas).map(([name, schema]) => [
    name,
    element("pre", "", outline(schema)),
  ]);
  const document = element("a", "", "the OpenAPI document");
  document.href = "/api/openapi.json";
  return [
    element("h1", "", `${api.info.title} ${api.info.version}`),
    prose(`${api.info.summary} ${api.info.description}`),
    element("p", "", "For programs: ", document, "."),
    prose(`Authorization: \`Bearer …\`. ${api.components.securitySchemes.bearer.description}`),
    ...groups,
    element("section", "", element("h2", "", "Shapes"), list(schemas)),
  ];
}

const main = document.getElementById("page");
try {
  const response = await fetch("/api/openapi.json");
  if (!response.ok) throw new Error(`it returned ${response.status}`);
  main.replaceChildren(...page(await response.json()));
} catch (error) {
  main.replaceChildren(element("p", "", `The document cannot be read: ${error.message}. Reload the page.`));
}
