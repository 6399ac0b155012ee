use super::*;

const GOOD: &str = r#"
spin_manifest_version = 2
[application]
name = "x"
[variables]
a = { default = "1" }
[[trigger.http]]
route = "/..."
component = "web"
[[trigger.http]]
route = { private = true }
component = "inner"
[component.web]
source = "web.wasm"
key_value_stores = ["default"]
dependencies_inherit_configuration = true
[component.web.dependencies]
"a:b/c@1.0.0" = { path = "c.wasm" }
[component.web.build]
command = "make"
[component.inner]
source = "inner.wasm"
"#;

fn parse_error(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    format!("{:#}", Manifest::parse(&GOOD.replacen(from, to, 1)).unwrap_err())
}

#[test]
fn a_good_manifest_is_read() {
    let manifest = Manifest::parse(GOOD).unwrap();
    assert_eq!(manifest.trigger.http.len(), 2);
    assert_eq!(manifest.component["web"].dependencies["a:b/c@1.0.0"].path, Path::new("c.wasm"));
}

#[test]
fn unknown_keys_are_rejected_by_name_and_line() {
    let error = parse_error("name = \"x\"", "name = \"x\"\nlicence = \"MIT\"");
    assert!(error.contains("line 5") && error.contains("`licence`"), "{error}");
    assert!(
        parse_error("[component.inner]", "[component.inner]\nsqlite_databases = []").contains("`sqlite_databases`")
    );
    assert!(parse_error("[variables]", "[trigger.redis]\n[variables]").contains("`redis`"));
}

#[test]
fn what_is_not_emulated_is_rejected_with_the_reason() {
    assert!(parse_error("\"default\"]", "\"cache\"]").contains("\"cache\" is not defined"));
    assert!(parse_error("= true\n[component.web.dep", "= false\n[component.web.dep").contains("not emulated"));
    assert!(parse_error("{ path = \"c.wasm\" }", "\"1.0\"").contains("no other source"));
    assert!(parse_error("{ private = true }", "{ private = false }").contains("private = false"));
    assert!(parse_error("{ private = true }", "3").contains("a route is a pattern"));
}

#[test]
fn mistakes_are_rejected() {
    assert!(parse_error("spin_manifest_version = 2", "spin_manifest_version = 1").contains("must be 2"));
    assert!(parse_error("component = \"inner\"", "component = \"outer\"").contains("\"outer\", which is no component"));
    assert!(parse_error("a = { default = \"1\" }", "a = {}").contains("neither"));
    assert!(parse_error("a = { default", "a__b = { default").contains("not a variable name"));
}
