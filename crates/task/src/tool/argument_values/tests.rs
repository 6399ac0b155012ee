use serde_json::{Map, Value, json};

use crate::tool::TOOLS;
use crate::tool::table::{ArgumentKind, Tool, ToolArgument};

/// A good value of an argument, and other spellings of it.
fn spellings(kind: ArgumentKind) -> (Value, Vec<Value>) {
    match kind {
        ArgumentKind::TaskId
        | ArgumentKind::TaskKey
        | ArgumentKind::Parent
        | ArgumentKind::Change
        | ArgumentKind::Limit => {
            let texts = ["3", "3.0", "#3", " 3 ", "3e0", "# 3", "0.3e1"].map(Value::from);
            (json!(3), [json!(3.0)].into_iter().chain(texts).collect())
        }
        ArgumentKind::Completed => (json!(false), ["false", "False", " FALSE "].map(Value::from).to_vec()),
        ArgumentKind::Status => (json!("pending"), ["Pending", " PENDING\n"].map(Value::from).to_vec()),
        ArgumentKind::Priority => (json!("high"), ["High", " HIGH\n"].map(Value::from).to_vec()),
        ArgumentKind::Cursor => (json!("after-1"), vec![json!(" after-1 ")]),
        ArgumentKind::Sort => (json!("-id"), vec![json!(" -ID ")]),
        ArgumentKind::Due => (json!("2026-12-01"), vec![json!(" 2026-12-01 ")]),
        ArgumentKind::DueFilter => (json!("today"), vec![json!(" TODAY ")]),
        ArgumentKind::Repeat => (json!("FREQ=DAILY"), vec![json!(" FREQ=DAILY ")]),
        ArgumentKind::RepeatFrom => (json!("completion"), vec![json!(" Completion ")]),
        ArgumentKind::List => (json!("Home"), vec![json!(" Home ")]),
        ArgumentKind::Tags => (
            json!(["a", "b"]),
            [json!(["#a", " b "])].into_iter().chain(["a, b", "#a,#b", r#"["a","b"]"#].map(Value::from)).collect(),
        ),
        ArgumentKind::Remind => {
            let texts = ["0, 10", "[0,10]", "0,10.0"].map(Value::from);
            (json!([0, 10]), [json!(["0", 10.0, 10])].into_iter().chain(texts).collect())
        }
        ArgumentKind::Query => (json!("milk"), vec![json!(" milk ")]),
        ArgumentKind::Tasks => {
            let texts = ["milk", r#"{"title":"milk"}"#, r#"[{"title":"milk"}]"#].map(Value::from);
            (
                json!([{ "title": "milk" }]),
                [json!(["milk"]), json!({ "title": "milk" })].into_iter().chain(texts).collect(),
            )
        }
        ArgumentKind::TaskIds => {
            let texts = ["3, #4", "[3,4]", "3,4.0"].map(Value::from);
            (json!([3, 4]), [json!(["3", 4.0])].into_iter().chain(texts).collect())
        }
        ArgumentKind::Title => (json!("milk"), vec![json!(" milk ")]),
        ArgumentKind::Description => (json!("two"), vec![]),
    }
}

fn wrong(kind: ArgumentKind) -> Vec<Value> {
    match kind {
        ArgumentKind::TaskId
        | ArgumentKind::TaskKey
        | ArgumentKind::Parent
        | ArgumentKind::Change
        | ArgumentKind::Limit => {
            vec![
                json!(3.5),
                json!(true),
                json!("three"),
                json!([3]),
                json!({}),
                json!("3.5"),
                json!("inf"),
                json!("3 4"),
            ]
        }
        ArgumentKind::Completed => vec![json!("yes"), json!(1), json!("t"), json!([])],
        ArgumentKind::Status => vec![json!("open"), json!(1), json!(["all"])],
        ArgumentKind::Priority => vec![json!("urgent"), json!(1), json!(["high"])],
        ArgumentKind::Sort => vec![json!("size"), json!(1), json!(["id"])],
        ArgumentKind::Due => vec![json!("soon"), json!(7), json!("2026-02-30")],
        ArgumentKind::DueFilter => vec![json!("someday"), json!(1)],
        ArgumentKind::Repeat => vec![json!("often"), json!(1)],
        ArgumentKind::RepeatFrom => vec![json!("now"), json!(1)],
        ArgumentKind::List => vec![json!(7), json!(["x"])],
        ArgumentKind::Tags => vec![json!([7]), json!({}), json!(["x".repeat(41)])],
        ArgumentKind::Remind => vec![json!([1, 2, 3, 4, 5, 6]), json!(1.5), json!("ten"), json!([true]), json!(-1)],
        ArgumentKind::Query => vec![json!(7), json!(["x"]), json!({})],
        ArgumentKind::Tasks => vec![json!([]), json!(vec!["x"; 26])],
        ArgumentKind::TaskIds => vec![json!([]), json!(3.5), json!("three"), json!([3, true]), json!({})],
        ArgumentKind::Cursor => vec![json!("7"), json!(7), json!({})],
        ArgumentKind::Title | ArgumentKind::Description => vec![json!(7), json!(["x"]), json!({}), json!(true)],
    }
}

fn good(tool: &Tool) -> Map<String, Value> {
    tool.arguments.iter().map(|argument| (argument.name.to_owned(), spellings(argument.kind).0)).collect()
}

fn with(tool: &Tool, argument: &ToolArgument, value: &Value) -> Map<String, Value> {
    let mut arguments = good(tool);
    arguments.insert(argument.name.to_owned(), value.clone());
    arguments
}

#[test]
fn every_spelling_of_a_value_is_that_value_in_every_tool() {
    for tool in &TOOLS {
        let plain = tool.parse(&good(tool)).unwrap();
        for argument in tool.arguments {
            for value in spellings(argument.kind).1 {
                let given = tool.parse(&with(tool, argument, &value));
                assert_eq!(given.as_ref(), Ok(&plain), "{} {} {value}", tool.name, argument.name);
            }
        }
    }
}

#[test]
fn nothing_is_rounded_or_guessed_in_any_tool() {
    for tool in &TOOLS {
        for argument in tool.arguments {
            for value in wrong(argument.kind) {
                let errors = tool.parse(&with(tool, argument, &value)).unwrap_err();
                assert_eq!(errors.len(), 1, "{} {} {value}", tool.name, argument.name);
                assert_eq!(errors[0].field, argument.name);
            }
        }
    }
}

#[test]
fn an_empty_text_is_an_absent_argument_unless_it_clears() {
    for tool in &TOOLS {
        for argument in tool.arguments {
            let empty = tool.parse(&with(tool, argument, &json!("")));
            let absent = tool.parse(&with(tool, argument, &Value::Null));
            match (tool.name, argument.name) {
                ("update_task", "description" | "due" | "repeat" | "remind" | "tags" | "list" | "parent") => {
                    assert_ne!(empty, absent)
                }
                _ => assert_eq!(empty, absent, "{} {}", tool.name, argument.name),
            }
        }
    }
}
