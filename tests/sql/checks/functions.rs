//! Functions of the schema that compute: the days of a series, and places between others.

use anyhow::Result;
use recurrence::RepeatRule;
use sql_checks::{connect, create_migrated_database};

const RULES: [&str; 22] = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=DAILY;COUNT=5",
    "FREQ=DAILY;UNTIL=20240310",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
    "FREQ=WEEKLY;INTERVAL=3;BYDAY=SA;WKST=SA",
    "FREQ=WEEKLY;BYDAY=SA,SU;COUNT=7",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;INTERVAL=5",
    "FREQ=MONTHLY;COUNT=4",
    "FREQ=MONTHLY;BYMONTHDAY=1,15,30,31",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=29,-1",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYDAY=2TU,4TU",
    "FREQ=MONTHLY;INTERVAL=12;BYDAY=5TH",
    "FREQ=MONTHLY;BYDAY=MO,-2WE;UNTIL=20250101",
    "FREQ=YEARLY",
    "FREQ=YEARLY;INTERVAL=4;COUNT=3",
];
const ANCHORS: [&str; 6] = ["2024-01-31", "2024-02-29", "2023-12-31", "2024-03-10", "2024-06-05", "2199-11-30"];
const LATER: [i32; 12] = [0, 1, 6, 7, 28, 29, 31, 60, 365, 366, 1461, 20_000];

#[tokio::test]
async fn a_series_has_the_days_that_the_rule_gives() -> Result<()> {
    let database = create_migrated_database().await?;
    let client = connect(&database).await?;
    let next = client
        .prepare(
            "select $2::text::date + $3::int, todo.repeat_next($1::text, $2::text::date, $2::text::date + $3::int)",
        )
        .await?;
    for rule in RULES {
        let parsed = RepeatRule::parse(rule)?;
        assert_eq!(parsed.to_string(), rule);
        for anchor in ANCHORS {
            for days in LATER {
                let row = client.query_one(&next, &[&rule, &anchor, &days]).await?;
                let expected = parsed.next(anchor.parse()?, row.get(0));
                assert_eq!(
                    row.get::<_, Option<chrono::NaiveDate>>(1),
                    expected,
                    "{rule} from {anchor} after {days} days"
                );
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn there_is_always_a_place_between_two_others() -> Result<()> {
    let database = create_migrated_database().await?;
    let client = connect(&database).await?;
    let between = client.prepare("select todo.place_between($1::text, $2::text)").await?;
    let numbered = client.prepare("select todo.task_place(null, n) from unnest($1::bigint[]) as n").await?;
    let ids: Vec<i64> = vec![1, 2, 9, 10, 11, 99, 100, 123_456];
    let mut places: Vec<String> = client.query(&numbered, &[&ids]).await?.iter().map(|row| row.get(0)).collect();
    assert!(places.is_sorted(), "the places of tasks that were never moved are in the order of their ids: {places:?}");
    let mut state: usize = 7;
    for _ in 0..600 {
        // A linear congruential generator: the same places each time.
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        let at = if state.is_multiple_of(3) { 0 } else { state / 3 % (places.len() + 1) };
        let (low, high) = (at.checked_sub(1).map(|at| &places[at]), places.get(at));
        let made: String = client.query_one(&between, &[&low, &high]).await?.get(0);
        assert!(
            low.is_none_or(|low| *low < made) && high.is_none_or(|high| made < *high),
            "{low:?} < {made} < {high:?}"
        );
        places.insert(at, made);
    }
    assert!(places.iter().all(|place| !place.ends_with('0') && place.len() < 200));
    Ok(())
}
