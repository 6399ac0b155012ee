//! The official Rust SDK against the running app at `BASE_URL`: its client in each of its lifecycles, and its types on
//! our responses. There is nothing here but tests.
