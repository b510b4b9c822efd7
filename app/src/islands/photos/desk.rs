//! The photos of one form: what is chosen, made ready, changed and put back into its file input.
//!
//! Everything runs in one line, a photo at a time, so that an old phone holds one open picture at
//! most. While the line runs the input holds only what is ready, and sending waits for its end:
//! neither a photo as it came nor one that is about to be covered can slip out.

use std::mem;

use domain::{draft::MAX_PHOTOS, photo::MAX_BYTES};
use leptos::{
    ev,
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::{File, HtmlInputElement, SubmitEvent, window},
};

use super::{
    PhotoWords,
    canvas::{self, Change},
    files,
    frame::{Frame, Grip},
    say::{bytes, fill},
    state::{Held, Job, Look, Photo, State, Which},
};

/// The desk of one form: one state, and one bell that rings whenever it changes. A signal for each
/// part would redraw less and weigh several times as much.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    state: StoredValue<State, LocalStorage>,
    changed: Trigger,
}

impl Desk {
    /// The desk of the input with id `field`, where the browser can do all that is needed.
    pub(super) fn wake(field: &str, words: PhotoWords) -> Option<Self> {
        let input = files::input(field)?;
        if !(files::can_be_put() && canvas::tells_the_truth()) {
            return None;
        }
        let desk = Self {
            state: StoredValue::new_local(State::new(words, input)),
            changed: Trigger::new(),
        };
        // The button that shows the photos by way of the server is not needed any more.
        if let Some(look) = files::element(&format!("{field}-look")) {
            let _ = look.set_attribute("hidden", "");
        }
        let field = field.to_owned();
        let handle = window_event_listener(ev::change, move |event| {
            let input = event.target().and_then(|it| it.dyn_into().ok());
            if input.is_some_and(|input: HtmlInputElement| input.id() == field) {
                desk.chosen();
            }
        });
        on_cleanup(move || handle.remove());
        desk.watch_sending();
        // Chosen before this woke, or given back by the browser on a way back.
        desk.chosen();
        Some(desk)
    }

    /// A part of the state; what is drawn with it is drawn again when anything changes.
    fn get<T>(self, part: impl FnOnce(&State) -> T) -> T {
        self.changed.track();
        self.state.with_value(part)
    }

    /// A part of the state, as it is at this moment.
    fn now<T>(self, part: impl FnOnce(&State) -> T) -> T {
        self.state.with_value(part)
    }

    /// Changes the state and has it drawn.
    fn set(self, change: impl FnOnce(&mut State)) {
        self.state.update_value(change);
        self.changed.notify();
    }

    /// Holds the form back while photos are being worked on, before anybody else hears of it.
    fn watch_sending(self) {
        let hear = Closure::<dyn Fn(SubmitEvent)>::new(move |event: SubmitEvent| {
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
        });
        if let Some(document) = window().and_then(|window| window.document()) {
            let _ = document.add_event_listener_with_callback_and_bool(
                "submit",
                hear.into_js_value().unchecked_ref(),
                true,
            );
        }
    }

    /// Does not send, and says so: whoever sends believes that all is as they wanted it.
    fn stop(self) {
        self.set(|state| {
            state.failed = false;
            state.say(|words| &words.stopped, &[]);
        });
        let _ = self.now(|state| state.input.clone()).focus();
    }

    /// Somebody chose files: takes them out of the input and into the line.
    fn chosen(self) {
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

    /// Puts what is ready into the input.
    fn put(self) {
        let (input, ready): (_, Vec<File>) = self.now(|state| {
            let looks = state.photos.iter().filter_map(|photo| photo.looks.last());
            let ready = looks.map(|look| look.file.clone()).collect();
            (state.input.clone(), ready)
        });
        // Some browsers say "change" for this too.
        self.state.update_value(|state| state.putting = true);
        files::put(&input, &ready);
        self.state.update_value(|state| state.putting = false);
    }

    /// Runs the line, unless it runs already.
    fn start(self) {
        let begins = self.now(|state| !state.running && !state.line.is_empty());
        if begins {
            self.state.update_value(|state| state.running = true);
            spawn_local(async move {
                while let Some(job) = self.next() {
                    self.run(job).await;
                }
                self.rest();
            });
        }
    }

    fn next(self) -> Option<Job> {
        self.state.try_update_value(|state| {
            let job = state.line.pop_front();
            state.running = job.is_some();
            job
        })?
    }

    /// The line has ended: what waited for it goes on.
    fn rest(self) {
        let held = self
            .state
            .try_update_value(|state| mem::take(&mut state.held));
        let Some(Held::Sending(by)) = held else {
            return;
        };
        if self.now(|state| !state.refused.is_empty()) {
            self.stop();
        } else if let Some(button) = by {
            button.click();
        }
    }

    async fn run(self, job: Job) {
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

    async fn add(self, file: File) {
        self.set(|state| {
            let place = (state.photos.len() + 1).to_string();
            state.say(|words| &words.working, &[&place]);
        });
        let look = match look(&file, Change::Shrink).await {
            Some(look) => Some(look),
            None => self.as_it_came(&file).await,
        };
        let Some(look) = look else { return };
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
    async fn as_it_came(self, file: &File) -> Option<Look> {
        let Some(kind) = files::kind(file).await else {
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

    async fn change(self, id: u32, change: Change) {
        let source = self.now(|state| {
            let look = state.photo(id)?.looks.last()?;
            Some((look.file.clone(), state.open == Some(id)))
        });
        let Some((source, open)) = source else { return };
        let Some(look) = look(&source, change).await else {
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
    fn with_photo(self, id: u32, said: Which, what: impl FnOnce(&mut Photo)) {
        self.set(|state| {
            if let Some(photo) = state.photos.iter_mut().find(|photo| photo.id == id) {
                what(photo);
                photo.show();
                state.say(said, &[]);
            }
        });
        self.put();
    }

    // ------------------------------------------------------------------ what the page calls

    /// One of the words.
    pub(super) fn word(self, which: Which) -> String {
        self.now(|state| which(&state.words).clone())
    }

    /// What happened last.
    pub(super) fn said(self) -> String {
        self.get(|state| state.said.clone())
    }

    /// What was not taken, a line each.
    pub(super) fn refused(self) -> Vec<String> {
        self.get(|state| state.refused.clone())
    }

    /// The photos in their order.
    pub(super) fn ids(self) -> Vec<u32> {
        self.get(|state| state.photos.iter().map(|photo| photo.id).collect())
    }

    /// The address of the small picture; empty for a photo that cannot be opened.
    pub(super) fn thumb(self, id: u32) -> String {
        self.get(|state| state.photo(id).map(|photo| photo.thumb.clone()))
            .unwrap_or_default()
    }

    /// The address of the large picture.
    pub(super) fn full(self, id: u32) -> String {
        self.get(|state| state.photo(id).map(|photo| photo.full.clone()))
            .unwrap_or_default()
    }

    /// Whether there is a step to take back.
    pub(super) fn is_changed(self, id: u32) -> bool {
        self.get(|state| state.photo(id).is_some_and(|photo| photo.looks.len() > 1))
    }

    /// Whether the editor of a photo is open.
    pub(super) fn is_open(self, id: u32) -> bool {
        self.get(|state| state.open == Some(id))
    }

    /// The frame of the open editor.
    pub(super) fn frame(self) -> Frame {
        self.get(|state| state.frame)
    }

    /// What a photo is called now.
    pub(super) fn name(self, id: u32) -> String {
        self.get(|state| state.name(id))
    }

    /// Bytes of a photo before and after, or that it goes as it came.
    pub(super) fn about(self, id: u32) -> String {
        self.get(|state| {
            let Some(photo) = state.photo(id) else {
                return String::new();
            };
            if photo.thumb.is_empty() {
                return state.words.as_it_came.clone();
            }
            let sizes = [bytes(photo.before), bytes(photo.after())];
            fill(&state.words.size, &sizes.each_ref().map(String::as_str))
        })
    }

    /// Lays the frame.
    pub(super) fn lay(self, frame: Frame) {
        self.set(|state| state.frame = frame);
    }

    /// Takes hold of the frame, or lets it go.
    pub(super) fn hold(self, grip: Option<Grip>) {
        self.state.update_value(|state| state.grip = grip);
    }

    /// How the frame is held.
    pub(super) fn grip(self) -> Option<Grip> {
        self.now(|state| state.grip)
    }

    /// Changes a photo, after what is already in the line.
    pub(super) fn ask(self, id: u32, change: Change) {
        self.queue(Job::Change(id, change));
    }

    /// Does to a photo what the frame says, after what is already in the line.
    pub(super) fn ask_framed(self, id: u32, change: fn(Frame) -> Change) {
        self.ask(id, change(self.now(|state| state.frame)));
    }

    /// Takes the last step back.
    pub(super) fn undo(self, id: u32) {
        self.queue(Job::Undo(id));
    }

    fn queue(self, job: Job) {
        self.set(|state| {
            state.refused.clear();
            state.failed = false;
            state.line.push_back(job);
        });
        self.start();
    }

    /// Opens or closes the editor of a photo; what was before is forgotten then.
    pub(super) fn edit(self, id: u32) {
        self.set(|state| {
            for photo in &mut state.photos {
                photo.looks.drain(..photo.looks.len().saturating_sub(1));
            }
            state.frame = Frame::START;
            state.open = (state.open != Some(id)).then_some(id);
        });
    }

    /// Leaves a photo out.
    pub(super) fn remove(self, id: u32) {
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
