//! A value in a cookie that only this server can read or make: XChaCha20-Poly1305 under the
//! session key, with the moment until which it holds.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use casework::Desk;
use domain::time::{Millis, Timestamp};

/// Seals `text` until `now + lasts`.
#[must_use]
pub fn seal(desk: &Desk, purpose: &str, text: &str, lasts: Millis) -> String {
    let until = desk.now().plus(lasts).millis();
    let sealed = desk
        .store
        .seal(purpose.as_bytes(), format!("{until} {text}").as_bytes());
    BASE64.encode(sealed)
}

/// Opens what [`seal`] made, if it still holds.
#[must_use]
pub fn open(desk: &Desk, purpose: &str, sealed: &str) -> Option<String> {
    let bytes = BASE64.decode(sealed).ok()?;
    let plain = String::from_utf8(desk.store.unseal(purpose.as_bytes(), &bytes)?).ok()?;
    let (until, text) = plain.split_once(' ')?;
    let until = Timestamp::from_millis(until.parse().ok()?);
    (desk.now() < until).then(|| text.to_owned())
}
