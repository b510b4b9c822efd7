//! Fewer trips to SQLite. Each statement sent to sqlx's SQLite thread costs two thread switches,
//! on a busy machine far more than the statement itself; a filing has ten of them. So inserts whose
//! result nobody needs are gathered and sent as one text, at the latest before the next statement
//! that could see them. The savepoint of a work travels with them.
//!
//! PostgreSQL takes one statement at a time; there nothing waits.

use std::fmt::Write as _;

use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments as _, AssertSqlSafe, Encode, Sqlite, Type};

use crate::engine::On;
use crate::tx::Reading;
use crate::{Error, Result};

/// Values of one text; more are sent at once.
const ENOUGH: usize = 400;

/// Statements that wait.
#[derive(Default)]
pub(crate) struct Later {
    text: String,
    values: SqliteArguments,
    savepoint: Savepoint,
}

/// Where the savepoint of the running work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Savepoint {
    /// There is no work.
    #[default]
    None,
    /// To be set before the first change.
    Due,
    /// Set.
    Set,
}

impl Later {
    /// Adds a statement whose parameters count from `$1`; its values are bound next.
    pub(crate) fn push(&mut self, sql: &str) {
        if !self.text.is_empty() {
            self.text.push(';');
        }
        let before = self.values.len();
        let mut rest = sql;
        while let Some(at) = rest.find('$') {
            let (plain, parameter) = rest.split_at(at);
            let digits = parameter[1..]
                .bytes()
                .take_while(u8::is_ascii_digit)
                .count();
            let number: usize = parameter[1..=digits].parse().unwrap_or(0);
            // Writing to a String cannot fail.
            let _ = write!(self.text, "{plain}${}", before + number);
            rest = &parameter[1 + digits..];
        }
        self.text.push_str(rest);
    }

    /// Binds the next value.
    pub(crate) fn bind<'v, T: Encode<'v, Sqlite> + Type<Sqlite>>(
        &mut self,
        value: T,
    ) -> Result<()> {
        self.values
            .add(value)
            .map_err(|error| Error::Driver(sqlx::Error::Encode(error)))
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Runs a statement whose result nobody needs, now or with the next ones.
macro_rules! execute_later {
    ($reading:expr, $sql:expr $(, $arg:expr)* $(,)?) => {
        match $reading.conn.kind() {
            $crate::EngineKind::Sqlite => {
                $reading.later.push($sql);
                $($reading.later.bind($arg)?;)*
                $reading.flush_if_enough().await
            }
            $crate::EngineKind::Postgres => {
                $crate::engine::execute!($reading, $sql $(, $arg)*).map(|_| ())
            }
        }
    };
}
pub(crate) use execute_later;

impl Reading {
    /// Sends what waits, before a statement that could see it.
    pub(crate) async fn flush(&mut self) -> Result<()> {
        if self.later.is_empty() {
            Ok(())
        } else {
            self.send().await
        }
    }

    /// Sends what waits and the savepoint, before a statement that changes something.
    pub(crate) async fn flush_before_change(&mut self) -> Result<()> {
        let due = self.later.savepoint == Savepoint::Due;
        if due || !self.later.is_empty() {
            self.send().await
        } else {
            Ok(())
        }
    }

    pub(crate) async fn flush_if_enough(&mut self) -> Result<()> {
        if self.later.values.len() >= ENOUGH {
            self.send().await
        } else {
            Ok(())
        }
    }

    async fn send(&mut self) -> Result<()> {
        let waiting = std::mem::take(&mut self.later);
        self.later.savepoint = waiting.savepoint;
        let mut text = waiting.text;
        if waiting.savepoint == Savepoint::Due {
            text = if text.is_empty() {
                SAVEPOINT.to_owned()
            } else {
                format!("{SAVEPOINT};{text}")
            };
            self.later.savepoint = Savepoint::Set;
        }
        // Every piece is a text of the program: only the numbers of parameters were changed.
        let sql = AssertSqlSafe(text);
        let On::Sqlite(conn) = self.conn.on() else {
            return Ok(());
        };
        let sent = sqlx::query_with(sql, waiting.values).execute(conn).await;
        sent.map(|_| ()).map_err(|error| self.failed(error))
    }

    /// A work begins: its first change sets a savepoint.
    pub(crate) fn begin_work(&mut self) {
        self.later = Later {
            savepoint: Savepoint::Due,
            ..Later::default()
        };
    }

    /// A work ended well: what waits is sent, and its savepoint let go.
    pub(crate) async fn end_work(&mut self) -> Result<()> {
        let changes = self.later.savepoint == Savepoint::Set || !self.later.is_empty();
        if changes && self.later.savepoint != Savepoint::None {
            self.later.push(RELEASE);
        }
        self.flush().await?;
        self.later.savepoint = Savepoint::None;
        Ok(())
    }

    /// Whether something waits that the last work should have sent.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.later.is_empty() || self.later.savepoint != Savepoint::None
    }

    /// A work ended badly: what waits is forgotten; `true` if changes have to be undone.
    pub(crate) fn give_up_work(&mut self) -> bool {
        std::mem::take(&mut self.later).savepoint == Savepoint::Set
    }
}

const SAVEPOINT: &str = "SAVEPOINT work";
const RELEASE: &str = "RELEASE work";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_count_on_through_the_statements() {
        let mut later = Later::default();
        later.push("INSERT INTO a VALUES ($1, $2)");
        later.bind(1_i64).unwrap();
        later.bind("x").unwrap();
        later.push("DELETE FROM b WHERE c = $1 AND d < $1");
        later.bind(2_i64).unwrap();
        later.push("INSERT INTO e VALUES ($2, $1)");
        assert_eq!(
            later.text,
            "INSERT INTO a VALUES ($1, $2);DELETE FROM b WHERE c = $3 AND d < $3;\
             INSERT INTO e VALUES ($5, $4)"
        );
    }
}
