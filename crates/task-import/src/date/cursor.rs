//! The parts of a written date, one after the other.

/// The rest of a text that is read as a date.
pub(super) struct DateCursor<'a>(pub(super) &'a str);

impl<'a> DateCursor<'a> {
    /// Digits: their number and how many there are. `None` for more than nine.
    pub(super) fn number(&mut self) -> Option<(u32, usize)> {
        let digits = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        let number = self.0[..digits].parse().ok().filter(|_| digits <= 9)?;
        self.0 = &self.0[digits..];
        Some((number, digits))
    }

    /// The letters that come next, if there are some.
    pub(super) fn word(&mut self) -> Option<&'a str> {
        let end = self.0.find(|c: char| !c.is_alphabetic()).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        (!word.is_empty()).then_some(word)
    }

    /// Passes over a word that `accept` takes.
    pub(super) fn take_word<T>(&mut self, accept: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let before = self.0;
        let accepted = self.word().and_then(accept);
        if accepted.is_none() {
            self.0 = before;
        }
        accepted
    }

    /// Passes over any of these characters.
    pub(super) fn skip(&mut self, characters: &[char]) {
        self.0 = self.0.trim_start_matches(characters);
    }

    /// Passes over one of these characters and returns it.
    pub(super) fn one_of(&mut self, characters: &[char]) -> Option<char> {
        let c = self.0.chars().next().filter(|c| characters.contains(c))?;
        self.0 = &self.0[c.len_utf8()..];
        Some(c)
    }

    pub(super) fn begins_with_letter(&self) -> bool {
        self.0.starts_with(char::is_alphabetic)
    }
}
