//! The cells of a row by the names of their columns.

use super::rows::TableRow;

/// The names of a head, as [`crate::names::folded`] writes them.
pub(super) struct NamedColumns(pub(super) Vec<String>);

/// A row whose cells have names.
pub(super) struct NamedRow<'a> {
    columns: &'a NamedColumns,
    pub(super) row: &'a TableRow,
}

impl NamedColumns {
    pub(super) fn row<'a>(&'a self, row: &'a TableRow) -> NamedRow<'a> {
        NamedRow { columns: self, row }
    }
}

impl NamedRow<'_> {
    /// The cell of this column; empty if the row or the table has none.
    pub(super) fn cell(&self, name: &str) -> &str {
        let at = self.columns.0.iter().position(|known| known == name);
        at.and_then(|at| self.row.cells.get(at)).map_or("", String::as_str)
    }

    /// The same, trimmed; `None` for an empty one.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        Some(self.cell(name).trim()).filter(|text| !text.is_empty())
    }

    /// The columns beside these whose cells are not empty.
    pub(super) fn unknown(&self, known: &[&str]) -> impl Iterator<Item = &str> {
        let cells = self.columns.0.iter().zip(&self.row.cells);
        let lost = cells.filter(move |(name, cell)| !known.contains(&name.as_str()) && !cell.trim().is_empty());
        lost.map(|(name, _)| name.as_str()).filter(|name| !name.is_empty())
    }
}
