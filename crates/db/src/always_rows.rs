//! Statements that do not yet return a row of their own when they find nothing (see [`crate::Db::query`]): they are given
//! one here.

use std::borrow::Cow;

/// The statement with one row of nulls if it returns none; its column `found` is true in all others. Its main part becomes
/// one more `with` query: PostgreSQL plans a plain one as if it stood alone. A statement with its own column `found` stays
/// as it is.
pub(crate) fn wrap(statement: &str) -> Cow<'_, str> {
    if statement.contains("as found") {
        return statement.into();
    }
    let (queries, main) = statement.split_at(main_part(statement));
    let lead = if queries.is_empty() { "with".to_owned() } else { format!("{},", queries.trim_end()) };
    let wrapped = format!(
        "{lead} hit as ({main}) select hit.* from (select) as asked
         left join (select true as found, hit.* from hit) as hit on true"
    );
    wrapped.into()
}

/// Where the main part begins: after the parenthesis that no further `with` query follows.
fn main_part(statement: &str) -> usize {
    let begins = |at: usize, words: &[&str]| {
        let rest = statement[at..].trim_start();
        words.iter().any(|word| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
    };
    if !begins(0, &["with"]) {
        return 0;
    }
    let (mut depth, mut quote) = (0_u32, None);
    for (at, byte) in statement.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'(') => depth += 1,
            (None, b')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && byte == b')' && begins(at + 1, &["select", "insert", "update", "delete"]) {
            return at + 1;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn main(statement: &str) -> &str {
        statement[main_part(statement)..].trim_start()
    }

    #[test]
    fn the_main_part_is_found() {
        assert_eq!(main("select 1 from (select 2) as x"), "select 1 from (select 2) as x");
        assert_eq!(main("\n delete from t returning id"), "delete from t returning id");
        assert_eq!(main("with a as (select 1), b (n) as (select 2) select * from a, b"), "select * from a, b");
        assert_eq!(main("\nwith a as (delete from t where (x = ')')\n) insert into t values (1) returning x"), {
            "insert into t values (1) returning x"
        });
        assert_eq!(main(r#"with a as (select 1 as ") select") select 2"#), "select 2");
    }

    #[test]
    fn a_statement_that_says_what_it_found_stays() {
        let own = "select r.* from (select) as one left join (select true as found, 1 as n) as r on true";
        assert_eq!(wrap(own), own);
    }

    #[test]
    fn queries_stay_in_front() {
        assert!(wrap("select 1 as n").starts_with("with hit as (select 1 as n) select hit.*"));
        let both = wrap("with a as (select 1) select * from a");
        assert!(both.starts_with("with a as (select 1), hit as ( select * from a) select hit.*"), "{both}");
    }
}
