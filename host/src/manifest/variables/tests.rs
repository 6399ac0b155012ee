use super::*;

const MANIFEST: &str = r#"
    spin_manifest_version = 2
    [application]
    name = "x"
    [variables]
    key = { required = true, secret = true }
    other_key = { required = true }
    host = { default = "example.test" }
    [[trigger.http]]
    route = "/..."
    component = "a"
    [component.a]
    source = "a.wasm"
    [component.a.variables]
    url = "https://{{ host }}:{{key}}/"
    [component.b]
    source = "b.wasm"
"#;

fn values(given: &[(&str, &str)], environment: &[(&str, &str)], only: Option<&[String]>) -> Result<VariableValues> {
    let given = given.iter().map(|(name, value)| (name.to_string(), VariableValue::from(*value))).collect();
    let look_up = |name: &str| environment.iter().find(|(n, _)| *n == name).map(|(_, value)| value.to_string());
    application_values(&Manifest::parse(MANIFEST).unwrap(), only, &given, look_up)
}

#[test]
fn given_wins_over_environment_wins_over_default() {
    let environment = [("SPIN_VARIABLE_KEY", "env"), ("SPIN_VARIABLE_OTHER_KEY", "o"), ("SPIN_VARIABLE_HOST", "h")];
    let values = values(&[("key", "given")], &environment, None).unwrap();
    assert_eq!(values["key"].reveal(), "given");
    assert_eq!(values["host"].reveal(), "h");
    let component = &Manifest::parse(MANIFEST).unwrap().component["a"];
    assert_eq!(component_values(component, &values).unwrap()["url"].reveal(), "https://h:given/");
}

#[test]
fn missing_variables_are_named_as_the_environment_spells_them() {
    let error = values(&[("key", "k")], &[], None).unwrap_err().to_string();
    assert!(error.contains("SPIN_VARIABLE_OTHER_KEY") && !error.contains("SPIN_VARIABLE_KEY"), "{error}");
    assert!(values(&[("key", "k")], &[], Some(&["a".to_owned()])).is_ok());
    assert!(values(&[("kye", "k")], &[], None).unwrap_err().to_string().contains("\"kye\""));
}

#[test]
fn bad_templates_are_rejected() {
    assert!(VariableTemplate::parse("a {{ b").is_err());
    assert!(VariableTemplate::parse("{{ nothing }}").unwrap().fill(&VariableValues::new()).is_err());
    assert_eq!(
        VariableTemplate::parse("plain }} text").unwrap().fill(&VariableValues::new()).unwrap().reveal(),
        "plain }} text"
    );
}

#[test]
fn debug_does_not_print_a_value() {
    assert!(!format!("{:?}", VariableValue::from("s3cret")).contains("s3cret"));
}
