//! People of the city and their appointments. Events name appointments by number only; who held
//! one stands here and can be erased, the number stays.

use domain::access::Appointment;
use domain::clock::Owner;
use domain::ids::{AppointmentNo, AreaCode};
use domain::time::{Millis, Timestamp};

use crate::engine::{execute, fetch_all, fetch_optional, statements};
use crate::tracking::Token;
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    PUT_PERSON = "INSERT INTO person (id, login, name, secret, active, first_until) \
                  VALUES ($1, $2, $3, $4, $5, $6) \
                  ON CONFLICT (id) DO UPDATE SET login = excluded.login, name = excluded.name, \
                  secret = excluded.secret, active = excluded.active, \
                  first_until = excluded.first_until";
    BY_LOGIN = "SELECT id, login, name, secret, active, first_until FROM person WHERE login = $1";
    BY_ID = "SELECT id, login, name, secret, active, first_until FROM person WHERE id = $1";
    ALL = "SELECT id, login, name, secret, active, first_until FROM person ORDER BY login";
    PUT_APPOINTMENT = "INSERT INTO appointment (no, person, body, community) \
                       VALUES ($1, $2, $3, $4) ON CONFLICT (no) DO UPDATE SET \
                       body = excluded.body, person = excluded.person, \
                       community = excluded.community";
    LAST_NO = "SELECT CAST(COALESCE(MAX(no), 0) AS BIGINT) FROM appointment";
    OF_PERSON = "SELECT body FROM appointment WHERE person = $1 ORDER BY no";
    BY_NO = "SELECT body FROM appointment WHERE no = $1";
    HOLDER = "SELECT p.id, p.login, p.name, p.secret, p.active, p.first_until FROM appointment a \
              JOIN person p ON p.id = a.person WHERE a.no = $1";
    ERASE_PERSON = "DELETE FROM person WHERE id = $1";
    ERASE_HOLDER = "UPDATE appointment SET person = NULL WHERE person = $1";
    OPEN = "INSERT INTO staff_session (token_hash, person, opened_at, seen_at, own_phone, device) \
            VALUES ($1, $2, $3, $3, $4, $5)";
    SESSION = "SELECT person, opened_at, seen_at, own_phone FROM staff_session \
               WHERE token_hash = $1";
    SESSIONS = "SELECT token_hash, opened_at, seen_at, own_phone, device FROM staff_session \
                WHERE person = $1 ORDER BY opened_at DESC";
    APPOINTMENTS = "SELECT body, COALESCE(person, '') FROM appointment ORDER BY no";
    HELD = "SELECT a.body, COALESCE(p.name, ''), COALESCE(p.active, 0), (SELECT MAX(l.at) \
            FROM staff_log l WHERE l.person = a.person AND l.what = 'person.shut_out') \
            FROM appointment a LEFT JOIN person p ON p.id = a.person ORDER BY a.no";
    HELD_IN = "SELECT a.body, COALESCE(p.name, ''), COALESCE(p.active, 0), (SELECT MAX(l.at) \
               FROM staff_log l WHERE l.person = a.person AND l.what = 'person.shut_out') \
               FROM appointment a LEFT JOIN person p ON p.id = a.person \
               WHERE a.community = $1 ORDER BY a.no";
    SEEN = "UPDATE staff_session SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2";
    FILTERS = "SELECT name, query FROM saved_filter WHERE person = $1 ORDER BY name";
    SAVE_FILTER = "INSERT INTO saved_filter (person, name, query) VALUES ($1, $2, $3) \
                   ON CONFLICT (person, name) DO UPDATE SET query = excluded.query";
    DROP_FILTER = "DELETE FROM saved_filter WHERE person = $1 AND name = $2";
    DROP_FILTERS = "DELETE FROM saved_filter WHERE person = $1";
    CLOSE = "DELETE FROM staff_session WHERE token_hash = $1";
    CLOSE_ALL = "DELETE FROM staff_session WHERE person = $1";
    CLOSE_OTHERS = "DELETE FROM staff_session WHERE person = $1 AND token_hash <> $2";
    CLOSE_OLD = "DELETE FROM staff_session WHERE person = $1 AND token_hash NOT IN (SELECT \
                 token_hash FROM staff_session WHERE person = $1 ORDER BY opened_at DESC, \
                 token_hash LIMIT 20)";
    SWEEP = "DELETE FROM staff_session WHERE (seen_at < $1 AND own_phone = 0) OR opened_at < $2";
}

/// How long a staff session lasts without a request (security.md R20).
pub const STAFF_IDLE: Millis = Millis::minutes(30);
/// How long a staff session lasts at all.
pub const STAFF_ABSOLUTE: Millis = Millis::hours(12);
/// How long after it ran out it is still known whose a session was.
pub const SESSION_KNOWN: Millis = Millis::minutes(60);
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
    /// Until when a password that somebody else chose for them may be used; none: it is their own.
    pub first_until: Option<Timestamp>,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Person({})", self.id)
    }
}

/// An appointment with who holds or held it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The appointment.
    pub appointment: Appointment,
    /// The name of its holder; empty once they were erased.
    pub name: String,
    /// Its holder may sign in.
    pub active: bool,
    /// When its holder was last shut out, if ever.
    pub shut_out: Option<Timestamp>,
}

/// An open staff session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSession {
    /// What ends it, as in [`OpenSession::handle`].
    pub handle: String,
    /// Whose.
    pub person: String,
    /// The last request was long enough ago to be written down: call [`Tx::see_staff`].
    pub note_look: bool,
    /// On the person's own phone: it may lie idle as long as it lasts.
    pub own_phone: bool,
}

/// An open session in the list of its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// What ends it: nothing that opens it can be made of this.
    pub handle: String,
    /// When it began.
    pub opened_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// On the person's own phone.
    pub own_phone: bool,
    /// The word for the kind of device; empty if the session is older than that is kept.
    pub device: String,
}

/// A session in the list of its person: hash, begun, last used, own phone, device.
type SessionRow = (Vec<u8>, i64, i64, i64, String);
type PersonRow = (String, String, String, Option<String>, i64, Option<i64>);

fn person((id, login, name, secret, active, first_until): PersonRow) -> Person {
    Person {
        id,
        login,
        name,
        secret,
        active: active == 1,
        first_until: first_until.map(Timestamp::from_millis),
    }
}

/// Whether a session is over at `now`.
fn is_over(now: Timestamp, opened: i64, seen: i64, own_phone: bool) -> bool {
    let idle = now.since(Timestamp::from_millis(seen));
    let age = now.since(Timestamp::from_millis(opened));
    (idle >= STAFF_IDLE && !own_phone) || age >= STAFF_ABSOLUTE
}

fn handle(hash: &[u8]) -> String {
    hex::encode(&hash[..hash.len().min(8)])
}

fn appointment((body,): (String,)) -> Result<Appointment> {
    serde_json::from_str(&body).map_err(|_| Error::corrupt("appointment", "body", body))
}

/// An appointment as it is kept.
pub(crate) fn appointment_text(appointment: &Appointment) -> Result<String> {
    serde_json::to_string(appointment)
        .map_err(|_| Error::corrupt("appointment", "body", appointment.no))
}

type HeldRow = (String, String, i64, Option<i64>);

fn held((body, name, active, shut_out): HeldRow) -> Result<Held> {
    Ok(Held {
        appointment: appointment((body,))?,
        name,
        active: active == 1,
        shut_out: shut_out.map(Timestamp::from_millis),
    })
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

    /// Whose a session is, or was until less than [`SESSION_KNOWN`] ago: one that ran out, not one
    /// that was ended.
    ///
    /// # Errors
    /// The database's.
    pub async fn staff_session_ever(&mut self, token: &Token) -> Result<Option<String>> {
        type Row = (String, i64, i64, i64);
        let row = fetch_optional!(self, Row, SESSION, token.hash().as_slice())?;
        Ok(row.map(|(person, ..)| person))
    }

    /// The session of a token, unless it has gone idle or grown too old.
    pub async fn staff_session(&mut self, token: &Token) -> Result<Option<StaffSession>> {
        let hash = token.hash();
        type Row = (String, i64, i64, i64);
        let row = fetch_optional!(self, Row, SESSION, hash.as_slice())?;
        let Some((person, opened, seen, own_phone)) = row else {
            return Ok(None);
        };
        let (now, own_phone) = (self.now(), own_phone == 1);
        if is_over(now, opened, seen, own_phone) {
            return Ok(None);
        }
        Ok(Some(StaffSession {
            handle: handle(&hash),
            person,
            note_look: now.since(Timestamp::from_millis(seen)) >= SEEN_EVERY,
            own_phone,
        }))
    }

    /// The open sessions of a person, the latest first.
    pub async fn staff_sessions_of(&mut self, person: &str) -> Result<Vec<OpenSession>> {
        let rows = fetch_all!(self, SessionRow, SESSIONS, person)?;
        let now = self.now();
        Ok(rows
            .into_iter()
            .filter(|(_, opened, seen, own, _)| !is_over(now, *opened, *seen, *own == 1))
            .map(|(hash, opened, seen, own, device)| OpenSession {
                handle: handle(&hash),
                opened_at: Timestamp::from_millis(opened),
                seen_at: Timestamp::from_millis(seen),
                own_phone: own == 1,
                device,
            })
            .collect())
    }

    /// The worklist's filters that a person saved: name and query.
    pub async fn saved_filters(&mut self, person: &str) -> Result<Vec<(String, String)>> {
        fetch_all!(self, (String, String), FILTERS, person)
    }

    /// All appointments there ever were, each with the id of its person; empty once they were
    /// erased.
    pub async fn appointments(&mut self) -> Result<Vec<(Appointment, String)>> {
        fetch_all!(self, (String, String), APPOINTMENTS)?
            .into_iter()
            .map(|(body, person)| Ok((appointment((body,))?, person)))
            .collect()
    }

    /// All appointments there ever were, by number, each with who holds it.
    ///
    /// # Errors
    /// The database's.
    pub async fn held(&mut self) -> Result<Vec<Held>> {
        let rows = fetch_all!(self, HeldRow, HELD)?;
        rows.into_iter().map(held).collect()
    }

    /// The same of the offices of one community.
    ///
    /// # Errors
    /// The database's.
    pub async fn held_in(&mut self, community: &AreaCode) -> Result<Vec<Held>> {
        let rows = fetch_all!(self, HeldRow, HELD_IN, community.as_str())?;
        rows.into_iter().map(held).collect()
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
            person.first_until.map(Timestamp::millis),
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
        let body = appointment_text(appointment)?;
        let community = match &appointment.home {
            Owner::Community(code) => Some(code.as_str()),
            Owner::Station(_) | Owner::Unit(_) | Owner::City => None,
        };
        execute!(
            self,
            PUT_APPOINTMENT,
            i64::from(appointment.no.0),
            person,
            body,
            community
        )
        .map(|_| ())
    }

    /// Erases a person. Their appointments and what was done under them stay, nameless.
    pub async fn erase_person(&mut self, id: &str) -> Result<bool> {
        execute!(self, ERASE_HOLDER, id)?;
        execute!(self, CLOSE_ALL, id)?;
        self.end_api_tokens_of(id).await?;
        self.erase_second_factor(id).await?;
        self.end_sign_ins_of(id, None).await?;
        execute!(self, DROP_FILTERS, id)?;
        Ok(execute!(self, ERASE_PERSON, id)? == 1)
    }

    /// Saves a filter of a person, or replaces the one of this name.
    pub async fn save_filter(&mut self, person: &str, name: &str, query: &str) -> Result<()> {
        execute!(self, SAVE_FILTER, person, name, query).map(|_| ())
    }

    /// Forgets a filter of a person.
    pub async fn drop_filter(&mut self, person: &str, name: &str) -> Result<()> {
        execute!(self, DROP_FILTER, person, name).map(|_| ())
    }

    /// Opens a session, on a device of this kind. The twenty latest of a person stay open.
    pub async fn open_staff(
        &mut self,
        token: &Token,
        person: &str,
        own_phone: bool,
        device: &str,
    ) -> Result<()> {
        let hash = token.hash();
        let (now, own_phone) = (self.now().millis(), i64::from(own_phone));
        execute!(self, OPEN, hash.as_slice(), person, now, own_phone, device)?;
        execute!(self, CLOSE_OLD, person).map(|_| ())
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

    /// Ends the sessions of a person but this one.
    pub async fn close_other_staff(&mut self, person: &str, keep: &Token) -> Result<u64> {
        execute!(self, CLOSE_OTHERS, person, keep.hash().as_slice())
    }

    /// Ends one session of a person by its handle; `false` if there is none.
    pub async fn close_staff_by_handle(&mut self, person: &str, wanted: &str) -> Result<bool> {
        let rows = fetch_all!(self, SessionRow, SESSIONS, person)?;
        let Some((hash, ..)) = rows.into_iter().find(|(hash, ..)| handle(hash) == wanted) else {
            return Ok(false);
        };
        Ok(execute!(self, CLOSE, hash.as_slice())? == 1)
    }

    /// Forgets sessions that ran out [`SESSION_KNOWN`] ago.
    pub async fn sweep_staff(&mut self) -> Result<u64> {
        let known = self.now().millis() - SESSION_KNOWN.millis();
        execute!(
            self,
            SWEEP,
            known - STAFF_IDLE.millis(),
            known - STAFF_ABSOLUTE.millis()
        )
    }
}
