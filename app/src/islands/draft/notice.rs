//! What a page without the form says of the drafts on this phone.

use std::cell::RefCell;

use leptos::web_sys::Element;

use super::{
    chest,
    face::{self, Item, State},
    kept::Kept,
    post::FORM,
    sender,
    shelf::{parts, receipt_button, state_text},
    words::AnywhereWords,
};
use crate::islands::{dom, net::sleep};

/// The notice on top of this page, and its words: they lay beside the draft.
struct Notice {
    place: Element,
    words: AnywhereWords,
}

thread_local! {
    static NOTICE: RefCell<Option<Notice>> = const { RefCell::new(None) };
}

/// Shows a notice, if there is something on the phone.
pub async fn look() {
    let drafts = chest::all().await.unwrap_or_default();
    if let Some(kept) = drafts.iter().rev().find(|kept| !kept.words.is_empty()) {
        NOTICE.set(put(kept));
        // What is said is announced only if its place was there before.
        sleep(0).await;
        face::show(&drafts);
    }
}

fn put(kept: &Kept) -> Option<Notice> {
    // A list of another length, kept by another release, says nothing.
    let words = AnywhereWords::read(&kept.words)?;
    let place = dom::make("div", "drafts", "")?;
    dom::set(&place, "lang", Some(&kept.lang));
    parts(&place)?;
    let main = dom::first::<Element>("main")?;
    main.prepend_with_node_1(&place).ok()?;
    Some(Notice { place, words })
}

/// Says how these drafts stand. One that only lies there is not this page's business.
pub fn draw(items: &[Item], unopened: bool) {
    NOTICE.with_borrow(|notice| {
        if let Some(notice) = notice {
            notice.draw(items, unopened);
        }
    });
}

impl Notice {
    fn draw(&self, items: &[Item], unopened: bool) {
        let Some((line, rest)) = parts(&self.place) else {
            return;
        };
        let shown: Vec<&Item> = items.iter().filter(|item| is_worth(item)).collect();
        let mut said: Vec<String> = shown
            .iter()
            .map(|item| state_text(&self.words, &item.state))
            .collect();
        said.dedup();
        if unopened {
            said.push(self.words.unopened.clone());
        }
        dom::say(&line, &said.join(" "));
        dom::refill(&rest, [self.buttons(&shown)]);
    }

    fn buttons(&self, shown: &[&Item]) -> Option<Element> {
        let is_filed = |item: &&&Item| matches!(item.state, State::Filed(_));
        let row = (!shown.is_empty()).then(|| dom::make("div", "btns", ""))??;
        if let Some(filed) = shown.iter().find(is_filed) {
            dom::put(&row, receipt_button(&self.words, &filed.key));
        }
        if !shown.iter().all(|item| is_filed(&item)) {
            let link = dom::make("a", "", &self.words.form)?;
            dom::set(&link, "href", Some(FORM));
            link.set_id("drafts-form");
            dom::put(&row, Some(link));
        }
        Some(row)
    }
}

fn is_worth(item: &Item) -> bool {
    match item.state {
        State::Kept => false,
        // Beside a receipt only another receipt matters.
        State::Waiting => !sender::on_receipt(),
        State::Filed(_) | State::Stuck(_) => true,
    }
}
