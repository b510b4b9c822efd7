//! Tokens with which a machine acts for a member of staff, under one of their appointments.

use domain::ids::AppointmentNo;
use domain::time::Timestamp;

use crate::engine::{execute, fetch_all, fetch_optional, statements};
use crate::tracking::Token;
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    PUT = "INSERT INTO api_token (token_hash, person, appointment, name, verbs, made_at, until) \
           VALUES ($1, $2, $3, $4, $5, $6, $7)";
    GET = "SELECT person, appointment, name, verbs, made_at, until FROM api_token \
           WHERE token_hash = $1";
    OF_PERSON = "SELECT person, appointment, name, verbs, made_at, until FROM api_token \
                 WHERE person = $1 ORDER BY made_at, name";
    END = "DELETE FROM api_token WHERE person = $1 AND name = $2";
    END_ALL = "DELETE FROM api_token WHERE person = $1";
    SWEEP = "DELETE FROM api_token WHERE until < $1";
}

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Whose.
    pub person: String,
    /// Under which appointment it acts; nothing once that has ended.
    pub appointment: AppointmentNo,
    /// What the person calls it; theirs bear different names.
    pub name: String,
    /// What it may do, as verbs.
    pub verbs: Vec<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// The first instant at which it is no longer good.
    pub until: Timestamp,
}

type Row = (String, i64, String, String, i64, i64);

fn token((person, appointment, name, verbs, made_at, until): Row) -> Result<ApiToken> {
    let no = u32::try_from(appointment)
        .map_err(|_| Error::corrupt("api_token", "appointment", appointment))?;
    Ok(ApiToken {
        person,
        appointment: AppointmentNo(no),
        name,
        verbs: verbs.split_whitespace().map(str::to_owned).collect(),
        made_at: Timestamp::from_millis(made_at),
        until: Timestamp::from_millis(until),
    })
}

impl Reading {
    /// What a token stands for, while it is good.
    pub async fn api_token(&mut self, secret: &Token) -> Result<Option<ApiToken>> {
        let row = fetch_optional!(self, Row, GET, secret.hash().as_slice())?;
        let found = row.map(token).transpose()?;
        let now = self.now();
        Ok(found.filter(|token| now < token.until))
    }

    /// The tokens of a person, the oldest first.
    pub async fn api_tokens_of(&mut self, person: &str) -> Result<Vec<ApiToken>> {
        fetch_all!(self, Row, OF_PERSON, person)?
            .into_iter()
            .map(token)
            .collect()
    }
}

impl Tx {
    /// Keeps a token.
    pub async fn put_api_token(&mut self, secret: &Token, token: &ApiToken) -> Result<()> {
        execute!(
            self,
            PUT,
            secret.hash().as_slice(),
            token.person.as_str(),
            i64::from(token.appointment.0),
            token.name.as_str(),
            token.verbs.join(" "),
            token.made_at.millis(),
            token.until.millis(),
        )
        .map(|_| ())
    }

    /// Ends a token of a person by its name; `false` if there is none.
    pub async fn end_api_token(&mut self, person: &str, name: &str) -> Result<bool> {
        Ok(execute!(self, END, person, name)? > 0)
    }

    /// Ends all tokens of a person.
    pub async fn end_api_tokens_of(&mut self, person: &str) -> Result<u64> {
        execute!(self, END_ALL, person)
    }

    /// Forgets tokens that are over.
    pub async fn sweep_api_tokens(&mut self) -> Result<u64> {
        let now = self.now().millis();
        execute!(self, SWEEP, now)
    }
}
