//! Reading a form without being hurt by it.
//!
//! `application/x-www-form-urlencoded` and `multipart/form-data` give the same [`FormBody`]. Every
//! length and number is bounded before memory is spent, text must be UTF-8, and whatever is wrong
//! ends as a [`FormError`] with a status, never as a panic.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use multer::{Constraints, Multipart, SizeLimit};
use tokio::time::timeout;

use super::room::{self, Place};

/// What one form may hold. All are settings; lengths are in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormLimits {
    /// Parts of a multipart form, or pairs of a plain one times four.
    pub parts: usize,
    /// The headers of one part.
    pub part_header: usize,
    /// A whole multipart form.
    pub whole: u64,
    /// One file; a longer one is left out and named in [`FormBody::refused`].
    pub file: usize,
    /// Files kept; more are left out and named.
    pub files: usize,
    /// One text field.
    pub text: usize,
    /// A whole plain form.
    pub plain: usize,
}

impl Default for FormLimits {
    fn default() -> Self {
        Self {
            parts: 64,
            part_header: 8 * 1024,
            whole: 64 * 1024 * 1024,
            file: 10 * 1024 * 1024,
            files: 6,
            text: 64 * 1024,
            plain: 512 * 1024,
        }
    }
}

/// A form as it came: names may repeat, order is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormBody {
    /// Text fields, name and value.
    pub fields: Vec<(String, String)>,
    /// Files with content.
    pub files: Vec<FileBody>,
    /// Files left out, so that the page can come back with everything typed and say why.
    pub refused: Vec<RefusedFile>,
}

/// One file. Its name and type as the sender gave them are dropped: they are not evidence of
/// anything and may name a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileBody {
    /// The form field it came in.
    pub field: String,
    /// Its bytes, at least one.
    pub bytes: Bytes,
}

/// Why a file was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileRefusal {
    /// Longer than [`FormLimits::file`].
    TooLarge,
    /// Beyond [`FormLimits::files`].
    TooMany,
    /// So many photos are being read that there is no room for it; try again.
    NoRoom,
}

/// A file that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedFile {
    /// The form field it came in.
    pub field: String,
    /// Why.
    pub why: FileRefusal,
}

impl FormBody {
    /// The first value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Every value of `name`, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The body cannot be read as a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// Neither of the two types of a form.
    #[error("not a form")]
    NotAForm,
    /// Broken, cut off, too slow, or not UTF-8.
    #[error("the form is broken")]
    Malformed,
    /// More or longer than a form of ours can be.
    #[error("the form is too large")]
    TooLarge,
}

impl FormError {
    /// 400, 413 or 415.
    pub fn status(self) -> StatusCode {
        match self {
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        }
    }
}

/// Reads the form in `body`.
///
/// # Errors
/// [`FormError`]; nothing of the body is kept then.
pub async fn read_form(
    headers: &HeaderMap,
    body: Body,
    limits: &FormLimits,
) -> Result<FormBody, FormError> {
    match media_type(headers).as_deref() {
        Some("application/x-www-form-urlencoded") => {
            refuse_announced(headers, limits.plain as u64)?;
            let bytes = collect(body, limits.plain).await?;
            read_plain(&bytes, limits)
        }
        Some("multipart/form-data") => {
            refuse_announced(headers, limits.whole)?;
            read_multipart(headers, body, limits).await
        }
        _ => Err(FormError::NotAForm),
    }
}

/// Reads a whole body of at most `most` bytes.
///
/// # Errors
/// [`FormError::TooLarge`] as soon as it is longer, [`FormError::Malformed`] if it breaks off.
pub async fn collect(body: Body, most: usize) -> Result<Bytes, FormError> {
    let mut stream = body.into_data_stream();
    let mut all = BytesMut::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| FormError::Malformed)?;
        if all.len() + chunk.len() > most {
            pass_over(&mut stream).await;
            return Err(FormError::TooLarge);
        }
        all.extend_from_slice(&chunk);
    }
    Ok(all.freeze())
}

/// How much of what is left of a refused body is read and forgotten, and for how long. Who is
/// answered while still sending sees a broken connection instead of the answer.
const LEFT_OVER: usize = 2 * 1024 * 1024;
const LEFT_OVER_TIME: Duration = Duration::from_secs(2);

async fn pass_over(body: &mut BodyDataStream) {
    let rest = async {
        let mut most = LEFT_OVER;
        while let Some(Ok(chunk)) = body.next().await {
            let Some(less) = most.checked_sub(chunk.len()) else {
                return;
            };
            most = less;
        }
    };
    // Whether there was an end to it or not, the answer goes out now.
    timeout(LEFT_OVER_TIME, rest).await.ok();
}

/// The type without its parameters, in lower case.
pub(super) fn media_type(headers: &HeaderMap) -> Option<String> {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let value = values.next()?;
    if values.next().is_some() {
        return None;
    }
    let text = value.to_str().ok()?;
    Some(
        text.split(';')
            .next()
            .unwrap_or(text)
            .trim()
            .to_ascii_lowercase(),
    )
}

/// What says it is too long is refused before it is read.
pub(super) fn refuse_announced(headers: &HeaderMap, most: u64) -> Result<(), FormError> {
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.parse::<u64>().ok());
    if announced.is_some_and(|length| length > most) {
        Err(FormError::TooLarge)
    } else {
        Ok(())
    }
}

/// Plain pairs (WHATWG URL, 5.1), but text that is no UTF-8 is refused instead of mended.
fn read_plain(bytes: &[u8], limits: &FormLimits) -> Result<FormBody, FormError> {
    let mut form = FormBody::default();
    for pair in bytes
        .split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
    {
        if form.fields.len() >= limits.parts.saturating_mul(4) {
            return Err(FormError::TooLarge);
        }
        let at = pair
            .iter()
            .position(|byte| *byte == b'=')
            .unwrap_or(pair.len());
        let (name, value) = (&pair[..at], pair.get(at + 1..).unwrap_or_default());
        let (name, value) = (decode(name)?, decode(value)?);
        if value.len() > limits.text || name.len() > limits.text {
            return Err(FormError::TooLarge);
        }
        form.fields.push((name, value));
    }
    Ok(form)
}

fn decode(bytes: &[u8]) -> Result<String, FormError> {
    let spaced: Vec<u8> = bytes
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    let decoded: Vec<u8> = percent_encoding::percent_decode(&spaced).collect();
    read_utf8(decoded)
}

/// No database keeps a NUL. It becomes what a page would make of it: the sign for "not a sign"
/// (WHATWG HTML, 13.2.5).
fn read_utf8(bytes: Vec<u8>) -> Result<String, FormError> {
    let text = String::from_utf8(bytes).map_err(|_| FormError::Malformed)?;
    Ok(if text.contains('\0') {
        text.replace('\0', "\u{fffd}")
    } else {
        text
    })
}

async fn read_multipart(
    headers: &HeaderMap,
    body: Body,
    limits: &FormLimits,
) -> Result<FormBody, FormError> {
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let boundary = content_type.and_then(|text| multer::parse_boundary(text).ok());
    // RFC 2046 5.1.1: 1 to 70 characters.
    let boundary = boundary
        .filter(|text| (1..=70).contains(&text.len()))
        .ok_or(FormError::Malformed)?;
    // Without room the photos are left out, never what was typed.
    let place = room::place(headers, limits.whole).await.ok().map(Arc::new);
    let mut body = body.into_data_stream();
    let read = read_parts(&mut body, boundary, limits, place.as_ref()).await;
    if read.is_err() {
        pass_over(&mut body).await;
    }
    read
}

async fn read_parts(
    body: &mut BodyDataStream,
    boundary: String,
    limits: &FormLimits,
    place: Option<&Arc<Place>>,
) -> Result<FormBody, FormError> {
    let sizes = SizeLimit::new().whole_stream(limits.whole);
    let meter = Meter::default();
    let sips = Sips {
        body,
        left: Bytes::new(),
        rest: false,
        meter: meter.clone(),
        most: limits.part_header,
    };
    let mut parts =
        Multipart::with_constraints(sips, boundary, Constraints::new().size_limit(sizes));
    let mut form = FormBody::default();
    let mut count = 0;
    loop {
        meter.begin_head();
        let next = parts.next_field().await;
        meter.end_head();
        let Some(field) = next.map_err(refusal)? else {
            return Ok(form);
        };
        count += 1;
        if count > limits.parts {
            return Err(FormError::TooLarge);
        }
        let head: usize = field
            .headers()
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len())
            .sum();
        if head > limits.part_header {
            return Err(FormError::TooLarge);
        }
        let name = field.name().ok_or(FormError::Malformed)?.to_owned();
        if field.file_name().is_some() {
            read_file(&mut form, name, field, limits, place).await?;
        } else {
            let value = read_text(field, limits.text).await?;
            form.fields.push((name, value));
        }
    }
}

async fn read_text(mut field: multer::Field<'_>, most: usize) -> Result<String, FormError> {
    let mut all = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(refusal)? {
        if all.len() + chunk.len() > most {
            return Err(FormError::TooLarge);
        }
        all.extend_from_slice(&chunk);
    }
    read_utf8(all)
}

/// A file that is too much is read to its end and forgotten, so that what was typed after it is
/// not lost; the whole form stays bounded.
async fn read_file(
    form: &mut FormBody,
    field_name: String,
    mut field: multer::Field<'_>,
    limits: &FormLimits,
    place: Option<&Arc<Place>>,
) -> Result<(), FormError> {
    let mut why = if place.is_none() {
        Some(FileRefusal::NoRoom)
    } else {
        (form.files.len() >= limits.files).then_some(FileRefusal::TooMany)
    };
    let mut all = BytesMut::new();
    let mut is_empty = true;
    while let Some(chunk) = field.chunk().await.map_err(refusal)? {
        is_empty &= chunk.is_empty();
        if why.is_none() && all.len() + chunk.len() > limits.file {
            why = Some(FileRefusal::TooLarge);
            all = BytesMut::new();
        }
        if why.is_none() {
            all.extend_from_slice(&chunk);
        }
    }
    match (why, place) {
        // A file input without a choice sends an empty part.
        _ if is_empty => {}
        (None, Some(place)) => form.files.push(FileBody {
            field: field_name,
            bytes: room::keep(all.freeze(), place),
        }),
        (why, _) => form.refused.push(RefusedFile {
            field: field_name,
            why: why.unwrap_or(FileRefusal::NoRoom),
        }),
    }
    Ok(())
}

fn refusal(error: multer::Error) -> FormError {
    match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => {
            FormError::TooLarge
        }
        multer::Error::StreamReadFailed(cause) if cause.is::<HeadTooLong>() => FormError::TooLarge,
        _ => FormError::Malformed,
    }
}

/// `multer` reads as much as it can get and searches all of it for the end of a part's head. So it
/// gets small sips, and while it looks for a head only so many of them.
struct Sips<'b> {
    body: &'b mut BodyDataStream,
    left: Bytes,
    /// The last poll gave a sip; this one rests, so that `multer` looks at what it has.
    rest: bool,
    meter: Meter,
    most: usize,
}

const SIP: usize = 16 * 1024;

#[derive(Debug, thiserror::Error)]
#[error("the head of a part is too long")]
struct HeadTooLong;

#[derive(Debug, thiserror::Error)]
#[error("the body broke off")]
struct BrokenOff;

/// Bytes given since a head began; `usize::MAX` while the content of a part is read.
#[derive(Clone, Default)]
struct Meter(std::sync::Arc<std::sync::atomic::AtomicUsize>);

impl Meter {
    fn begin_head(&self) {
        self.0.store(0, std::sync::atomic::Ordering::Relaxed);
    }

    fn end_head(&self) {
        self.0
            .store(usize::MAX, std::sync::atomic::Ordering::Relaxed);
    }

    /// Counts a sip, or refuses it.
    fn give(&self, length: usize, most: usize) -> Result<(), HeadTooLong> {
        let given = self.0.load(std::sync::atomic::Ordering::Relaxed);
        if given == usize::MAX {
            return Ok(());
        }
        if given > most {
            return Err(HeadTooLong);
        }
        self.0
            .store(given + length, std::sync::atomic::Ordering::Relaxed);
        Ok(())
    }
}

impl Stream for Sips<'_> {
    type Item = Result<Bytes, Box<dyn std::error::Error + Send + Sync>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.rest {
            self.rest = false;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        while self.left.is_empty() {
            match self.body.poll_next_unpin(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(_))) => return Poll::Ready(Some(Err(BrokenOff.into()))),
                Poll::Ready(Some(Ok(chunk))) => self.left = chunk,
            }
        }
        let length = self.left.len().min(SIP);
        if let Err(error) = self.meter.give(length, self.most) {
            return Poll::Ready(Some(Err(error.into())));
        }
        self.rest = true;
        Poll::Ready(Some(Ok(self.left.split_to(length))))
    }
}

#[cfg(test)]
#[path = "body_tests.rs"]
mod tests;
