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
}

impl SearchPatterns {
    pub(crate) fn new(words: &[String]) -> Self {
        let mut search = Self { patterns: Vec::new(), numbers: Vec::new() };
        for term in search_terms(&words.join(" ")) {
            match term {
                SearchTerm::Number(id) => search.numbers.push(id),
                SearchTerm::Start(word) | SearchTerm::Part(word) => {
                    search.patterns.push(format!("%{}%", escaped(&search_text(&word))));
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

/// Folds the texts of this owner's tasks that nobody has folded yet.
pub(crate) fn fold_all(db: &Db, owner: &str) -> Result<(), DbError> {
    loop {
        let rows = db.query(statements::UNFOLDED, &[owner.to_owned().into()])?;
        if rows.is_empty() {
            return Ok(());
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
            return Ok(());
        }
    }
}
