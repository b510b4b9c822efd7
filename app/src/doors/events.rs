//! `GET /events`: the live stream, as server-sent events (HTML, section 9.2).
//!
//! `/events` tells of every case that everybody may know of, `/events?case=NUMBER` of one. A message
//! is `event: case` with `{"position":…,"number":"…"}`, its id the position. `Last-Event-ID`, or
//! `?after=` where a page opens the stream anew, goes on from there; who missed more than is kept is
//! told `event: reset` and looks again. What may be told, `casework::live` decides for each message.
//!
//! `/desk/events` tells staff that something in their lists may have changed, as `event: list` with the
//! position alone; `/desk/events?case=NUMBER` of one case that is theirs.

use std::convert::Infallible;
use std::fmt::Write as _;
use std::time::Duration;

use axum::{
    body::Body,
    extract::State as Of,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use casework::{
    Error,
    live::{News, Watch},
    track,
};
use futures::stream::unfold;
use http::{HeaderName, HeaderValue, StatusCode, header};
use tokio::time::{Instant, timeout_at};

use super::{
    Doors, State,
    ask::{Ask, STAFF_COOKIE, TRACK_COOKIE},
    oops_page,
};
use crate::http::{
    problem::Problem,
    seats::{Full, Seat, Seats},
};

/// What streams are held to.
#[derive(Debug, Clone)]
pub struct Streams {
    /// How many there may be.
    pub seats: Seats,
    /// How many of the desk: an office is often one address.
    pub desk_seats: Seats,
    /// After how much silence a stream says that it is there.
    pub beat: Duration,
    /// How long one lasts; browsers come back by themselves.
    pub life: Duration,
}

/// `GET /events`
pub async fn stream(Of(doors): Of<State>, ask: Ask) -> Response {
    let seat = match doors.streams.seats.take(ask.network) {
        Ok(seat) => seat,
        Err(full) => return no_seat(full).into_response(),
    };
    begin(&doors, &ask, watch(&doors, &ask).await, seat)
}

/// `GET /desk/events`
pub async fn desk(Of(doors): Of<State>, ask: Ask) -> Response {
    let Some(token) = ask.cookie(STAFF_COOKIE, doors.https).and_then(track::token) else {
        return Problem::not_found().into_response();
    };
    let seat = match doors.streams.desk_seats.take(ask.network) {
        Ok(seat) => seat,
        Err(full) => return no_seat(full).into_response(),
    };
    let (live, after) = (&doors.desk.live, after(&ask));
    let watch = match ask.asked("case").map(|number| number.parse()) {
        None => live.lists(&doors.desk, token, after).await,
        Some(Ok(number)) => live.on_desk(&doors.desk, number, token, after).await,
        Some(Err(_)) => Err(Error::NotFound),
    };
    begin(&doors, &ask, watch, seat)
}

fn begin(doors: &Doors, ask: &Ask, watch: casework::Result<Watch>, seat: Seat) -> Response {
    match watch {
        Ok(watch) => answer(doors, Telling::new(doors, watch, seat)),
        Err(Error::NotFound) => Problem::not_found().into_response(),
        Err(error) => oops_page(doors, ask, &error.into()),
    }
}

async fn watch(doors: &Doors, ask: &Ask) -> casework::Result<Watch> {
    let live = &doors.desk.live;
    let after = after(ask);
    let Some(number) = ask.asked("case") else {
        return Ok(live.everything(&doors.desk, after));
    };
    let number = number.parse().map_err(|_| Error::NotFound)?;
    let token = ask.cookie(TRACK_COOKIE, doors.https).and_then(track::token);
    live.case(&doors.desk, number, token, after).await
}

/// Where the stream is to go on. The header is the browser's own and newer than the address. What is
/// no position is one that nothing follows: then nobody knows what was missed.
fn after(ask: &Ask) -> Option<u64> {
    let header = ask.headers.get("last-event-id");
    let text = match header {
        Some(value) => Some(value.to_str().unwrap_or_default().to_owned()),
        None => ask.asked("after"),
    };
    text.map(|text| text.parse().unwrap_or(u64::MAX))
}

fn no_seat(full: Full) -> Problem {
    let (status, seconds, detail) = match full {
        Full::House => (
            StatusCode::SERVICE_UNAVAILABLE,
            30,
            "Too many streams are open. The pages work without.",
        ),
        Full::Network => (
            StatusCode::TOO_MANY_REQUESTS,
            60,
            "Too many streams are open from this address. The pages work without.",
        ),
    };
    Problem::new(status, "streams", detail).retry_after(seconds)
}

fn answer(doors: &Doors, telling: Telling) -> Response {
    let first = telling.greeting(doors);
    let body = unfold((Some(first), telling), |(first, mut telling)| async move {
        let piece = match first {
            Some(first) => first,
            None => telling.next().await?,
        };
        Some((Ok::<_, Infallible>(Bytes::from(piece)), (None, telling)))
    });
    let mut response = Response::new(Body::from_stream(body));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/event-stream; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx passes each message on at once.
    headers.insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    response
}

/// One open stream. It holds its place in the log and a seat, and no message.
struct Telling {
    watch: Watch,
    beat: Duration,
    began: Instant,
    until: Instant,
    told: usize,
    _seat: Seat,
}

impl Telling {
    fn new(doors: &Doors, watch: Watch, seat: Seat) -> Self {
        let began = Instant::now();
        Self {
            watch,
            beat: doors.streams.beat,
            began,
            until: began + doors.streams.life,
            told: 0,
            _seat: seat,
        }
    }

    /// What is said at once: where the stream begins, and after how long a browser that was cut off
    /// should come back. That differs from stream to stream, so that not all come at once.
    fn greeting(&self, doors: &Doors) -> String {
        let mut spread = [0];
        doors.desk.entropy().fill(&mut spread);
        let retry = 2_000 + u32::from(spread[0]) * 16;
        let at = self.watch.position();
        let label = if doors.site.demo {
            ",\"demo\":true"
        } else {
            ""
        };
        if at == u64::MAX {
            // No position: the first thing told is that something was missed.
            return format!("retry: {retry}\n\n");
        }
        format!("retry: {retry}\nid: {at}\nevent: here\ndata: {{\"position\":{at}{label}}}\n\n")
    }

    /// The next piece of the stream; `None` ends it.
    async fn next(&mut self) -> Option<String> {
        let news = match timeout_at(self.until, self.watch.next(self.beat)).await {
            Ok(Ok(news)) => news?,
            Ok(Err(error)) => {
                tracing::warn!(target: "huiyin::stream", %error, "a stream ends: nobody knows what it may tell");
                return None;
            }
            Err(_) => return None,
        };
        if let News::Changed(changed) = &news {
            self.told += changed.len();
        }
        Some(written(&news, self.watch.position()))
    }
}

impl Drop for Telling {
    fn drop(&mut self) {
        tracing::info!(
            target: "huiyin::stream",
            seconds = self.began.elapsed().as_secs(),
            told = self.told,
            "a stream ended"
        );
    }
}

/// News as they stand in the stream, which has now told everything up to `position`.
fn written(news: &News, position: u64) -> String {
    match news {
        News::Changed(changed) => {
            changed
                .iter()
                .fold(String::new(), |mut text, (position, number)| {
                    let _ = write!(
                        text,
                        "id: {position}\nevent: case\n\
                         data: {{\"position\":{position},\"number\":\"{number}\"}}\n\n"
                    );
                    text
                })
        }
        News::Lists => {
            format!("id: {position}\nevent: list\ndata: {{\"position\":{position}}}\n\n")
        }
        News::Missed => {
            format!("id: {position}\nevent: reset\ndata: {{\"position\":{position}}}\n\n")
        }
        // An id without data is remembered and no event: coming back need not pass again what was
        // not this stream's.
        News::Quiet => format!(":\nid: {position}\n\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_are_written_as_browsers_read_them() {
        let date = domain::time::CityTime::china()
            .civil(domain::time::Timestamp::from_millis(1_795_223_100_000))
            .date;
        let number = domain::reference::CaseNumber::new(date, 7);
        let text = written(&News::Changed(vec![(4, number), (6, number)]), 6);
        assert_eq!(
            text,
            format!(
                "id: 4\nevent: case\ndata: {{\"position\":4,\"number\":\"{number}\"}}\n\n\
                 id: 6\nevent: case\ndata: {{\"position\":6,\"number\":\"{number}\"}}\n\n"
            )
        );
        assert_eq!(
            written(&News::Missed, 9),
            "id: 9\nevent: reset\ndata: {\"position\":9}\n\n"
        );
        assert_eq!(written(&News::Quiet, 9), ":\nid: 9\n\n");
    }
}
