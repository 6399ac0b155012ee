//! Tags, lists, steps, the order that a user gives, and search.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{TestApp, TestUser};

use crate::problem::problem;

async fn titles(user: &TestUser<'_>, query: &str) -> Result<Vec<String>> {
    let pages = user.pages::<Vec<Value>>(&format!("/tasks?{query}")).await?;
    Ok(pages.iter().flatten().map(|task| task["title"].as_str().unwrap().to_owned()).collect())
}

async fn add(user: &TestUser<'_>, body: Value) -> Result<Value> {
    let (status, task) = user.send("POST", "/tasks", body).await?;
    assert_eq!(status, 201, "{task}");
    Ok(task)
}

async fn refused(user: &TestUser<'_>, method: &str, path: &str, body: Value) -> Result<String> {
    let response = user.request(method, path).json(&body).send().await?;
    Ok(problem(response, 422, "invalid").await?["errors"][0]["field"].as_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_is_one_however_it_is_spelled() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let first = add(&ann, json!({"title": "a", "tags": ["Café", "home", "CAFE"]})).await?;
    assert_eq!(first["tags"], json!(["Café", "home"]));
    assert_eq!(
        add(&ann, json!({"title": "b", "tags": ["cafe\u{301}", "work"]})).await?["tags"],
        json!(["Café", "work"])
    );
    add(&bob, json!({"title": "bob's", "tags": ["cafe"]})).await?;
    assert_eq!(titles(&ann, "tag=CAFE").await?, ["a", "b"]);
    assert_eq!(titles(&ann, "tag=cafe&tag=Home&limit=1").await?, ["a"]);
    assert_eq!(titles(&ann, "tag=none").await?, Vec::<String>::new());
    assert_eq!(ann.send("PATCH", "/tasks/1", json!({"tags": null})).await?.1["tags"], json!([]));
    let many: Vec<String> = (0..21).map(|n| format!("t{n}")).collect();
    for tags in
        [json!(["#x"]), json!(["a,b"]), json!([""]), json!(["x".repeat(41)]), json!(many), json!("x"), json!([1])]
    {
        assert_eq!(refused(&ann, "POST", "/tasks", json!({"title": "a", "tags": tags})).await?, "tags");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_in_lists_that_have_names_and_an_order() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let (status, list) = ann.send("POST", "/lists", json!({"name": "Groceries", "color": "green"})).await?;
    assert_eq!(
        (status.as_u16(), &list["id"], &list["color"], &list["position"]),
        (201, &json!(1), &json!("green"), &json!(1))
    );
    ann.send("POST", "/lists", json!({"name": "Work"})).await?;
    problem(ann.request("POST", "/lists").json(&json!({"name": "GROCERIES"})).send().await?, 409, "list_exists")
        .await?;
    assert_eq!(add(&ann, json!({"title": "milk", "list": "groceries"})).await?["list"], "Groceries");
    add(&ann, json!({"title": "inbox"})).await?;
    assert_eq!(refused(&ann, "POST", "/tasks", json!({"title": "a", "list": "Garden"})).await?, "list");
    assert_eq!(
        refused(&bob, "POST", "/tasks", json!({"title": "a", "list": "Work"})).await?,
        "list",
        "lists are their user's"
    );
    assert_eq!(
        (titles(&ann, "list=Groceries").await?, titles(&ann, "list=").await?),
        (vec!["milk".into()], vec!["inbox".into()])
    );
    let (_, changed) =
        ann.send("PATCH", "/lists/2", json!({"name": "Office", "position": 1, "archived": true})).await?;
    assert_eq!(
        (&changed["name"], &changed["position"], &changed["archived"]),
        (&json!("Office"), &json!(1), &json!(true))
    );
    let (_, all) = ann.ask("GET", "/lists").await?;
    assert_eq!(
        (&all[0]["name"], &all[1]["name"], &all[1]["open_tasks"]),
        (&json!("Office"), &json!("Groceries"), &json!(1))
    );
    problem(ann.request("PATCH", "/lists/2").json(&json!({"name": "groceries"})).send().await?, 409, "list_exists")
        .await?;
    for body in
        [json!({"name": ""}), json!({"color": "mauve"}), json!({"position": 0}), json!({"name": null}), json!({"x": 1})]
    {
        refused(&ann, "PATCH", "/lists/2", body).await?;
    }
    problem(bob.request("PATCH", "/lists/2").json(&json!({"archived": true})).send().await?, 404, "not_found").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_list_comes_back_with_its_tasks() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for (name, fate) in [("Moved", "move"), ("Deleted", "delete")] {
        let (_, list) = ann.send("POST", "/lists", json!({"name": name})).await?;
        let task = add(&ann, json!({"title": name, "list": name})).await?;
        let path = format!("/lists/{}?tasks={fate}", list["id"]);
        assert_eq!(ann.request("DELETE", &path).send().await?.status(), 204);
        problem(ann.request("DELETE", &path).send().await?, 404, "not_found").await?;
        assert_eq!(ann.ask("GET", "/lists").await?.1, json!([]));
        let (status, left) = ann.ask("GET", &format!("/tasks/{}", task["id"])).await?;
        assert_eq!(
            (status.as_u16(), left.get("list")),
            if fate == "move" { (200, Some(&Value::Null)) } else { (404, None) }
        );
        let (status, undone) = ann.ask("POST", "/tasks/undo").await?;
        assert_eq!((status.as_u16(), &undone["tasks"][0]["list"]), (200, &json!(name)), "{undone}");
        assert_eq!(ann.ask("GET", "/lists").await?.1[0]["name"], name);
        assert_eq!(ann.request("DELETE", &path).send().await?.status(), 204);
    }
    problem(ann.request("DELETE", "/lists/1?tasks=keep").send().await?, 422, "invalid").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_go_with_their_task() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    add(&ann, json!({"title": "party"})).await?;
    add(&ann, json!({"title": "cake", "parent": 1})).await?;
    add(&ann, json!({"title": "music", "parent": 1})).await?;
    add(&ann, json!({"title": "other"})).await?;
    for (id, parent) in [(4, json!(2)), (4, json!(99)), (1, json!(4)), (4, json!(4))] {
        assert_eq!(
            refused(&ann, "PATCH", &format!("/tasks/{id}"), json!({"parent": parent})).await?,
            "parent",
            "{id} {parent}"
        );
    }
    assert_eq!(titles(&ann, "parent=1").await?, ["cake", "music"]);
    ann.ask("PATCH", "/tasks/1/complete").await?;
    assert_eq!(titles(&ann, "status=completed").await?, ["party", "cake", "music"]);
    ann.ask("POST", "/tasks/undo").await?;
    assert_eq!(titles(&ann, "status=completed").await?, Vec::<String>::new(), "one undo");
    ann.ask("DELETE", "/tasks/1").await?;
    assert_eq!(titles(&ann, "").await?, ["other"]);
    ann.ask("POST", "/tasks/undo").await?;
    assert_eq!(titles(&ann, "parent=1").await?, ["cake", "music"]);

    ann.send("PATCH", "/tasks/1", json!({"due": "2199-01-01", "repeat": "FREQ=YEARLY"})).await?;
    ann.ask("PATCH", "/tasks/2/complete").await?;
    assert_eq!(ann.ask("PATCH", "/tasks/1/complete").await?.1["due"], "2200-01-01");
    assert_eq!(titles(&ann, "status=completed").await?, Vec::<String>::new(), "the steps begin again");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tasks_that_become_steps_of_each_other_at_once_do_not() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for round in 0..8 {
        let (a, b) = (ann.add("a").await?, ann.add("b").await?);
        let send = |id: i64, parent: i64| {
            tokio::spawn(ann.request("PATCH", &format!("/tasks/{id}")).json(&json!({"parent": parent})).send())
        };
        let (first, second) = (send(a, b), send(b, a));
        let (first, second) = (first.await??.status(), second.await??.status());
        assert!(!(first == 200 && second == 200), "round {round}");
        let client = tests::connect(&app.database_url).await?;
        let chains = "select count(*) from todo.task s join todo.task p on p.user_id = s.user_id and p.id = s.parent where p.parent is not null";
        assert_eq!(client.query_one(chains, &[]).await?.get::<_, i64>(0), 0);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_moves_between_two_others() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for title in ["a", "b", "c", "d"] {
        ann.add(title).await?;
    }
    let order = || titles(&ann, "sort=position&limit=3");
    assert_eq!(order().await?, ["a", "b", "c", "d"]);
    for (id, body, expected) in [
        (4, json!({"before": 1}), ["d", "a", "b", "c"]),
        (1, json!({"after": 3}), ["d", "b", "c", "a"]),
        (3, json!({"after": 4}), ["d", "c", "b", "a"]),
        (3, json!({"before": 4}), ["c", "d", "b", "a"]),
        (3, json!({"after": 3}), ["c", "d", "b", "a"]),
    ] {
        assert_eq!(ann.send("POST", &format!("/tasks/{id}/move"), body.clone()).await?.0, 200);
        assert_eq!(order().await?, expected, "{id} {body}");
    }
    assert_eq!(titles(&ann, "sort=-position&limit=3").await?, ["a", "b", "d", "c"]);
    ann.ask("POST", "/tasks/undo").await?;
    assert_eq!(order().await?, ["d", "c", "b", "a"]);
    let gone = ann.request("POST", "/tasks/1/move").json(&json!({"after": 99})).send().await?;
    assert_eq!(problem(gone, 409, "neighbour_gone").await?["order"], json!([4, 3, 2, 1]));
    problem(ann.request("POST", "/tasks/99/move").json(&json!({"after": 1})).send().await?, 404, "not_found").await?;
    for bad in [json!({}), json!({"after": 1, "before": 2}), json!({"after": "x"})] {
        problem(ann.request("POST", "/tasks/1/move").json(&bad).send().await?, 422, "invalid").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_a_word_in_any_spelling() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let tasks =
        ["ÄPFEL kaufen", "ТЕСТ Русский", "Café crème", "Straße", "ΟΔΟΣ", "don’t forget", "13 eggs", "30 % off_", "क"];
    for title in tasks {
        ann.add(title).await?;
    }
    for (words, found) in [
        ("äpfel", vec![0]),
        ("тест", vec![1]),
        ("CAFE", vec![2]),
        ("strasse", vec![3]),
        ("οδός", vec![4]),
        ("don't", vec![5]),
        ("3", vec![7]),
        ("1", vec![6]),
        ("#7", vec![6]),
        ("#7 #8", vec![]),
        ("%25", vec![7]),
        ("off_", vec![7]),
        ("_", vec![7]),
        ("कि", vec![]),
    ] {
        let expected: Vec<String> = found.into_iter().map(|at: usize| tasks[at].to_owned()).collect();
        assert_eq!(titles(&ann, &format!("q={}", words.replace('#', "%23"))).await?, expected, "{words}");
    }
    // The release before this one changes titles without folding them.
    app.database("update todo.task set title = 'ÖL' where id = 1").await?;
    assert_eq!((titles(&ann, "q=ol").await?, titles(&ann, "q=apfel").await?), (vec!["ÖL".to_owned()], vec![]));
    app.database("delete from todo.task").await?;
    for title in ["zoo", "Zebra", "Äpfel", "Éclair", "task 10", "task 9"] {
        ann.add(title).await?;
    }
    assert_eq!(titles(&ann, "sort=title&limit=2").await?, ["Äpfel", "Éclair", "task 9", "task 10", "Zebra", "zoo"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn all_members_come_back_from_an_export() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob, cid) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?, app.sign_up("Cid").await?);
    ann.send("POST", "/lists", json!({"name": "=List"})).await?;
    add(&ann, json!({
        "title": "a", "description": "two\nlines", "priority": "low", "due": "2026-12-01T17:00", "repeat": "FREQ=WEEKLY;BYDAY=TU",
        "repeat_from": "completion", "remind": [0, 30], "tags": ["one", "two words"], "list": "=List",
    })).await?;
    add(&ann, json!({"title": "step", "parent": 1, "due": "2026-12-02"})).await?;
    add(&ann, json!({"title": "first"})).await?;
    ann.send("POST", "/tasks/3/move", json!({"before": 1})).await?;
    ann.ask("PATCH", "/tasks/2/complete").await?;
    let members = |tasks: Value| {
        let mut tasks = tasks.as_array().unwrap().clone();
        for task in &mut tasks {
            task["user_id"] = Value::Null;
            task["position"] = Value::Null;
        }
        tasks
    };
    for (user, format) in [(&bob, "json"), (&cid, "csv")] {
        let file = ann.request("GET", &format!("/tasks/export?format={format}")).send().await?.text().await?;
        let media_type = if format == "csv" { "text/csv" } else { "application/json" };
        let import = user.request("POST", "/tasks/import").header("content-type", media_type).body(file).send().await?;
        assert_eq!(import.status(), 200, "{}", import.text().await?);
        assert_eq!(members(user.ask("GET", "/tasks").await?.1), members(ann.ask("GET", "/tasks").await?.1), "{format}");
        assert_eq!(titles(user, "sort=position").await?, ["first", "a", "step"]);
    }
    Ok(())
}
