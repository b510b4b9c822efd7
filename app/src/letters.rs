//! Letters to residents: short, without what a case is about, with the way to look. And the letterbox
//! of a demonstration, into which everybody can look.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use casework::offices::{News, Notice};
use casework::tell::{About, Letter};
use domain::{lang::Lang, time::Timestamp};

use crate::texts::t;

/// Letters a letterbox holds.
const HELD: usize = 50;

/// Which addresses can be written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// A telephone.
    pub phone: bool,
    /// A mail address.
    pub mail: bool,
}

/// A letter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What a mail bears as its subject.
    pub subject: String,
    /// The text, fit for an SMS.
    pub text: String,
}

/// Writes a letter.
#[must_use]
pub fn write(lang: Lang, city: &str, letter: &Letter, base_url: &str, demo: bool) -> Written {
    let number = letter.number.to_string();
    let news = |what: &str| t::letter_news(lang, base_url, &number, what);
    let text = match &letter.about {
        About::Accepted => news(t::letter_accepted(lang)),
        About::Called => news(t::letter_called(lang)),
        About::Asked => news(t::letter_asked(lang)),
        About::Resolved => news(t::letter_resolved(lang)),
        About::Rejected => news(t::letter_rejected(lang)),
        About::Parked => news(t::letter_parked(lang)),
        About::TransferredOut => news(t::letter_transferred(lang)),
        About::AnswerRelayed => news(t::letter_answer_relayed(lang)),
        About::Reopened => news(t::letter_reopened(lang)),
        About::MoreTime => news(t::letter_more_time(lang)),
        About::Answered => news(t::letter_answered(lang)),
        About::Merged => news(t::letter_merged(lang)),
        About::Receipt(code) => t::letter_receipt(lang, base_url, code, &number),
        About::OneTime(code) => t::letter_one_time(lang, code, &number),
    };
    let mut text = format!("{}{text}", t::letter_head(lang, city));
    if demo {
        text.push_str(t::letter_demo(lang));
    }
    Written {
        subject: t::letter_subject(lang, &number),
        text,
    }
}

/// Numbers a notice names of one kind.
const NAMED: usize = 3;

/// Writes a notice to an office: how many and which, and the way to its list.
#[must_use]
pub fn write_notice(
    lang: Lang,
    (city, office): (&str, &str),
    notice: &Notice,
    base_url: &str,
    demo: bool,
) -> String {
    let parts: Vec<String> = notice
        .news
        .iter()
        .map(|(news, numbers)| {
            let count = u64::try_from(numbers.len()).unwrap_or(u64::MAX);
            let named: Vec<String> = numbers.iter().flatten().map(ToString::to_string).collect();
            let shown = named[..named.len().min(NAMED)].join(t::office_and(lang));
            let more = numbers.len() - named.len().min(NAMED);
            let which = if shown.is_empty() {
                String::new()
            } else {
                t::office_which(lang, u64::try_from(more).unwrap_or(u64::MAX), shown)
            };
            match news {
                News::Filed => t::office_filed(lang, count, which),
                News::Called => t::office_called(lang, count, which),
                News::ReturnAsked => t::office_return_asked(lang, count, which),
                News::Soon => t::office_soon(lang, count, which),
                News::Late => t::office_late(lang, count, which),
                News::Urged => t::office_urged(lang, count, which),
                News::Supervised => t::office_supervised(lang, count, which),
                News::Reopened => t::office_reopened(lang, count, which),
                News::CameUp => t::office_came_up(lang, count, which),
                News::ToDecide => t::office_to_decide(lang, count, which),
                News::RatedLow => t::office_rated_low(lang, count, which),
                News::DirectLined => t::office_direct_line(lang, count, which),
                News::DateOver => t::office_date_over(lang, count, which),
            }
        })
        .collect();
    let what = parts.join(t::office_join(lang));
    let mut text = t::letter_head(lang, city);
    text.push_str(&t::office_notice(lang, base_url, office, what));
    if demo {
        text.push_str(t::letter_demo(lang));
    }
    text
}

/// A letter that lies in the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lying {
    /// When it came.
    pub at: Timestamp,
    /// To whom, with most of the address covered.
    pub to: String,
    /// What it says.
    pub text: String,
}

/// The letterbox of a demonstration.
#[derive(Debug, Default)]
pub struct Letterbox(Mutex<VecDeque<Lying>>);

impl Letterbox {
    /// Puts a letter in; the oldest goes when it is full.
    pub fn put(&self, at: Timestamp, letter: &Letter, written: &Written) {
        let address = letter.phone.as_ref().or(letter.email.as_ref());
        let to = address.map(|address| covered(address)).unwrap_or_default();
        let text = written.text.clone();
        self.lay(Lying { at, to, text });
    }

    /// Puts a notice to an office in.
    pub fn put_notice(&self, at: Timestamp, office: String, text: String) {
        self.lay(Lying {
            at,
            to: office,
            text,
        });
    }

    fn lay(&self, lying: Lying) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push_front(lying);
        all.truncate(HELD);
    }

    /// What lies in it, the latest first.
    #[must_use]
    pub fn look(&self) -> Vec<Lying> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().cloned().collect()
    }
}

/// An address with its middle covered: `138****5678`, `l****@example.org`.
fn covered(address: &str) -> String {
    let (name, rest) = match address.split_once('@') {
        Some((name, host)) => (name, format!("@{host}")),
        None => (address, String::new()),
    };
    let letters: Vec<char> = name.chars().collect();
    let (head, tail) = match letters.len() {
        0..=3 => (1.min(letters.len()), 0),
        4..=7 => (1, 1),
        _ => (3, 4),
    };
    let tail = if rest.is_empty() { tail } else { 0 };
    let first: String = letters[..head].iter().collect();
    let last: String = letters[letters.len() - tail..].iter().collect();
    format!("{first}****{last}{rest}")
}

#[cfg(test)]
mod tests {
    use domain::reference::CaseNumber;
    use domain::time::CityTime;

    use super::*;

    fn letter(about: About) -> Letter {
        let date = CityTime::china()
            .civil(Timestamp::from_millis(1_795_223_100_000))
            .date;
        Letter {
            id: "0190".to_owned(),
            number: CaseNumber::new(date, 7),
            about,
            phone: Some("13812345678".to_owned()),
            email: None,
        }
    }

    #[test]
    fn a_letter_fits_an_sms_and_says_where_to_look() {
        for lang in Lang::ALL {
            for about in [
                About::Accepted,
                About::Called,
                About::Asked,
                About::Resolved,
                About::Rejected,
                About::Parked,
                About::TransferredOut,
                About::AnswerRelayed,
                About::Reopened,
                About::Merged,
                About::MoreTime,
                About::Answered,
                About::Receipt("1".repeat(21)),
                About::OneTime("12345678".to_owned()),
            ] {
                let secret = matches!(about, About::OneTime(_));
                let written = write(lang, "龙港", &letter(about), "https://city.example", false);
                // Three parts of an SMS in Chinese.
                let most = if lang == Lang::En { 306 } else { 201 };
                assert!(written.text.chars().count() <= most, "{}", written.text);
                assert!(written.text.contains("261121"), "{}", written.text);
                assert!(secret || written.text.contains("https://city.example/track"));
            }
        }
    }

    #[test]
    fn of_an_address_in_the_letterbox_the_middle_is_covered() {
        assert_eq!(covered("13812345678"), "138****5678");
        assert_eq!(covered("li.na@example.org"), "l****@example.org");
        assert_eq!(covered("ab"), "a****");
        let letterbox = Letterbox::default();
        let written = write(Lang::En, "x", &letter(About::Asked), "", true);
        for _ in 0..60 {
            letterbox.put(Timestamp::from_millis(0), &letter(About::Asked), &written);
        }
        assert_eq!(letterbox.look().len(), HELD);
        assert!(!format!("{:?}", letterbox.look()).contains("13812345678"));
    }
}
