//! One try at sending: the form as a browser would post it, and what the answer means.

use leptos::{
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{Document, FormData, HtmlInputElement, RequestInit, Response, Url},
};

use super::kept::Told;
use crate::islands::net::{fetch, parsed};

/// Where the form is posted.
pub const FORM: &str = "/whistle";
/// Where a filing ends.
pub const RECEIPT: &str = "/whistle/receipt";
/// How long to wait where the server does not say, in milliseconds.
const PAUSE: f64 = 10_000.0;

/// What became of a try.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Filed, now or before: the number.
    Receipt(String),
    /// Not now.
    Later {
        /// Milliseconds to wait.
        wait: f64,
        /// The ticket of a crowd.
        ticket: Option<String>,
        /// It is our own page with the form in it.
        ours: bool,
    },
    /// Something else was filed under this key before.
    Arrived,
    /// Something is to be mended.
    Mend,
    /// Nobody knows whether it arrived.
    Lost,
}

/// Name and value of fields that are sent and not kept.
pub type Contact = Vec<(String, String)>;

/// Posts a report under its key. Who sends it said before that nobody is in danger.
pub async fn post(key: &str, told: &Told, contact: &Contact) -> Answer {
    let Ok(form) = form_of(key, told, contact) else {
        return Answer::Lost;
    };
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body_opt_form_data(Some(&form));
    match fetch(FORM, &init).await {
        Ok((response, text)) => judge(&response, &text, key),
        Err(_) => Answer::Lost,
    }
}

/// The number on the receipt that this browser may see now, if there is one.
pub async fn last_receipt() -> Option<String> {
    let (response, text) = fetch(RECEIPT, &RequestInit::new()).await.ok()?;
    let page = parsed(&text)?;
    response.ok().then(|| number_on(&page)).flatten()
}

/// The number on a receipt.
pub fn number_on(page: &Document) -> Option<String> {
    let number = page.query_selector(".ticket b[translate=no]").ok()??;
    number.text_content().map(|text| text.trim().to_owned())
}

/// The fields of a try, in the order of the form: the same every time.
fn pairs<'t>(
    key: &'t str,
    told: &'t Told,
    contact: &'t Contact,
) -> impl Iterator<Item = (&'t str, &'t str)> {
    let fixed = [("act", "file"), ("key", key), ("danger", "no")];
    let typed = told.fields.iter().chain(contact);
    fixed
        .into_iter()
        .chain(typed.map(|(name, value)| (name.as_str(), value.as_str())))
}

fn form_of(key: &str, told: &Told, contact: &Contact) -> Result<FormData, JsValue> {
    let form = FormData::new()?;
    for (name, value) in pairs(key, told, contact) {
        form.append_with_str(name, value)?;
    }
    for photo in &told.photos {
        form.append_with_blob_and_filename("photos", photo, "photo")?;
    }
    Ok(form)
}

fn judge(response: &Response, text: &str, key: &str) -> Answer {
    let path = Url::new(&response.url()).map(|url| url.pathname());
    let page = parsed(text);
    let field = |name: &str| {
        let input = page
            .as_ref()?
            .query_selector(&format!("main input[name={name}]"));
        Some(input.ok()??.dyn_into::<HtmlInputElement>().ok()?.value())
    };
    let seconds = response.headers().get("retry-after").ok().flatten();
    Judged {
        status: response.status(),
        receipt: path.is_ok_and(|path| path == RECEIPT),
        number: page.as_ref().and_then(number_on),
        key: field("key"),
        ticket: field("ticket"),
        seconds: seconds
            .and_then(|text| text.parse::<u32>().ok())
            .map(f64::from),
        whole: text.trim_end().ends_with("</html>"),
    }
    .answer(key)
}

/// What an answer says about itself.
struct Judged {
    status: u16,
    receipt: bool,
    number: Option<String>,
    key: Option<String>,
    ticket: Option<String>,
    seconds: Option<f64>,
    /// A page to its end: over plain http a browser takes what was cut off for an answer.
    whole: bool,
}

impl Judged {
    fn answer(self, key: &str) -> Answer {
        match self.status {
            200 if self.receipt && self.whole => Answer::Receipt(self.number.unwrap_or_default()),
            429 | 500.. => Answer::Later {
                wait: self.seconds.map_or(PAUSE, |seconds| seconds * 1000.0),
                ticket: self.ticket,
                ours: self.key.is_some(),
            },
            // Nothing is filed at an address that is not there: that of the receipt was cut.
            404 => Answer::Lost,
            _ if !self.whole => Answer::Lost,
            422 if self.key.is_some_and(|other| other != key) => Answer::Arrived,
            // The server answers a filing with nothing else of the kind: this is the page of a
            // network that wants to be signed in to.
            200..400 => Answer::Lost,
            _ => Answer::Mend,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(status: u16) -> Judged {
        Judged {
            status,
            receipt: false,
            number: None,
            key: None,
            ticket: None,
            seconds: None,
            whole: true,
        }
    }

    #[test]
    fn what_was_cut_off_is_no_answer() {
        for status in [200, 404, 413, 422] {
            let cut = Judged {
                receipt: true,
                whole: false,
                ..page(status)
            };
            assert_eq!(cut.answer("k"), Answer::Lost, "{status}");
        }
    }

    #[test]
    fn every_try_bears_the_same_key() {
        let told = Told {
            fields: vec![("place".to_owned(), "路口".to_owned())],
            ..Told::default()
        };
        let contact = vec![("phone".to_owned(), "13800000000".to_owned())];
        let tries = [(); 2].map(|()| pairs("k", &told, &contact).collect::<Vec<_>>());
        assert_eq!(tries[0], tries[1]);
        assert!(tries[0].contains(&("key", "k")) && tries[0].contains(&("phone", "13800000000")));
    }

    #[test]
    fn only_the_receipt_says_that_it_is_filed() {
        let receipt = Judged {
            receipt: true,
            number: Some("1".to_owned()),
            ..page(200)
        };
        assert_eq!(receipt.answer("k"), Answer::Receipt("1".to_owned()));
        for status in [200, 204, 302] {
            assert_eq!(page(status).answer("k"), Answer::Lost, "{status}");
        }
    }

    #[test]
    fn a_form_with_another_key_says_that_this_one_was_used() {
        let form = |key: &str| Judged {
            key: Some(key.to_owned()),
            ..page(422)
        };
        assert_eq!(form("k").answer("k"), Answer::Mend);
        assert_eq!(form("other").answer("k"), Answer::Arrived);
        assert_eq!(page(413).answer("k"), Answer::Mend);
    }

    #[test]
    fn who_is_asked_to_wait_waits_and_brings_the_ticket() {
        let crowd = Judged {
            key: Some("k".to_owned()),
            ticket: Some("t".to_owned()),
            seconds: Some(20.0),
            ..page(429)
        };
        let later = Answer::Later {
            wait: 20_000.0,
            ticket: Some("t".to_owned()),
            ours: true,
        };
        assert_eq!(crowd.answer("k"), later);
        let gateway = Answer::Later {
            wait: PAUSE,
            ticket: None,
            ours: false,
        };
        assert_eq!(page(502).answer("k"), gateway);
    }
}
