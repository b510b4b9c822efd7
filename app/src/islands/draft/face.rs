//! What the parts of one page show of the drafts: the shelf on top, the words below the form.

use std::{cell::RefCell, sync::Arc};

use leptos::prelude::*;

use super::{
    form::Form,
    kept::{Kept, Question, Trouble},
    words::Speech,
};

/// A draft on the shelf.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its key.
    pub key: String,
    /// When it was kept, unix milliseconds.
    pub at: f64,
    /// How it begins.
    pub head: String,
    /// Where it stands.
    pub state: State,
}

/// Where a draft stands.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Kept, not to be sent yet.
    Kept,
    /// Sent as soon as there is a line.
    Waiting,
    /// Filed under this number; nobody has seen the receipt.
    Filed(String),
    /// It waits for its person.
    Stuck(Trouble),
}

/// What stands below the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stage {
    /// The button that keeps.
    #[default]
    Idle,
    /// Kept.
    Kept,
    /// This browser keeps nothing.
    Refused,
    /// It is on its way.
    Sending,
    /// No line: it waits, on the phone.
    Waiting,
    /// No line, and it is only on this page.
    Unkept,
    /// No line, and these questions have no answer yet.
    Missing(Vec<Question>),
    /// What was pressed needs a line.
    NeedsLine,
    /// Danger: call.
    Danger,
    /// All drafts are gone from the phone.
    Wiped,
}

struct Face {
    items: ArcRwSignal<Vec<Item>>,
    stage: ArcRwSignal<Stage>,
    /// The receipt could not be opened; said until something else happens.
    unopened: ArcRwSignal<bool>,
    words: ArcRwSignal<Option<Arc<Speech>>>,
}

thread_local! {
    static FACE: RefCell<Option<Face>> = const { RefCell::new(None) };
}

fn face<T>(look: impl FnOnce(&Face) -> T) -> T {
    FACE.with_borrow_mut(|face| {
        look(face.get_or_insert_with(|| Face {
            items: ArcRwSignal::default(),
            stage: ArcRwSignal::default(),
            unopened: ArcRwSignal::default(),
            words: ArcRwSignal::default(),
        }))
    })
}

/// The drafts on the shelf.
pub fn items() -> ArcRwSignal<Vec<Item>> {
    face(|face| face.items.clone())
}

/// What stands below the form.
pub fn stage() -> ArcRwSignal<Stage> {
    face(|face| face.stage.clone())
}

/// The receipt could not be opened.
pub fn unopened() -> ArcRwSignal<bool> {
    face(|face| face.unopened.clone())
}

/// What a page with the form says; handed over once, to the part below it.
pub fn words() -> ArcRwSignal<Option<Arc<Speech>>> {
    face(|face| face.words.clone())
}

/// Shows these drafts. The one in the form stands there and not on the shelf.
pub fn show(drafts: &[Kept]) {
    let in_form = Form::here().map(|form| form.key());
    let shown = drafts
        .iter()
        .filter(|kept| kept.filed.is_some() || in_form.as_deref() != Some(kept.key.as_str()))
        .map(item)
        .collect();
    let items = items();
    if items.with_untracked(|now: &Vec<Item>| *now != shown) {
        items.set(shown);
    }
}

fn item(kept: &Kept) -> Item {
    const HEAD: usize = 24;
    let state = match (&kept.filed, kept.trouble) {
        (Some(number), _) => State::Filed(number.clone()),
        (None, Some(trouble)) => State::Stuck(trouble),
        (None, None) if kept.wanted => State::Waiting,
        (None, None) => State::Kept,
    };
    let words = kept.told.field("description");
    let mut head: String = words.chars().take(HEAD).collect();
    if words.chars().nth(HEAD).is_some() {
        head.push('…');
    }
    Item {
        key: kept.key.clone(),
        at: kept.at,
        head,
        state,
    }
}
