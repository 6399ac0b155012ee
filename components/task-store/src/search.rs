//! Texts as a search compares them.

use db::{Db, DbError, Param};
use folded_text::{SearchTerm, folded, search_terms, sort_key};

use crate::rows::{numbers, texts};
use crate::statements;

/// Before the first digit of a word that begins with one, so that a pattern can ask for it.
const START: char = '\u{1}';

/// A folded text with a mark before each word that begins with a digit.
pub(crate) fn search_text(text: &str) -> String {
    let folded = folded(text);
    let mut marked = String::with_capacity(folded.len() + 8);
    let mut before = ' ';
    for c in folded.chars() {
        if c.is_ascii_digit() && !before.is_alphanumeric() {
            marked.push(START);
        }
        marked.push(c);
        before = c;
    }
    marked
}

/// The words of a search: patterns of LIKE, and the number of a task if the search names one.
pub(crate) struct SearchPatterns {
    pub(crate) patterns: Vec<String>,
    pub(crate) numbers: Vec<i64>,
    /// The words by which an index finds tasks: a letter of ASCII alone is in nearly all of them.
    pub(crate) terms: Vec<String>,
}

impl SearchPatterns {
    pub(crate) fn new(words: &[String]) -> Self {
        let mut search = Self { patterns: Vec::new(), numbers: Vec::new(), terms: Vec::new() };
        for term in search_terms(&words.join(" ")) {
            match term {
                SearchTerm::Number(id) => search.numbers.push(id),
                SearchTerm::Start(word) | SearchTerm::Part(word) => {
                    let word = search_text(&word);
                    search.patterns.push(format!("%{}%", escaped(&word)));
                    if word.len() > 1 {
                        search.terms.push(word);
                    }
                }
            }
        }
        search
    }
}

/// A text as a pattern that only this text matches.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// From how many tasks on an owner's texts are indexed. Fewer are read in less time than a change of the indexes takes.
const MANY: i64 = 2_000;
/// How many tasks one statement indexes.
const BATCH: i64 = 1_000;
/// How many of these statements one search runs: later ones go on.
const BATCHES: usize = 4;
/// The state of an owner all of whose tasks are indexed.
const INDEXED: i16 = 2;

/// Folds the texts of this owner's tasks that nobody has folded yet, and indexes them if there are many. Whether all are indexed.
pub(crate) fn prepared(db: &Db, owner: &str) -> Result<bool, DbError> {
    let (live, state) = fold_all(db, owner)?;
    if state == INDEXED || live < MANY {
        return Ok(state == INDEXED);
    }
    let user = || owner.to_owned().into();
    db.query_row(statements::BEGIN_INDEX, &[user()])?;
    for _ in 0..BATCHES {
        if db.query_row(statements::FILL_INDEX, &[user(), BATCH.into()])?.i64("lacking")? < BATCH {
            db.query_row(statements::END_INDEX, &[user()])?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Folds what nobody has folded yet. How many tasks the owner has, and the state of their indexes.
fn fold_all(db: &Db, owner: &str) -> Result<(i64, i16), DbError> {
    loop {
        let mut rows = db.query(statements::UNFOLDED, &[owner.to_owned().into()])?;
        let state =
            rows.first().map(|row| Ok((row.get::<Option<i64>>("live")?, row.get::<Option<i16>>("search_state")?)));
        let (live, state) = state.transpose()?.map_or((0, 0), |(live, state)| (live.unwrap_or(0), state.unwrap_or(0)));
        rows.retain(|row| row.get::<Option<i64>>("id").is_ok_and(|id| id.is_some()));
        if rows.is_empty() {
            return Ok((live, state));
        }
        let (mut ids, mut titles, mut descriptions) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            ids.push(row.i64("id")?);
            titles.push(row.text("title")?);
            descriptions.push(row.opt_text("description")?);
        }
        let (keys, folded_titles) = titles.iter().map(|title| (sort_key(title), search_text(title))).unzip();
        let searched = descriptions.iter().map(|text| text.as_deref().map(search_text)).collect();
        let params = [
            owner.to_owned().into(),
            numbers(ids),
            texts(titles),
            Param::ArrayStr(descriptions),
            texts(keys),
            texts(folded_titles),
            Param::ArrayStr(searched),
        ];
        // Another call may fold them at the same time: then there is nothing left to do here.
        if db.query_row(statements::FOLD, &params)?.i64("folded")? == 0 {
            return Ok((live, state));
        }
    }
}
