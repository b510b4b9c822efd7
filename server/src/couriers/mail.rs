//! Mail by SMTP.

use anyhow::Context as _;
use app::letters::Written;
use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::Untaken;

/// Mail goes by one server.
pub struct Mail {
    from: Mailbox,
    server: AsyncSmtpTransport<Tokio1Executor>,
}

impl Mail {
    /// `None` where no server is set.
    ///
    /// # Errors
    /// If the server's or the sender's address cannot be read.
    pub fn open(url: &str, from: &str) -> anyhow::Result<Option<Self>> {
        if url.is_empty() {
            return Ok(None);
        }
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .context("smtp_url is like smtps://user:password@mail.example")?
            .build();
        let from = from
            .parse()
            .context("mail_from is like 回音 <echo@city.example>")?;
        Ok(Some(Self { from, server }))
    }

    /// Sends one letter.
    ///
    /// # Errors
    /// [`Untaken::NotAnAddress`] and [`Untaken::Mail`].
    pub async fn send(&self, id: &str, to: &str, written: &Written) -> Result<(), Untaken> {
        let to: Mailbox = to.parse().map_err(|_| Untaken::NotAnAddress)?;
        let host = self.from.email.domain().to_owned();
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .message_id(Some(format!("<{id}@{host}>")))
            .subject(written.subject.clone())
            .header(ContentType::TEXT_PLAIN)
            .body(written.text.clone())
            .map_err(|_| Untaken::NotAnAddress)?;
        let sent = self.server.send(message).await;
        sent.map(|_| ()).map_err(|error| {
            // The answer of a mail server may repeat the address: its number says enough.
            Untaken::Mail(error.status().map(u16::from))
        })
    }
}
