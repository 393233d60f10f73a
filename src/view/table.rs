//! The table of the same events: whether it is shown, its columns, its order. A part of the view, so that it is undone and kept like the rest.

use serde::{Deserialize, Serialize};

use crate::store::Column;

/// Where the table stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableShown {
    /// Nowhere.
    #[default]
    Hidden,
    /// Below the lanes.
    Below,
    /// In the place of the lanes.
    Alone,
}

/// A column that is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownColumn {
    /// Which.
    pub column: Column,
    /// How wide, in points.
    pub width_px: f32,
}

/// The table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableView {
    /// Where it stands.
    pub shown: TableShown,
    /// Its columns from left to right.
    pub columns: Vec<ShownColumn>,
    /// What its rows are ordered by.
    pub sort: Column,
    /// Whether from the last to the first.
    pub descending: bool,
}

impl Default for TableView {
    fn default() -> Self {
        let columns = [Column::When, Column::Title, Column::Kind, Column::Actors, Column::Place, Column::Status, Column::Source];
        Self {
            shown: TableShown::Hidden,
            columns: columns.into_iter().map(ShownColumn::usual).collect(),
            sort: Column::When,
            descending: false,
        }
    }
}

/// The narrowest column, in points.
const NARROWEST_PX: f32 = 40.0;
/// The widest.
const WIDEST_PX: f32 = 1_200.0;
/// The most columns.
const MOST_COLUMNS: usize = 200;

impl ShownColumn {
    /// A column as wide as its texts usually are.
    pub fn usual(column: Column) -> Self {
        let width_px = match &column {
            Column::When => 170.0,
            Column::Title => 300.0,
            Column::Actors | Column::Source => 220.0,
            Column::Quote | Column::Note => 360.0,
            Column::Kind | Column::Place | Column::Tags | Column::Field(_) => 120.0,
            Column::Origin => 180.0,
            Column::Status | Column::Precision | Column::Id => 90.0,
        };
        Self { column, width_px }
    }
}

impl TableView {
    /// The same with a column shown or not. One column always stays.
    #[must_use]
    pub fn with_column(&self, column: &Column, shown: bool) -> Self {
        let mut next = self.clone();
        let place = next.columns.iter().position(|own| own.column == *column);
        match (place, shown) {
            (None, true) => {
                // Columns stand in one order, whenever they were chosen; further fields follow as they come.
                let rank = |column: &Column| Column::ALL.iter().position(|own| own == column).unwrap_or(Column::ALL.len());
                let at = next.columns.iter().position(|own| rank(&own.column) > rank(column)).unwrap_or(next.columns.len());
                next.columns.insert(at, ShownColumn::usual(column.clone()));
            }
            (Some(at), false) if next.columns.len() > 1 => {
                next.columns.remove(at);
            }
            _ => {}
        }
        next
    }

    /// The same with a column of this width.
    #[must_use]
    pub fn with_width(&self, column: &Column, width_px: f32) -> Self {
        let mut next = self.clone();
        if let Some(own) = next.columns.iter_mut().find(|own| own.column == *column) {
            own.width_px = if width_px.is_finite() { width_px.clamp(NARROWEST_PX, WIDEST_PX) } else { NARROWEST_PX };
        }
        next
    }

    /// The same ordered by a column; by the column that it is ordered by already, the other way round.
    #[must_use]
    pub fn sorted_by(&self, column: &Column) -> Self {
        Self { sort: column.clone(), descending: self.sort == *column && !self.descending, ..self.clone() }
    }

    /// The same without columns of fields that only some files have.
    #[must_use]
    pub fn for_any_file(&self) -> Self {
        let mut next = self.clone();
        next.columns.retain(|own| !matches!(own.column, Column::Field(_)));
        if matches!(next.sort, Column::Field(_)) {
            (next.sort, next.descending) = (Column::When, false);
        }
        next.sound()
    }

    /// The same within the bounds that a table made in the window keeps: some columns, each once, none too narrow or too wide.
    #[must_use]
    pub fn sound(mut self) -> Self {
        let mut seen = std::collections::HashSet::new();
        self.columns.retain(|own| seen.insert(own.column.clone()));
        self.columns.truncate(MOST_COLUMNS);
        if self.columns.is_empty() {
            self.columns = Self::default().columns;
        }
        for own in &mut self.columns {
            own.width_px = if own.width_px.is_finite() { own.width_px.clamp(NARROWEST_PX, WIDEST_PX) } else { NARROWEST_PX };
        }
        self
    }

    /// The same standing elsewhere.
    #[must_use]
    pub fn standing(&self, shown: TableShown) -> Self {
        Self { shown, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_chosen_and_one_stays() {
        let mut table = TableView::default();
        table = table.with_column(&Column::Quote, true).with_column(&Column::Kind, false);
        let shown: Vec<Column> = table.columns.iter().map(|own| own.column.clone()).collect();
        assert_eq!(shown, [Column::When, Column::Title, Column::Actors, Column::Place, Column::Status, Column::Source, Column::Quote]);
        for column in Column::ALL {
            table = table.with_column(&column, false);
        }
        assert_eq!(table.columns.len(), 1);
        assert!((table.with_width(&table.columns[0].column, f32::NAN).columns[0].width_px - NARROWEST_PX).abs() < 1e-6);
    }

    #[test]
    fn a_table_from_a_file_keeps_within_bounds_and_fields_stay_with_theirs() {
        let field = Column::Field("rank".into());
        let wild = |column: &Column, width_px| ShownColumn { column: column.clone(), width_px };
        let columns = vec![wild(&field, f32::INFINITY), wild(&field, 90.0), wild(&Column::Title, -5.0)];
        let table = TableView { columns, sort: field.clone(), descending: true, ..TableView::default() }.sound();
        let widths: Vec<f32> = table.columns.iter().map(|own| own.width_px).collect();
        assert_eq!(widths, [NARROWEST_PX, NARROWEST_PX]);
        let other = table.for_any_file();
        assert_eq!((other.columns.len(), &other.sort, other.descending), (1, &Column::When, false));
        let bare = TableView { columns: Vec::new(), ..TableView::default() }.sound();
        assert_eq!(bare, TableView::default());
    }

    #[test]
    fn a_second_click_turns_the_order_round() {
        let table = TableView::default().sorted_by(&Column::Title);
        assert_eq!((&table.sort, table.descending), (&Column::Title, false));
        let table = table.sorted_by(&Column::Title);
        assert!(table.descending && !table.sorted_by(&Column::Kind).descending);
    }
}
