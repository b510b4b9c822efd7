//! Words and buttons below the form.

use std::cell::Cell;

use leptos::web_sys::Element;

use super::{acts, face::Stage, form::Form, shelf::parts, words::DraftWords};
use crate::islands::dom;

/// Id of the place below the form.
pub const PLACE: &str = "draft-tools";
/// Id of what is said there.
pub const SAID: &str = "draft-said";

/// Which buttons there are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Buttons {
    None,
    Keep,
    Wait,
}

thread_local! {
    /// The buttons that are there now: the one that was pressed stays, and keeps the focus.
    static THERE: Cell<Buttons> = const { Cell::new(Buttons::None) };
}

/// Shows how it stands with the form.
pub fn draw(words: &DraftWords, stage: &Stage) {
    let Some((line, row)) = dom::by_id(PLACE).and_then(|place| parts(&place)) else {
        return;
    };
    line.set_id(SAID);
    dom::set(&line, "tabindex", Some("-1"));
    dom::say(&line, &said(words, stage));
    let buttons = match stage {
        Stage::Sending => Buttons::None,
        Stage::Waiting => Buttons::Wait,
        _ => Buttons::Keep,
    };
    if THERE.replace(buttons) != buttons {
        match buttons {
            Buttons::None => dom::refill(&row, []),
            Buttons::Keep => dom::refill(&row, keep(words)),
            Buttons::Wait => {
                dom::refill(&row, [wait(words)]);
                // The form cannot be used while it waits: whoever stood in it stands here now.
                dom::focus(SAID);
            }
        }
    }
}

fn keep(words: &DraftWords) -> [Option<Element>; 2] {
    let button = dom::make("button", "btn quiet", &words.keep);
    let hint = dom::make("p", "hint", &words.keep_hint);
    if let (Some(button), Some(hint)) = (&button, &hint) {
        for (name, value) in [
            ("type", "submit"),
            ("form", "whistle-form"),
            ("name", "act"),
            ("value", "keep"),
            ("aria-describedby", "draft-hint"),
        ] {
            dom::set(button, name, Some(value));
        }
        dom::set(hint, "id", Some("draft-hint"));
    }
    [button, hint]
}

fn wait(words: &DraftWords) -> Option<Element> {
    let row = dom::make("div", "btns", "")?;
    let first = dom::button(&words.try_now, acts::try_now)?;
    first.set_class_name("btn");
    dom::put(&row, Some(first));
    dom::put(&row, dom::button(&words.edit, acts::edit));
    dom::put(&row, dom::button(&words.wipe, acts::wipe));
    Some(row)
}

fn said(words: &DraftWords, stage: &Stage) -> String {
    match stage {
        Stage::Idle => String::new(),
        Stage::Kept => words.kept.clone(),
        Stage::Refused => words.refused.clone(),
        Stage::Sending => words.sending.clone(),
        Stage::Waiting => {
            let contact = Form::here().is_some_and(|form| !form.contact().is_empty());
            let more = if contact {
                words.waiting_contact.as_str()
            } else {
                ""
            };
            words.sentences(&[&words.waiting, more])
        }
        Stage::Unkept => words.unkept.clone(),
        Stage::Missing(questions) => words.missing(questions),
        Stage::NeedsLine => words.needs_line.clone(),
        Stage::Danger => words.call.clone(),
        Stage::Wiped => words.wiped.clone(),
    }
}
