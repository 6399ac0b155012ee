import { render } from "preact";
import { App } from "./app";
import { watchSession } from "./auth";
import { watchAddress } from "./router";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/forms.css";
import "./styles/tasks.css";
import "./styles/floating.css";

const root = document.getElementById("app");
if (!root) throw new Error("index.html has no #app");
watchAddress();
watchSession();
render(<App />, root);
