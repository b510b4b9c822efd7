//! What the parts of one page show of the drafts: the shelf on top, the words below the form.

use std::{cell::RefCell, rc::Rc};

use super::{
    form::Form,
    kept::{Kept, Question, Trouble},
    notice, shelf, tools,
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

/// What this page shows.
#[derive(Default)]
struct Face {
    items: Vec<Item>,
    stage: Stage,
    unopened: bool,
    words: Option<Rc<Speech>>,
}

thread_local! {
    static FACE: RefCell<Face> = RefCell::default();
}

/// The page has the form: its parts say what they have to from now on.
pub fn wake(words: Speech) {
    FACE.with_borrow_mut(|face| face.words = Some(Rc::new(words)));
    turn(Stage::Idle);
    // What is said here is announced only if its place was there before.
    draw();
}

/// What a page with the form says.
pub fn words() -> Option<Rc<Speech>> {
    FACE.with_borrow(|face| face.words.clone())
}

/// What stands below the form now.
pub fn stage() -> Stage {
    FACE.with_borrow(|face| face.stage.clone())
}

/// Lets something else stand below the form.
pub fn turn(stage: Stage) {
    FACE.with_borrow_mut(|face| face.stage = stage.clone());
    if let Some(words) = words() {
        tools::draw(&words.here, &stage);
    }
}

/// Whether the receipt could not be opened; said until something else happens.
pub fn unopened(unopened: bool) {
    FACE.with_borrow_mut(|face| face.unopened = unopened);
    draw();
}

fn draw() {
    let (items, unopened) = FACE.with_borrow(|face| (face.items.clone(), face.unopened));
    match words() {
        Some(words) => shelf::draw(&words, &items, unopened),
        None => notice::draw(&items, unopened),
    }
}

/// Shows these drafts. The one in the form stands there and not on the shelf.
pub fn show(drafts: &[Kept]) {
    let in_form = Form::here().map(|form| form.key());
    let shown = drafts
        .iter()
        .filter(|kept| kept.filed.is_some() || in_form.as_deref() != Some(kept.key.as_str()))
        .map(item)
        .collect::<Vec<_>>();
    let is_new = FACE.with_borrow_mut(|face| {
        let is_new = face.items != shown;
        face.items = shown;
        is_new
    });
    if is_new {
        draw();
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
