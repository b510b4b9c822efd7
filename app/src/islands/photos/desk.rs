//! The photos of one form: what is chosen, made ready, changed and put back into its file input.
//!
//! Everything runs in one line, a photo at a time, so that an old phone holds one open picture at
//! most. While the line runs the input holds only what is ready, and sending waits for its end:
//! neither a photo as it came nor one that is about to be covered can slip out.

use std::{cell::RefCell, mem, rc::Rc};

use domain::{draft::MAX_PHOTOS, photo::MAX_BYTES};
use leptos::{
    wasm_bindgen::JsCast,
    web_sys::{Element, File, HtmlElement, HtmlInputElement, SubmitEvent},
};
use wasm_bindgen_futures::spawn_local;

use super::{
    PhotoWords,
    canvas::{self, Change},
    files,
    frame::{Frame, Grip},
    shots::Shots,
    state::{Held, Job, Look, Photo, State, Which},
};
use crate::islands::{BUSY, EMPTIED, dom};

/// The desk of one form: one state, and the page below the input drawn anew whenever it changes.
pub(super) struct Desk {
    state: RefCell<State>,
    shots: RefCell<Shots>,
}

/// Wakes the desk of the input with id `field` in a place of the page, where the browser can do all
/// that is needed.
pub(super) fn wake(field: &str, place: &Element, words: PhotoWords) {
    if !(files::can_be_put() && canvas::tells_the_truth()) {
        return;
    }
    let (Some(input), Some(shots)) = (files::input(field), Shots::new(place)) else {
        return;
    };
    let desk = Rc::new(Desk {
        state: RefCell::new(State::new(words, input)),
        shots: RefCell::new(shots),
    });
    // The button that shows the photos by way of the server is not needed any more.
    if let Some(look) = dom::by_id(&format!("{field}-look")) {
        dom::set(&look, "hidden", Some(""));
    }
    let (field, me) = (field.to_owned(), Rc::clone(&desk));
    dom::listen("change", move |event| {
        let input = event.target().and_then(|it| it.dyn_into().ok());
        if input.is_some_and(|input: HtmlInputElement| input.id() == field) {
            me.chosen();
        }
    });
    let me = Rc::clone(&desk);
    dom::listen(EMPTIED, move |event| {
        let target = event.target();
        if me.now(|state| target.as_ref() == Some(state.input.as_ref())) {
            me.empty();
        }
    });
    let me = Rc::clone(&desk);
    dom::before_others("submit", move |event| {
        if let Some(event) = event.dyn_ref() {
            me.hold_back(event);
        }
    });
    // Chosen before this woke, or given back by the browser on a way back.
    desk.chosen();
}

impl Desk {
    /// A part of the state, as it is at this moment.
    pub(super) fn now<T>(&self, part: impl FnOnce(&State) -> T) -> T {
        part(&self.state.borrow())
    }

    /// Changes the state and has it drawn.
    pub(super) fn set(self: &Rc<Self>, change: impl FnOnce(&mut State)) {
        change(&mut self.state.borrow_mut());
        self.shots.borrow_mut().draw(self, &self.state.borrow());
    }

    /// Holds the form back while photos are being worked on.
    fn hold_back(self: &Rc<Self>, event: &SubmitEvent) {
        let (ours, running, failed) = self.now(|state| {
            let form = state.input.form();
            let ours = form.is_some_and(|form| event.target().as_ref() == Some(form.as_ref()));
            (ours, state.running, state.failed)
        });
        if !ours || !(running || failed) {
            return;
        }
        event.prevent_default();
        event.stop_immediate_propagation();
        if running {
            let by = event.submitter();
            self.set(|state| {
                state.held = Held::Sending(by);
                state.say(|words| &words.held, &[]);
            });
        } else {
            self.stop();
        }
    }

    /// Does not send, and says so: whoever sends believes that all is as they wanted it.
    fn stop(self: &Rc<Self>) {
        self.set(|state| {
            state.failed = false;
            state.say(|words| &words.stopped, &[]);
        });
        let _ = self.now(|state| state.input.clone()).focus();
    }

    /// Somebody chose files: takes them out of the input and into the line.
    fn chosen(self: &Rc<Self>) {
        if self.now(|state| state.putting) {
            return;
        }
        let mut new = files::listed(&self.now(|state| state.input.clone()));
        self.put();
        self.set(|state| {
            state.refused.clear();
            let room = MAX_PHOTOS.saturating_sub(state.taken());
            if new.len() > room {
                new.truncate(room);
                state.refuse(|words| &words.too_many, &MAX_PHOTOS.to_string());
            }
            state.line.extend(new.into_iter().map(Job::Add));
        });
        self.start();
    }

    /// Leaves all photos out: others are about to come.
    fn empty(self: &Rc<Self>) {
        self.set(|state| {
            for photo in &mut state.photos {
                photo.hide();
            }
            state.photos.clear();
            state.line.clear();
            state.open = None;
            state.grip = None;
            state.refused.clear();
            state.said.clear();
            // What was about to be sent was another draft.
            state.held = Held::Nothing;
            state.failed = false;
            state.round += 1;
        });
        self.put();
    }

    /// Puts what is ready into the input.
    fn put(&self) {
        let (input, ready): (_, Vec<File>) = self.now(|state| {
            let looks = state.photos.iter().filter_map(|photo| photo.looks.last());
            let ready = looks.map(|look| look.file.clone()).collect();
            (state.input.clone(), ready)
        });
        // Some browsers say "change" for this too.
        self.state.borrow_mut().putting = true;
        files::put(&input, &ready);
        self.state.borrow_mut().putting = false;
    }

    /// Runs the line, unless it runs already.
    fn start(self: &Rc<Self>) {
        let begins = self.now(|state| !state.running && !state.line.is_empty());
        if begins {
            self.state.borrow_mut().running = true;
            self.mark(true);
            let me = Rc::clone(self);
            spawn_local(async move {
                while let Some(job) = me.next() {
                    me.run(job).await;
                }
                me.rest();
            });
        }
    }

    /// The input says whether photos are on their way into it.
    fn mark(&self, busy: bool) {
        self.now(|state| dom::set(&state.input, BUSY, busy.then_some("")));
    }

    fn next(&self) -> Option<Job> {
        let mut state = self.state.borrow_mut();
        let job = state.line.pop_front();
        state.running = job.is_some();
        job
    }

    /// The line has ended: what waited for it goes on.
    fn rest(self: &Rc<Self>) {
        self.mark(false);
        let held = mem::take(&mut self.state.borrow_mut().held);
        let Held::Sending(by) = held else {
            return;
        };
        if self.now(|state| !state.refused.is_empty()) {
            self.stop();
        } else if let Some(button) = by.or_else(|| self.first_button()) {
            button.click();
        }
    }

    /// What the form is sent by where the browser does not say which button was pressed.
    fn first_button(&self) -> Option<HtmlElement> {
        let form = self.now(|state| state.input.form())?;
        form.query_selector("[type=submit]").ok()??.dyn_into().ok()
    }

    async fn run(self: &Rc<Self>, job: Job) {
        match job {
            Job::Add(file) => self.add(file).await,
            Job::Change(id, change) => self.change(id, change).await,
            Job::Undo(id) => self.with_photo(
                id,
                |words| &words.undone,
                |photo| {
                    if photo.looks.len() > 1 {
                        photo.looks.pop();
                    }
                },
            ),
        }
    }

    async fn add(self: &Rc<Self>, file: File) {
        let round = self.now(|state| state.round);
        self.set(|state| {
            let place = (state.photos.len() + 1).to_string();
            state.say(|words| &words.working, &[&place]);
        });
        let look = match look(&file, Change::Shrink).await {
            Some(look) => Some(look),
            None => self.as_it_came(&file, round).await,
        };
        // All were left out while this one was made ready.
        let Some(look) = look.filter(|_| self.now(|state| state.round == round)) else {
            return;
        };
        self.set(|state| {
            let mut photo = Photo {
                id: state.next,
                before: files::size(&file),
                looks: vec![look],
                ..Photo::default()
            };
            photo.show();
            state.next += 1;
            state.photos.push(photo);
            state.say_ready();
        });
        self.put();
    }

    /// A photo that this browser cannot open, if the server may.
    async fn as_it_came(self: &Rc<Self>, file: &File, round: u32) -> Option<Look> {
        let kind = files::kind(file).await;
        if self.now(|state| state.round != round) {
            return None;
        }
        let Some(kind) = kind else {
            self.set(|state| state.refuse(|words| &words.unread, &file.name()));
            return None;
        };
        if files::size(file) > u64::try_from(MAX_BYTES).unwrap_or(u64::MAX) {
            self.set(|state| state.refuse(|words| &words.heavy, &file.name()));
            return None;
        }
        let file = files::named(file, kind.media_type()).ok()?;
        Some(Look { file, thumb: None })
    }

    async fn change(self: &Rc<Self>, id: u32, change: Change) {
        let source = self.now(|state| {
            let look = state.photo(id)?.looks.last()?;
            Some((look.file.clone(), state.open == Some(id)))
        });
        let Some((source, open)) = source else { return };
        let round = self.now(|state| state.round);
        let drawn = look(&source, change).await;
        if self.now(|state| state.round != round) {
            return;
        }
        let Some(look) = drawn else {
            // Nobody may go on believing that a face is covered.
            self.set(|state| {
                let name = state.name(id);
                state.refuse(|words| &words.failed, &name);
                state.failed = true;
            });
            return;
        };
        let said: Which = match change {
            Change::Cover(_) => |words| &words.covered,
            Change::Turn => |words| &words.turned,
            _ => |words| &words.kept,
        };
        self.with_photo(id, said, |photo| {
            photo.looks.push(look);
            if !open {
                photo.looks.drain(..photo.looks.len() - 1);
            }
        });
        if !matches!(change, Change::Cover(_)) {
            self.set(|state| state.frame = Frame::START);
        }
    }

    /// Changes a photo, shows it, says so, and puts it into the input.
    fn with_photo(self: &Rc<Self>, id: u32, said: Which, what: impl FnOnce(&mut Photo)) {
        self.set(|state| {
            if let Some(photo) = state.photos.iter_mut().find(|photo| photo.id == id) {
                what(photo);
                photo.show();
                state.say(said, &[]);
            }
        });
        self.put();
    }

    /// Lays the frame.
    pub(super) fn lay(self: &Rc<Self>, frame: Frame) {
        self.set(|state| state.frame = frame);
    }

    /// Takes hold of the frame, or lets it go.
    pub(super) fn hold(&self, grip: Option<Grip>) {
        self.state.borrow_mut().grip = grip;
    }

    /// Changes a photo, after what is already in the line.
    pub(super) fn ask(self: &Rc<Self>, id: u32, change: Change) {
        self.queue(Job::Change(id, change));
    }

    /// Does to a photo what the frame says, after what is already in the line.
    pub(super) fn ask_framed(self: &Rc<Self>, id: u32, change: fn(Frame) -> Change) {
        self.ask(id, change(self.now(|state| state.frame)));
    }

    /// Takes the last step back.
    pub(super) fn undo(self: &Rc<Self>, id: u32) {
        self.queue(Job::Undo(id));
    }

    fn queue(self: &Rc<Self>, job: Job) {
        self.set(|state| {
            state.refused.clear();
            state.failed = false;
            state.line.push_back(job);
        });
        self.start();
    }

    /// Opens or closes the editor of a photo; what was before is forgotten then.
    pub(super) fn edit(self: &Rc<Self>, id: u32) {
        self.set(|state| {
            for photo in &mut state.photos {
                photo.looks.drain(..photo.looks.len().saturating_sub(1));
            }
            state.frame = Frame::START;
            state.open = (state.open != Some(id)).then_some(id);
        });
    }

    /// Leaves a photo out.
    pub(super) fn remove(self: &Rc<Self>, id: u32) {
        self.set(|state| {
            let name = state.name(id);
            state.open = state.open.filter(|open| *open != id);
            for photo in state.photos.iter_mut().filter(|photo| photo.id == id) {
                photo.hide();
            }
            state.photos.retain(|photo| photo.id != id);
            state.say(|words| &words.removed, &[&name]);
        });
        self.put();
        let _ = self.now(|state| state.input.clone()).focus();
    }
}

async fn look(source: &File, change: Change) -> Option<Look> {
    let drawn = canvas::draw(source, change).await.ok()?;
    let file = files::named(&drawn.full, "image/jpeg").ok()?;
    Some(Look {
        file,
        thumb: Some(drawn.thumb),
    })
}
