//! Many reminders in one minute, and several clocks.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::Value;
use tests::{PushServer, TestApp};

use super::{app, subscribe, tick};

/// How many reminders are due; the bench gives more.
fn number() -> usize {
    std::env::var("REMINDERS").ok().and_then(|text| text.parse().ok()).unwrap_or(600)
}

#[tokio::test(flavor = "multi_thread")]
async fn three_clocks_at_once_send_each_reminder_once() -> Result<()> {
    let push = PushServer::start().await?;
    let first = app(&push).await?;
    let others = [
        TestApp::on(&first.database_url, &push.variables()).await?,
        TestApp::on(&first.database_url, &push.variables()).await?,
    ];
    let ann = first.sign_up("Ann").await?;
    subscribe(&ann, &push).await?;
    let number = number();
    first
        .database(&format!(
            "insert into todo.task (user_id, id, title, due_day, due_time, remind)
            select '{}', n, 'task ' || n, (now() at time zone 'utc')::date, date_trunc('minute', (now() at time zone 'utc'))::time, '{{0}}'
            from generate_series(1, {number}) as n",
            ann.id
        ))
        .await?;
    let started = std::time::Instant::now();
    let (mut sent, mut retried) = (0, 0);
    while sent < number {
        let (a, b, c) = tokio::join!(tick(&first), tick(&others[0]), tick(&others[1]));
        let counts = [a?, b?, c?];
        let sum = |what: &str| counts.iter().filter_map(|counts| counts[what].as_u64()).sum::<u64>();
        let (more, again) = (sum("sent"), sum("retried"));
        assert!(more + again > 0, "{counts:?}");
        sent += usize::try_from(more)?;
        if again > 0 {
            // On a busy machine a message may not be answered in time. It is sent again, though it may have arrived.
            retried += usize::try_from(again)?;
            first.database("update todo.reminder set next_at = now() where next_at > now()").await?;
        }
    }
    println!("{number} reminders by three clocks: {:.1} s", started.elapsed().as_secs_f64());
    assert_eq!(sent, number);
    let mut messages: BTreeMap<i64, usize> = BTreeMap::new();
    for message in push.messages().await? {
        *messages.entry(message["payload"]["task"].as_i64().unwrap_or_default()).or_default() += 1;
    }
    assert_eq!(messages.len(), number);
    assert!(messages.values().sum::<usize>() <= number + retried);
    let left: Value = tick(&first).await?;
    assert_eq!((&left["sent"], &left["oldest_seconds"]), (&0.into(), &0.into()));
    Ok(())
}
