//! Generated from `wit/world.wit`.

wit_bindgen::generate!({ world: "task-store", path: "../../wit" });
