//! One statement for several rows: `INSERT … VALUES (…), (…)`, composed once for each number of
//! rows from texts that are all part of the program. Neither arrays nor a JSON function would be
//! understood by both engines.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

/// Rows of one statement; more rows take more statements.
pub(crate) const MANY: usize = 16;

/// An insert of one to [`MANY`] rows.
pub(crate) struct Rows {
    head: &'static str,
    columns: usize,
    tail: &'static str,
    made: [OnceLock<Arc<str>>; MANY],
}

impl Rows {
    /// `head` ends before `VALUES`, `tail` follows the rows (`ON CONFLICT …`).
    pub(crate) const fn new(head: &'static str, columns: usize, tail: &'static str) -> Self {
        Self {
            head,
            columns,
            tail,
            made: [const { OnceLock::new() }; MANY],
        }
    }

    /// The statement for `n` rows, 1 to [`MANY`].
    pub(crate) fn sql(&self, n: usize) -> sqlx::AssertSqlSafe<Arc<str>> {
        let text = self.made[n - 1].get_or_init(|| {
            let mut text = String::from(self.head);
            for row in 0..n {
                text.push_str(if row == 0 { " VALUES (" } else { ", (" });
                for column in 0..self.columns {
                    let comma = if column == 0 { "" } else { ", " };
                    // Writing to a String cannot fail.
                    let _ = write!(text, "{comma}${}", row * self.columns + column + 1);
                }
                text.push(')');
            }
            text.push(' ');
            text.push_str(self.tail);
            text.into()
        });
        sqlx::AssertSqlSafe(Arc::clone(text))
    }
}

/// Inserts `$items` with `$rows`; the values of one item follow in the order of the columns.
macro_rules! insert_rows {
    ($reading:expr, $rows:expr, $items:expr, |$item:pat_param| $($value:expr),+ $(,)?) => {
        async {
            for chunk in $items.chunks($crate::rows::MANY) {
                let sql = $rows.sql(chunk.len());
                match $reading.conn.on() {
                    $crate::engine::On::Sqlite(_) => {
                        $reading.later.push(&sql.0);
                        for $item in chunk { $($reading.later.bind($value)?;)+ }
                        $reading.flush_if_enough().await?;
                    }
                    $crate::engine::On::Postgres(conn) => {
                        let mut query = sqlx::query(sql);
                        for $item in chunk { query = query$(.bind($value))+; }
                        let done = query.execute(conn).await.map(|_| ());
                        done.map_err(|error| $reading.failed(error))?;
                    }
                }
            }
            Ok::<(), $crate::Error>(())
        }
    };
}
pub(crate) use insert_rows;

#[cfg(test)]
mod tests {
    use sqlx::SqlSafeStr as _;

    use super::*;

    #[test]
    fn parameters_count_through_the_rows() {
        let rows = Rows::new("INSERT INTO t (a, b)", 2, "ON CONFLICT DO NOTHING");
        assert_eq!(
            rows.sql(2).into_sql_str().as_str(),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING"
        );
    }
}
