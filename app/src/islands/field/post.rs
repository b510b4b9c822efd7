//! One try at sending a step, and what the answer means.

use leptos::{
    wasm_bindgen::JsValue,
    web_sys::{Document, FormData, Node, NodeList, RequestInit, Response, Url},
};

use super::step::Step;
use crate::islands::net::{fetch, parsed};

/// What became of a try.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Done, now or before: the page that says so.
    Done(String),
    /// Nobody is signed in any more, or somebody else is.
    SignedOut,
    /// The case has changed since it was seen.
    Moved(String),
    /// The server said no, and why.
    Refused(String),
    /// Not now.
    Later,
    /// Nobody knows whether it arrived.
    Lost,
}

/// Posts a step as its form would be posted at `now`.
pub async fn post(step: &Step, now: f64) -> Answer {
    let Ok(form) = form_of(step, now) else {
        return Answer::Lost;
    };
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body_opt_form_data(Some(&form));
    match fetch(&step.path, &init).await {
        Ok((response, text)) => judge(&response, &text),
        Err(_) => Answer::Lost,
    }
}

fn form_of(step: &Step, now: f64) -> Result<FormData, JsValue> {
    let form = FormData::new()?;
    for (name, value) in step.told(now) {
        form.append_with_str(&name, &value)?;
    }
    for photo in &step.photos {
        form.append_with_blob_and_filename("photos", photo, "photo")?;
    }
    Ok(form)
}

fn judge(response: &Response, text: &str) -> Answer {
    let url = Url::new(&response.url()).ok();
    let page = parsed(text);
    let ours = |page: &Document| page.query_selector("meta[name=islands]").ok().flatten();
    Judged {
        status: response.status(),
        done: url
            .as_ref()
            .is_some_and(|url| url.search().contains("done=")),
        address: url.map(|url| format!("{}{}", url.pathname(), url.search())),
        ours: page.as_ref().and_then(ours).is_some(),
        whole: text.trim_end().ends_with("</html>"),
        why: page.as_ref().map(why).unwrap_or_default(),
    }
    .answer()
}

/// What a page says is wrong: its mistakes, else what stands above everything else.
fn why(page: &Document) -> String {
    let told = page.query_selector_all("main .summary li").ok();
    let text = |found: Option<Node>| found?.text_content();
    let mut texts: Vec<String> = (0..told.as_ref().map_or(0, NodeList::length))
        .filter_map(|at| text(told.as_ref().and_then(|told| told.item(at))))
        .collect();
    if texts.is_empty() {
        let line = page.query_selector("main .callout p, main h1");
        texts.extend(text(line.ok().flatten().map(Node::from)));
    }
    texts.join(" ")
}

/// What an answer says about itself.
struct Judged {
    status: u16,
    /// It was led on to a page that says what was done.
    done: bool,
    address: Option<String>,
    /// A page of ours, not of a network that wants to be signed in to.
    ours: bool,
    /// A page to its end.
    whole: bool,
    why: String,
}

impl Judged {
    fn answer(self) -> Answer {
        if !(self.ours && self.whole) {
            return Answer::Lost;
        }
        match self.status {
            200 if self.done => Answer::Done(self.address.unwrap_or_default()),
            401 | 403 => Answer::SignedOut,
            // A line that broke in the middle leaves half a form.
            400 | 408 | 429 | 500.. => Answer::Later,
            409 => Answer::Moved(self.why),
            400.. => Answer::Refused(self.why),
            _ => Answer::Lost,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(status: u16) -> Judged {
        Judged {
            status,
            done: false,
            address: Some("/desk/cases/1?done=arrive".to_owned()),
            ours: true,
            whole: true,
            why: "why".to_owned(),
        }
    }

    #[test]
    fn only_the_page_that_says_so_means_that_it_is_done() {
        let done = Judged {
            done: true,
            ..page(200)
        };
        let address = "/desk/cases/1?done=arrive".to_owned();
        assert_eq!(done.answer(), Answer::Done(address));
        assert_eq!(page(200).answer(), Answer::Lost);
        for (ours, whole) in [(false, true), (true, false)] {
            for status in [200, 403, 404] {
                let foreign = Judged {
                    done: true,
                    ours,
                    whole,
                    ..page(status)
                };
                assert_eq!(foreign.answer(), Answer::Lost, "{status}");
            }
        }
    }

    #[test]
    fn a_no_is_told_and_a_crowd_waited_for() {
        for status in [404, 413, 422] {
            assert_eq!(page(status).answer(), Answer::Refused("why".to_owned()));
        }
        for status in [400, 408, 429, 500, 502, 503] {
            assert_eq!(page(status).answer(), Answer::Later, "{status}");
        }
        for status in [401, 403] {
            assert_eq!(page(status).answer(), Answer::SignedOut, "{status}");
        }
        assert_eq!(page(409).answer(), Answer::Moved("why".to_owned()));
    }
}
