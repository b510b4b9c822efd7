//! People of the city and their appointments. Events name appointments by number only; who held
//! one stands here and can be erased, the number stays.

use domain::access::Appointment;
use domain::ids::AppointmentNo;
use domain::time::{Millis, Timestamp};

use crate::engine::{execute, fetch_all, fetch_optional, statements};
use crate::tracking::Token;
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    PUT_PERSON = "INSERT INTO person (id, login, name, secret, active) VALUES ($1, $2, $3, $4, $5) \
                  ON CONFLICT (id) DO UPDATE SET login = excluded.login, name = excluded.name, \
                  secret = excluded.secret, active = excluded.active";
    BY_LOGIN = "SELECT id, login, name, secret, active FROM person WHERE login = $1";
    BY_ID = "SELECT id, login, name, secret, active FROM person WHERE id = $1";
    ALL = "SELECT id, login, name, secret, active FROM person ORDER BY login";
    PUT_APPOINTMENT = "INSERT INTO appointment (no, person, body) VALUES ($1, $2, $3) \
                       ON CONFLICT (no) DO UPDATE SET body = excluded.body, person = excluded.person";
    LAST_NO = "SELECT CAST(COALESCE(MAX(no), 0) AS BIGINT) FROM appointment";
    OF_PERSON = "SELECT body FROM appointment WHERE person = $1 ORDER BY no";
    BY_NO = "SELECT body FROM appointment WHERE no = $1";
    HOLDER = "SELECT p.id, p.login, p.name, p.secret, p.active FROM appointment a \
              JOIN person p ON p.id = a.person WHERE a.no = $1";
    ERASE_PERSON = "DELETE FROM person WHERE id = $1";
    ERASE_HOLDER = "UPDATE appointment SET person = NULL WHERE person = $1";
    OPEN = "INSERT INTO staff_session (token_hash, person, opened_at, seen_at) \
            VALUES ($1, $2, $3, $3)";
    SESSION = "SELECT person, opened_at, seen_at FROM staff_session WHERE token_hash = $1";
    SEEN = "UPDATE staff_session SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2";
    CLOSE = "DELETE FROM staff_session WHERE token_hash = $1";
    CLOSE_ALL = "DELETE FROM staff_session WHERE person = $1";
    SWEEP = "DELETE FROM staff_session WHERE seen_at < $1 OR opened_at < $2";
}

/// How long a staff session lasts without a request (security.md R20).
pub const STAFF_IDLE: Millis = Millis::minutes(30);
/// How long a staff session lasts at all.
pub const STAFF_ABSOLUTE: Millis = Millis::hours(12);
const SEEN_EVERY: Millis = Millis::minutes(1);

/// A member of staff.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// 32 hex digits, made once.
    pub id: String,
    /// What they sign in with.
    pub login: String,
    /// Their name.
    pub name: String,
    /// The hash of their password, in whatever form the server chose.
    pub secret: Option<String>,
    /// May sign in.
    pub active: bool,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Person({})", self.id)
    }
}

/// An open staff session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSession {
    /// Whose.
    pub person: String,
    /// The last request was long enough ago to be written down: call [`Tx::see_staff`].
    pub note_look: bool,
}

type PersonRow = (String, String, String, Option<String>, i64);

fn person((id, login, name, secret, active): PersonRow) -> Person {
    Person {
        id,
        login,
        name,
        secret,
        active: active == 1,
    }
}

fn appointment((body,): (String,)) -> Result<Appointment> {
    serde_json::from_str(&body).map_err(|_| Error::corrupt("appointment", "body", body))
}

impl Reading {
    /// The person of a login.
    pub async fn person_by_login(&mut self, login: &str) -> Result<Option<Person>> {
        Ok(fetch_optional!(self, PersonRow, BY_LOGIN, login)?.map(person))
    }

    /// The person of an id.
    pub async fn person(&mut self, id: &str) -> Result<Option<Person>> {
        Ok(fetch_optional!(self, PersonRow, BY_ID, id)?.map(person))
    }

    /// All people, by login.
    pub async fn people(&mut self) -> Result<Vec<Person>> {
        Ok(fetch_all!(self, PersonRow, ALL)?
            .into_iter()
            .map(person)
            .collect())
    }

    /// All appointments a person ever had; `domain::access` asks which hold now.
    pub async fn appointments_of(&mut self, person: &str) -> Result<Vec<Appointment>> {
        fetch_all!(self, (String,), OF_PERSON, person)?
            .into_iter()
            .map(appointment)
            .collect()
    }

    /// An appointment by its number, whoever held it.
    pub async fn appointment(&mut self, no: AppointmentNo) -> Result<Option<Appointment>> {
        fetch_optional!(self, (String,), BY_NO, i64::from(no.0))?
            .map(appointment)
            .transpose()
    }

    /// Who holds or held an appointment; `None` once they were erased.
    pub async fn holder(&mut self, no: AppointmentNo) -> Result<Option<Person>> {
        Ok(fetch_optional!(self, PersonRow, HOLDER, i64::from(no.0))?.map(person))
    }

    /// The session of a token, unless it has gone idle or grown too old.
    pub async fn staff_session(&mut self, token: &Token) -> Result<Option<StaffSession>> {
        let hash = token.hash();
        let row = fetch_optional!(self, (String, i64, i64), SESSION, hash.as_slice())?;
        let Some((person, opened, seen)) = row else {
            return Ok(None);
        };
        let now = self.now();
        let idle = now.since(Timestamp::from_millis(seen));
        let age = now.since(Timestamp::from_millis(opened));
        if idle >= STAFF_IDLE || age >= STAFF_ABSOLUTE {
            return Ok(None);
        }
        Ok(Some(StaffSession {
            person,
            note_look: idle >= SEEN_EVERY,
        }))
    }
}

impl Tx {
    /// Adds a person, or changes the one of the same id.
    pub async fn put_person(&mut self, person: &Person) -> Result<()> {
        execute!(
            self,
            PUT_PERSON,
            person.id.as_str(),
            person.login.as_str(),
            person.name.as_str(),
            person.secret.as_deref(),
            i64::from(person.active),
        )
        .map(|_| ())
    }

    /// The next free number of an appointment.
    pub async fn next_appointment(&mut self) -> Result<AppointmentNo> {
        let last = fetch_optional!(self, (i64,), LAST_NO)?.map_or(0, |(no,)| no);
        let next =
            u32::try_from(last + 1).map_err(|_| Error::corrupt("appointment", "no", last))?;
        Ok(AppointmentNo(next))
    }

    /// Appoints a person, or changes the appointment of the same number (to end it).
    pub async fn appoint(&mut self, person: &str, appointment: &Appointment) -> Result<()> {
        let body = serde_json::to_string(appointment)
            .map_err(|_| Error::corrupt("appointment", "body", appointment.no))?;
        execute!(
            self,
            PUT_APPOINTMENT,
            i64::from(appointment.no.0),
            person,
            body
        )
        .map(|_| ())
    }

    /// Erases a person. Their appointments and what was done under them stay, nameless.
    pub async fn erase_person(&mut self, id: &str) -> Result<bool> {
        execute!(self, ERASE_HOLDER, id)?;
        execute!(self, CLOSE_ALL, id)?;
        Ok(execute!(self, ERASE_PERSON, id)? == 1)
    }

    /// Opens a session.
    pub async fn open_staff(&mut self, token: &Token, person: &str) -> Result<()> {
        let now = self.now().millis();
        execute!(self, OPEN, token.hash().as_slice(), person, now).map(|_| ())
    }

    /// Notes a request, which keeps the session open.
    pub async fn see_staff(&mut self, token: &Token) -> Result<()> {
        let now = self.now().millis();
        execute!(self, SEEN, token.hash().as_slice(), now).map(|_| ())
    }

    /// Ends a session.
    pub async fn close_staff(&mut self, token: &Token) -> Result<()> {
        execute!(self, CLOSE, token.hash().as_slice()).map(|_| ())
    }

    /// Ends all sessions of a person.
    pub async fn close_staff_of(&mut self, person: &str) -> Result<u64> {
        execute!(self, CLOSE_ALL, person)
    }

    /// Forgets sessions that are over.
    pub async fn sweep_staff(&mut self) -> Result<u64> {
        let now = self.now().millis();
        execute!(
            self,
            SWEEP,
            now - STAFF_IDLE.millis(),
            now - STAFF_ABSOLUTE.millis()
        )
    }
}
