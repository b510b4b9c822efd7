//! Couriers: letters to residents by a gateway for SMS and WeChat, and by mail.
//!
//! A gateway is an address that takes `POST` with JSON (`id`, `to`, `text`, `number`, `about`), signed
//! with HMAC-SHA-256 over the moment and the body in `Huiyin-Signature: t=…,v1=…`. Any 2xx is "taken".
//! The `id` is the same each time a letter is tried, so that a gateway that has it throws the second
//! away. A demonstration has a letterbox that everybody can look into, and no other courier.

mod gateway;
mod mail;

use std::sync::Arc;
use std::time::Duration;

use app::letters::{self, Letterbox};
use casework::Desk;
use casework::offices::{self, Notice};
use casework::tell::{self, Letter, Owed};

use crate::settings::Settings;

pub use gateway::{Gateway, signature};
pub use mail::Mail;

/// Letters are looked for this often.
const EVERY: Duration = Duration::from_secs(2);
/// How long a courier may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// All couriers of an installation.
pub struct Couriers {
    gateway: Option<Gateway>,
    mail: Option<Mail>,
    offices: Option<Gateway>,
    letterbox: Option<Arc<Letterbox>>,
}

/// Why a letter was not taken; no address and nothing of the letter stands in it.
#[derive(Debug, thiserror::Error)]
pub enum Untaken {
    /// There is no courier for the address that was left.
    #[error("no courier for this kind of address")]
    NoCourier,
    /// The courier took too long.
    #[error("the courier did not answer in time")]
    Late,
    /// The gateway said no.
    #[error("the gateway answered {0}")]
    Status(u16),
    /// The gateway could not be reached.
    #[error("the gateway could not be reached")]
    Unreachable,
    /// The mail server did not take it.
    #[error("the mail server did not take it{}", .0.map(|code| format!(" ({code})")).unwrap_or_default())]
    Mail(Option<u16>),
    /// The address is none.
    #[error("not an address")]
    NotAnAddress,
}

impl Couriers {
    /// The couriers that the settings name.
    ///
    /// # Errors
    /// If an address of a courier cannot be read.
    pub fn open(settings: &Settings, letterbox: Option<Arc<Letterbox>>) -> anyhow::Result<Self> {
        Ok(Self {
            gateway: Gateway::open(&settings.gateway_url, &settings.gateway_secret)?,
            mail: Mail::open(&settings.smtp_url, &settings.mail_from)?,
            offices: Gateway::open(
                &settings.office_gateway_url,
                &settings.office_gateway_secret,
            )?,
            letterbox,
        })
    }

    /// Which addresses can be written to: a telephone, a mail address.
    #[must_use]
    pub fn reach(&self) -> letters::Reach {
        let all = self.letterbox.is_some();
        letters::Reach {
            phone: all || self.gateway.is_some(),
            mail: all || self.mail.is_some() || self.gateway.is_some(),
        }
    }

    /// Brings one letter.
    ///
    /// # Errors
    /// Why it was not taken.
    pub async fn bring(&self, desk: &Desk, letter: &Letter, base_url: &str) -> Result<(), Untaken> {
        let lang = desk.city.default_lang;
        let demo = self.letterbox.is_some();
        let written = letters::write(lang, desk.city.names.get(lang), letter, base_url, demo);
        if let Some(letterbox) = &self.letterbox {
            letterbox.put(desk.now(), letter, &written);
            return Ok(());
        }
        let done = async {
            match (&letter.phone, &letter.email) {
                (Some(phone), _) if self.gateway.is_some() => {
                    let gateway = self.gateway.as_ref().ok_or(Untaken::NoCourier)?;
                    let at = desk.now();
                    gateway.send(at, letter, phone, &written.text).await
                }
                (_, Some(email)) => match (&self.mail, &self.gateway) {
                    (Some(mail), _) => mail.send(&letter.id, email, &written).await,
                    (None, Some(gateway)) => {
                        gateway.send(desk.now(), letter, email, &written.text).await
                    }
                    (None, None) => Err(Untaken::NoCourier),
                },
                _ => Err(Untaken::NoCourier),
            }
        };
        match tokio::time::timeout(PATIENCE, done).await {
            Ok(done) => done,
            Err(_) => Err(Untaken::Late),
        }
    }

    /// Whether offices are told.
    fn tells_offices(&self) -> bool {
        self.offices.is_some() || self.letterbox.is_some()
    }

    /// Brings one notice to an office.
    async fn bring_notice(
        &self,
        desk: &Desk,
        notice: &Notice,
        base_url: &str,
    ) -> Result<(), Untaken> {
        let lang = desk.city.default_lang;
        let demo = self.letterbox.is_some();
        let (city, office) = (
            desk.city.names.get(lang),
            desk.office_name(&notice.office, lang),
        );
        let text = letters::write_notice(lang, (city, &office), notice, base_url, demo);
        if let Some(letterbox) = &self.letterbox {
            letterbox.put_notice(desk.now(), office, text);
            return Ok(());
        }
        let gateway = self.offices.as_ref().ok_or(Untaken::NoCourier)?;
        let sending = gateway.send_notice(desk.now(), notice, &office, &text);
        match tokio::time::timeout(PATIENCE, sending).await {
            Ok(done) => done,
            Err(_) => Err(Untaken::Late),
        }
    }

    /// Brings all notices to offices that are due, once.
    ///
    /// # Errors
    /// The store's.
    pub async fn round_of_offices(&self, desk: &Desk, base_url: &str) -> casework::Result<usize> {
        offices::look_at_clocks(desk).await?;
        let due = offices::due(desk).await?;
        for notice in &due {
            match self.bring_notice(desk, notice, base_url).await {
                Ok(()) => offices::sent(desk, notice).await?,
                Err(why) => {
                    tracing::warn!(target: "huiyin::couriers", notice = notice.id, office = notice.code, %why, "a notice was not taken");
                    offices::unsent(desk, notice, &why.to_string()).await?;
                }
            }
        }
        Ok(due.len())
    }

    /// Brings all letters that are due, once.
    ///
    /// # Errors
    /// The store's.
    pub async fn round(&self, desk: &Desk, base_url: &str) -> casework::Result<usize> {
        let due = tell::due(desk).await?;
        let count = due.len();
        for owed in due {
            self.one(desk, &owed, base_url).await?;
        }
        Ok(count)
    }

    async fn one(&self, desk: &Desk, owed: &Owed, base_url: &str) -> casework::Result<()> {
        match self.bring(desk, &owed.letter, base_url).await {
            Ok(()) => tell::sent(desk, owed).await,
            Err(why) => {
                tracing::warn!(target: "huiyin::couriers", letter = owed.letter.id, %why, "a letter was not taken");
                tell::unsent(desk, owed, &why.to_string()).await
            }
        }
    }

    /// Brings letters until the store stops. Without any courier nothing is taken from the table:
    /// whoever sets one up later finds what is owed.
    pub fn start(self, desk: &Desk, base_url: String) {
        let letters = self.gateway.is_some() || self.mail.is_some() || self.letterbox.is_some();
        let offices = self.tells_offices();
        if !letters && !offices {
            return;
        }
        // Apart: a gateway of the offices that hangs keeps no resident's code waiting.
        let couriers = Arc::new(self);
        if letters {
            let (couriers, desk, base_url) =
                (Arc::clone(&couriers), desk.clone(), base_url.clone());
            tokio::spawn(async move {
                while waited(&desk).await {
                    if let Err(error) = couriers.round(&desk.fresh(), &base_url).await {
                        tracing::error!(target: "huiyin::couriers", %error, "letters wait");
                    }
                }
            });
        }
        if offices {
            let desk = desk.clone();
            tokio::spawn(async move {
                if let Err(error) = follow(&desk).await {
                    tracing::error!(target: "huiyin::couriers", %error, "offices are not told");
                }
                while waited(&desk).await {
                    if let Err(error) = couriers.round_of_offices(&desk.fresh(), &base_url).await {
                        tracing::error!(target: "huiyin::couriers", %error, "notices to offices wait");
                    }
                }
            });
        }
    }
}

/// Waits for the next round; `false` when the store stops.
async fn waited(desk: &Desk) -> bool {
    let mut stopping = desk.store.watch_stop();
    let stopped = async { stopping.wait_for(|stopping| *stopping).await.is_ok() };
    tokio::select! {
        () = tokio::time::sleep(EVERY) => true,
        _ = stopped => false,
    }
}

/// Owes notices to offices from now on.
///
/// # Errors
/// The store's.
pub async fn follow(desk: &Desk) -> casework::Result<()> {
    offices::begin(&desk.store).await?;
    let teller = offices::Teller::of(desk);
    desk.store.follow(teller).await;
    Ok(())
}
