//! Log lines: one event, one line, on standard error.
//!
//! A line of a request holds its id, method, route, status and time, and nothing a person typed or
//! is: no address, no path as it was asked for, no query. A panic is logged by its place in the
//! code, never by its message, which may quote somebody's words.

use std::io;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

/// The filter of log lines cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("log: {0}")]
pub struct FilterError(String);

/// Starts logging for the whole process, and the hook that logs panics.
///
/// # Errors
/// [`FilterError`] if `filter` is no filter, or logging was started before.
pub fn start(filter: &str, json: bool) -> Result<(), FilterError> {
    let subscriber = subscriber(filter, json, io::stderr)?;
    tracing::subscriber::set_global_default(subscriber)
        .map_err(|error| FilterError(error.to_string()))?;
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map_or_else(String::new, ToString::to_string);
        tracing::error!(target: "huiyin::panic", place, "a panic");
    }));
    Ok(())
}

fn subscriber<W>(
    filter: &str,
    json: bool,
    writer: W,
) -> Result<Box<dyn tracing::Subscriber + Send + Sync>, FilterError>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(filter).map_err(|error| FilterError(error.to_string()))?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_span_events(FmtSpan::NONE)
        .with_writer(writer);
    Ok(if json {
        Box::new(
            lines
                .json()
                .flatten_event(true)
                .with_current_span(false)
                .with_span_list(false)
                .finish(),
        )
    } else {
        Box::new(lines.with_ansi(false).finish())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn one_event_is_one_line_whatever_is_in_it() {
        let kept = Kept::default();
        let writer = kept.clone();
        let subscriber = subscriber("info", true, move || writer.clone()).unwrap();
        let forged = "x\r\n{\"level\":\"ERROR\",\"message\":\"forged\"}\u{2028}\u{85}\u{1b}[31m";
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(target: "huiyin::request", route = forged, "served {forged}");
            tracing::debug!("not asked for");
        });
        let text = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(
            !text.contains('\u{1b}') && !text.trim_end().contains('\r'),
            "{text}"
        );
        let line: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(line["route"], forged);
        assert_eq!(line["level"], "INFO");
    }

    #[test]
    fn a_filter_that_is_none_is_refused() {
        assert!(subscriber("huiyin=loud", true, io::stderr).is_err());
    }
}
