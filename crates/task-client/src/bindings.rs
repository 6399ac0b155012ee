//! Generated from `wit/world.wit`.

wit_bindgen::generate!({ world: "task-client", path: "../../wit" });
