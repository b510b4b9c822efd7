//! One's own account: where one is signed in, one's offices, and tokens for machines.

use std::sync::Arc;

use domain::{
    access::Viewer,
    ids::AppointmentNo,
    lang::Lang,
    text::PersonName,
    time::{Millis, Timestamp},
    verb::{Verb, Who, row_of},
};
use futures::FutureExt as _;
use store::{ApiToken, Token};

use crate::{
    Desk, Error, Result, people,
    people::HeldView,
    sign_in::{DeviceKind, SignedIn},
};

/// How long a token for a machine lasts.
pub const TOKEN_LASTS: Millis = Millis::days(180);
/// Tokens a person may have.
const TOKENS: usize = 10;

/// An account as its own person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAccount {
    /// Name.
    pub name: String,
    /// Login.
    pub login: String,
    /// What they hold now.
    pub held: Vec<HeldView>,
    /// Where they are signed in, the latest first.
    pub sessions: Vec<OwnSession>,
    /// Tokens that are good.
    pub tokens: Vec<ApiToken>,
    /// Recovery codes left.
    pub codes_left: u32,
}

/// A session of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSession {
    /// What ends it: nothing that opens it can be made of this.
    pub handle: String,
    /// When it began.
    pub opened_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// On one's own phone.
    pub own_phone: bool,
    /// On what it began.
    pub device: DeviceKind,
    /// It is the one that asks.
    pub this: bool,
}

/// One's own account.
///
/// # Errors
/// The store's.
pub async fn own(desk: &Desk, who: &SignedIn, lang: Lang) -> Result<OwnAccount> {
    let Viewer::Staff(staff) = &who.viewer else {
        return Err(Error::Forbidden);
    };
    let held = staff
        .appointments()
        .iter()
        .map(|held| HeldView::of(desk, held, lang))
        .collect();
    let now = desk.now();
    let mut reading = desk.store.read().await?;
    let mut tokens = reading.api_tokens_of(&who.person).await?;
    tokens.retain(|token| now < token.until);
    let sessions = reading.staff_sessions_of(&who.person).await?.into_iter();
    let sessions = sessions.map(|open| OwnSession {
        this: open.handle == who.session,
        handle: open.handle,
        opened_at: open.opened_at,
        seen_at: open.seen_at,
        own_phone: open.own_phone,
        device: DeviceKind::of_word(&open.device),
    });
    Ok(OwnAccount {
        name: who.name.clone(),
        login: who.login.clone(),
        held,
        sessions: sessions.collect(),
        tokens,
        codes_left: reading.recovery_codes_left(&who.person).await?,
    })
}

/// Ends one of one's own sessions; nothing happens if it is over.
///
/// # Errors
/// The store's.
pub async fn end_session(desk: &Desk, who: &SignedIn, handle: &str) -> Result<()> {
    let work = Arc::new((who.person.clone(), handle.to_owned()));
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (person, handle) = &*work;
                if tx.close_staff_by_handle(person, handle).await? {
                    tx.log_staff(None, "own.session_ended", person, "").await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

/// Makes a token that acts under one of the person's appointments, and answers it: the one time it
/// is seen. `None` if the name will not do, or it is for nothing.
///
/// # Errors
/// [`Error::Forbidden`] for an appointment that is not theirs, and the store's.
pub async fn make_token(
    desk: &Desk,
    who: &SignedIn,
    name: &str,
    held: u32,
    verbs: &[Verb],
) -> Result<Option<String>> {
    let Viewer::Staff(staff) = &who.viewer else {
        return Err(Error::Forbidden);
    };
    let no = AppointmentNo(held);
    if !staff.appointments().iter().any(|own| own.no == no) {
        return Err(Error::Forbidden);
    }
    let name = name.trim();
    if PersonName::new(name).is_err() || name.chars().count() > 40 || verbs.is_empty() {
        return Ok(None);
    }
    let random: [u8; 32] = store::draw(&**desk.entropy());
    let text = Token::new(random).to_text();
    let now = desk.now();
    let token = ApiToken {
        person: who.person.clone(),
        appointment: no,
        name: name.to_owned(),
        verbs: verbs.iter().map(|verb| verb.as_str().to_owned()).collect(),
        made_at: now,
        until: now.plus(TOKEN_LASTS),
    };
    let work = Arc::new((token, text.clone()));
    let made = desk
        .store
        .write::<_, bool, Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (token, text) = &*work;
                let others = tx.api_tokens_of(&token.person).await?;
                let good = |other: &&ApiToken| tx.now() < other.until;
                let taken = others.iter().any(|other| other.name == token.name);
                if taken || others.iter().filter(good).count() >= TOKENS {
                    return Ok(false);
                }
                let secret = Token::from_text(text).ok_or(Error::NotFound)?;
                tx.put_api_token(&secret, token).await?;
                let detail = format!("{}: {}", token.name, token.verbs.join(" "));
                let by = Some(token.appointment);
                tx.log_staff(by, "token.made", &token.person, &detail)
                    .await?;
                Ok(true)
            }
            .boxed()
        })
        .await?;
    Ok(made.then_some(text))
}

/// What a token may be for: the verbs of staff.
#[must_use]
pub fn token_verbs() -> Vec<Verb> {
    let of_others = |who: &Who| matches!(who, Who::Reporter | Who::Anyone | Who::System);
    let of_staff = |verb: &Verb| row_of(*verb).who.iter().any(|who| !of_others(who));
    Verb::ALL.iter().copied().filter(of_staff).collect()
}

/// Ends one of one's own tokens.
///
/// # Errors
/// The store's.
pub async fn end_token(desk: &Desk, who: &SignedIn, name: &str) -> Result<()> {
    let work = Arc::new((who.person.clone(), name.to_owned()));
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (person, name) = &*work;
                tx.end_api_token(person, name).await?;
                Ok(tx.log_staff(None, "own.token_ended", person, name).await?)
            }
            .boxed()
        })
        .await
}

/// A machine that acts with a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// As whom: the person, with the one appointment of the token.
    pub viewer: Viewer,
    /// What it may do.
    verbs: Vec<String>,
}

impl Machine {
    /// Whether the token is for this verb.
    #[must_use]
    pub fn may_use(&self, verb: Verb) -> bool {
        self.verbs.iter().any(|word| word == verb.as_str())
    }
}

/// Who a token stands for, as they stand now; `None` for a token that is none, is over, or whose
/// person may not sign in.
///
/// # Errors
/// The store's.
pub async fn machine(desk: &Desk, secret: &str) -> Result<Option<Machine>> {
    let Some(secret) = Token::from_text(secret) else {
        return Ok(None);
    };
    let mut reading = desk.store.read().await?;
    let Some(token) = reading.api_token(&secret).await? else {
        return Ok(None);
    };
    let Some(person) = reading.person(&token.person).await? else {
        return Ok(None);
    };
    if !person.active {
        return Ok(None);
    }
    let ever = reading.appointments_of(&person.id).await?;
    let staff = people::staff(&desk.city, &person, ever, desk.now());
    let viewer = Viewer::Staff(staff.under(token.appointment));
    Ok(Some(Machine {
        viewer,
        verbs: token.verbs,
    }))
}

/// Saved filters of a person: name and query.
///
/// # Errors
/// The store's.
pub async fn filters(desk: &Desk, who: &SignedIn) -> Result<Vec<(String, String)>> {
    Ok(desk.store.read().await?.saved_filters(&who.person).await?)
}

/// Filters that one person can save.
pub const FILTERS: usize = 20;

/// Why a filter was not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaved {
    /// It has no name, or none that can be read.
    NoName,
    /// The filter itself is longer than any that our page makes.
    TooLong,
    /// There are [`FILTERS`] already.
    TooMany,
}

/// Saves a filter under a name, or replaces the one of that name.
///
/// # Errors
/// The store's.
pub async fn save_filter(
    desk: &Desk,
    who: &SignedIn,
    name: &str,
    query: &str,
) -> Result<std::result::Result<(), Unsaved>> {
    let name: String = name.trim().chars().take(30).collect();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Ok(Err(Unsaved::NoName));
    }
    if query.len() > 500 {
        return Ok(Err(Unsaved::TooLong));
    }
    let work = Arc::new((who.person.clone(), name, query.to_owned()));
    desk.store
        .write::<_, std::result::Result<(), Unsaved>, Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (person, name, query) = &*work;
                let others = tx.saved_filters(person).await?;
                if others.len() >= FILTERS && !others.iter().any(|(other, _)| other == name) {
                    return Ok(Err(Unsaved::TooMany));
                }
                tx.save_filter(person, name, query).await?;
                Ok(Ok(()))
            }
            .boxed()
        })
        .await
}

/// Forgets a saved filter.
///
/// # Errors
/// The store's.
pub async fn drop_filter(desk: &Desk, who: &SignedIn, name: &str) -> Result<()> {
    let work = Arc::new((who.person.clone(), name.to_owned()));
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move { Ok(tx.drop_filter(&work.0, &work.1).await?) }.boxed()
        })
        .await
}
