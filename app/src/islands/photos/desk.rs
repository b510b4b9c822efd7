//! The photos of one form: what is chosen, made ready, changed and put back into its file input.
//!
//! Everything runs in one line, a photo at a time, so that an old phone holds one open picture at
//! most. While the line runs the input holds only what is ready, and sending waits for its end:
//! neither a photo as it came nor one that is about to be covered can slip out.

use std::collections::VecDeque;

use domain::{draft::MAX_PHOTOS, photo::MAX_BYTES};
use leptos::{
    ev,
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::{Blob, File, HtmlElement, HtmlInputElement, SubmitEvent, Url, window},
};

use super::{
    canvas::{self, Change},
    files,
    frame::Frame,
    words::{PhotoWords, bytes, fill},
};

/// What the page shows of a photo.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Card {
    pub(super) id: u32,
    /// Bytes when it was chosen.
    before: u64,
    /// Bytes as it is sent.
    after: u64,
    /// Addresses of the small and the large picture; empty for one that cannot be opened.
    pub(super) thumb: String,
    pub(super) full: String,
    /// There is a step to take back.
    pub(super) changed: bool,
}

/// One look of a photo.
struct Look {
    file: File,
    /// `None` for one that cannot be opened here.
    thumb: Option<Blob>,
}

struct Photo {
    card: Card,
    /// The last one is sent; those before it are there to be gone back to.
    looks: Vec<Look>,
}

impl Photo {
    /// Gives the card the addresses of the last look, and those of the one before back.
    fn show(&mut self) {
        self.hide();
        let Some(Look { file, thumb }) = self.looks.last() else {
            return;
        };
        self.card.after = files::size(file);
        self.card.changed = self.looks.len() > 1;
        if let Some(thumb) = thumb {
            self.card.thumb = Url::create_object_url_with_blob(thumb).unwrap_or_default();
            self.card.full = Url::create_object_url_with_blob(file).unwrap_or_default();
        }
    }

    fn hide(&mut self) {
        for address in [&mut self.card.thumb, &mut self.card.full] {
            if !address.is_empty() {
                let _ = Url::revoke_object_url(address);
                address.clear();
            }
        }
    }
}

enum Job {
    Add(File),
    Change(u32, Change),
    Undo(u32),
}

/// What waits for the line to end.
enum Held {
    Nothing,
    /// The form, sent by this button if the browser says which.
    Sending(Option<HtmlElement>),
}

struct Hands {
    input: Option<HtmlInputElement>,
    photos: Vec<Photo>,
    line: VecDeque<Job>,
    running: bool,
    /// The input is being filled by us.
    putting: bool,
    held: Held,
    next: u32,
}

/// The desk of one form.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    words: StoredValue<PhotoWords>,
    hands: StoredValue<Hands, LocalStorage>,
    cards: RwSignal<Vec<Card>>,
    /// What happened last.
    pub(super) said: RwSignal<String>,
    /// What was not taken, a line each.
    pub(super) refused: RwSignal<Vec<String>>,
    /// The photo whose editor is open.
    pub(super) open: RwSignal<Option<u32>>,
    pub(super) frame: RwSignal<Frame>,
}

impl Desk {
    pub(super) fn new(words: PhotoWords) -> Self {
        Self {
            words: StoredValue::new(words),
            hands: StoredValue::new_local(Hands {
                input: None,
                photos: Vec::new(),
                line: VecDeque::new(),
                running: false,
                putting: false,
                held: Held::Nothing,
                next: 0,
            }),
            cards: RwSignal::new(Vec::new()),
            said: RwSignal::new(String::new()),
            refused: RwSignal::new(Vec::new()),
            open: RwSignal::new(None),
            frame: RwSignal::new(Frame::START),
        }
    }

    /// One of the words.
    pub(super) fn word(self, which: impl Fn(&PhotoWords) -> &str) -> String {
        self.words.with_value(|words| which(words).to_owned())
    }

    fn say(self, which: impl Fn(&PhotoWords) -> &str, parts: &[&str]) {
        self.said.set(fill(&self.word(which), parts));
    }

    /// Begins to work, where the browser can do all of it. Else the form stays as it was.
    pub(super) fn wake(self, field: &str) {
        let Some(input) = files::input(field) else {
            return;
        };
        if !(files::can_be_put() && canvas::tells_the_truth()) {
            return;
        }
        // The button that shows the photos by way of the server is not needed any more.
        if let Some(look) = files::element(&format!("{field}-look")) {
            let _ = look.set_attribute("hidden", "");
        }
        self.hands.update_value(|hands| hands.input = Some(input));
        let field = field.to_owned();
        let handle = window_event_listener(ev::change, move |event| {
            let input = event.target().and_then(|it| it.dyn_into().ok());
            if input.is_some_and(|input: HtmlInputElement| input.id() == field) {
                self.chosen();
            }
        });
        on_cleanup(move || handle.remove());
        self.watch_sending();
        // Chosen before this woke, or given back by the browser on a way back.
        self.chosen();
    }

    /// Holds the form back while photos are being worked on, before anybody else hears of it.
    fn watch_sending(self) {
        let held = Closure::<dyn Fn(SubmitEvent)>::new(move |event: SubmitEvent| {
            let ours = self.hands.try_with_value(|hands| {
                let form = hands.input.as_ref().and_then(HtmlInputElement::form);
                let target = event.target();
                hands.running && form.is_some_and(|form| target.as_ref() == Some(form.as_ref()))
            });
            if ours == Some(true) {
                event.prevent_default();
                event.stop_immediate_propagation();
                let by = event.submitter();
                self.hands
                    .update_value(|hands| hands.held = Held::Sending(by));
                self.say(|words| &words.held, &[]);
            }
        });
        if let Some(document) = window().and_then(|window| window.document()) {
            let _ = document.add_event_listener_with_callback_and_bool(
                "submit",
                held.into_js_value().unchecked_ref(),
                true,
            );
        }
    }

    /// Somebody chose files: takes them out of the input and into the line.
    fn chosen(self) {
        let Some(input) = self.input() else { return };
        if self.hands.with_value(|hands| hands.putting) {
            return;
        }
        let mut new = files::listed(&input);
        let taken = files::staged(&input)
            + self.hands.with_value(|hands| {
                let adding = hands.line.iter();
                hands.photos.len() + adding.filter(|job| matches!(job, Job::Add(_))).count()
            });
        self.put();
        let room = MAX_PHOTOS.saturating_sub(taken);
        self.refused.set(Vec::new());
        if new.len() > room {
            new.truncate(room);
            self.refuse(|words| &words.too_many, &MAX_PHOTOS.to_string());
        }
        for file in new {
            self.queue(Job::Add(file));
        }
    }

    fn refuse(self, which: impl Fn(&PhotoWords) -> &str, about: &str) {
        let line = fill(&self.word(which), &[about]);
        self.refused.update(|lines| lines.push(line));
    }

    fn input(self) -> Option<HtmlInputElement> {
        self.hands.with_value(|hands| hands.input.clone())
    }

    /// Puts what is ready into the input.
    fn put(self) {
        let Some(input) = self.input() else { return };
        let ready: Vec<File> = self.hands.with_value(|hands| {
            let looks = hands.photos.iter().filter_map(|photo| photo.looks.last());
            looks.map(|look| look.file.clone()).collect()
        });
        // Some browsers say "change" for this too.
        self.hands.update_value(|hands| hands.putting = true);
        files::put(&input, &ready);
        self.hands.update_value(|hands| hands.putting = false);
    }

    fn queue(self, job: Job) {
        let idle = self.hands.try_update_value(|hands| {
            hands.line.push_back(job);
            !std::mem::replace(&mut hands.running, true)
        });
        if idle == Some(true) {
            spawn_local(async move {
                while let Some(job) = self.next() {
                    self.run(job).await;
                }
                self.rest();
            });
        }
    }

    fn next(self) -> Option<Job> {
        self.hands.try_update_value(|hands| {
            let job = hands.line.pop_front();
            hands.running = job.is_some();
            job
        })?
    }

    /// The line has ended: what waited for it goes on.
    fn rest(self) {
        let held = self
            .hands
            .try_update_value(|hands| std::mem::replace(&mut hands.held, Held::Nothing));
        let Some(Held::Sending(by)) = held else {
            return;
        };
        if self.refused.with_untracked(|lines| !lines.is_empty()) {
            // Whoever sends believes that all photos are there.
            self.say(|words| &words.stopped, &[]);
            if let Some(input) = self.input() {
                let _ = input.focus();
            }
        } else if let Some(button) = by {
            button.click();
        }
    }

    async fn run(self, job: Job) {
        match job {
            Job::Add(file) => self.add(file).await,
            Job::Change(id, change) => self.change(id, change).await,
            Job::Undo(id) => {
                self.with_photo(id, |photo| {
                    if photo.looks.len() > 1 {
                        photo.looks.pop();
                    }
                });
                self.say(|words| &words.undone, &[]);
            }
        }
    }

    async fn add(self, file: File) {
        let id = self.hands.with_value(|hands| hands.next);
        let place = self.hands.with_value(|hands| hands.photos.len()) + 1;
        self.say(|words| &words.working, &[&place.to_string()]);
        let look = match look(&file, Change::Shrink).await {
            Some(look) => look,
            None => match self.as_it_came(&file).await {
                Some(look) => look,
                None => return,
            },
        };
        self.hands.update_value(|hands| {
            hands.next += 1;
            hands.photos.push(Photo {
                card: Card {
                    id,
                    before: files::size(&file),
                    ..Card::default()
                },
                looks: vec![look],
            });
        });
        self.with_photo(id, |_| ());
        self.say_ready();
    }

    /// A photo that this browser cannot open, if the server may.
    async fn as_it_came(self, file: &File) -> Option<Look> {
        let Some(kind) = files::kind(file).await else {
            self.refuse(|words| &words.unread, &file.name());
            self.said.set(String::new());
            return None;
        };
        if files::size(file) > u64::try_from(MAX_BYTES).unwrap_or(u64::MAX) {
            self.refuse(|words| &words.heavy, &file.name());
            self.said.set(String::new());
            return None;
        }
        let file = files::named(file, kind.media_type()).ok()?;
        Some(Look { file, thumb: None })
    }

    async fn change(self, id: u32, change: Change) {
        let source = self.hands.with_value(|hands| {
            let photo = hands.photos.iter().find(|photo| photo.card.id == id)?;
            photo.looks.last().map(|look| look.file.clone())
        });
        let Some(source) = source else { return };
        let Some(look) = look(&source, change).await else {
            // Nobody may go on believing that a face is covered.
            self.refuse(|words| &words.failed, &self.name(id));
            return;
        };
        let open = self.open.get_untracked() == Some(id);
        self.with_photo(id, |photo| {
            photo.looks.push(look);
            if !open {
                photo.looks.drain(..photo.looks.len() - 1);
            }
        });
        match change {
            Change::Cover(_) => self.say(|words| &words.covered, &[]),
            Change::Turn => {
                self.frame.set(Frame::START);
                self.say(|words| &words.turned, &[]);
            }
            _ => {
                self.frame.set(Frame::START);
                self.say(|words| &words.kept, &[]);
            }
        }
    }

    /// Changes a photo, shows it, and puts it into the input.
    fn with_photo(self, id: u32, what: impl FnOnce(&mut Photo)) {
        self.hands.update_value(|hands| {
            if let Some(photo) = hands.photos.iter_mut().find(|photo| photo.card.id == id) {
                what(photo);
                photo.show();
            }
        });
        self.put();
        self.show();
    }

    fn show(self) {
        let cards = self.hands.with_value(|hands| {
            let cards = hands.photos.iter().map(|photo| photo.card.clone());
            cards.collect()
        });
        self.cards.set(cards);
    }

    fn say_ready(self) {
        let (count, before, after, opened) = self.cards.with_untracked(|cards| {
            (
                cards.len(),
                cards.iter().map(|card| card.before).sum(),
                cards.iter().map(|card| card.after).sum(),
                cards.iter().all(|card| !card.thumb.is_empty()),
            )
        });
        let parts = [count.to_string(), bytes(before), bytes(after)];
        let parts = parts.each_ref().map(String::as_str);
        if opened {
            self.say(|words| &words.ready, &parts);
        } else {
            self.say(|words| &words.ready_as_is, &parts);
        }
    }

    // ------------------------------------------------------------------ what the page calls

    /// The photos in their order.
    pub(super) fn ids(self) -> Vec<u32> {
        self.cards
            .with(|cards| cards.iter().map(|card| card.id).collect())
    }

    /// What is shown of a photo now.
    pub(super) fn card(self, id: u32) -> Card {
        let found = |cards: &Vec<Card>| cards.iter().find(|card| card.id == id).cloned();
        self.cards.with(found).unwrap_or_default()
    }

    /// What a photo is called now.
    pub(super) fn name(self, id: u32) -> String {
        let place = self
            .cards
            .with(|cards| cards.iter().position(|card| card.id == id));
        let number = place.map_or(0, |place| place + 1).to_string();
        fill(&self.word(|words| &words.name), &[&number])
    }

    /// Bytes of a photo before and after, or that it goes as it came.
    pub(super) fn about(self, id: u32) -> String {
        let card = self.card(id);
        if card.thumb.is_empty() {
            return self.word(|words| &words.as_it_came);
        }
        let sizes = [bytes(card.before), bytes(card.after)];
        fill(
            &self.word(|words| &words.size),
            &sizes.each_ref().map(String::as_str),
        )
    }

    /// Changes a photo, after what is already in the line.
    pub(super) fn ask(self, id: u32, change: Change) {
        self.refused.set(Vec::new());
        self.queue(Job::Change(id, change));
    }

    /// Takes the last step back.
    pub(super) fn undo(self, id: u32) {
        self.queue(Job::Undo(id));
    }

    /// Opens or closes the editor of a photo; what was before is forgotten then.
    pub(super) fn edit(self, id: u32) {
        let was = self.open.get_untracked();
        if let Some(was) = was {
            self.with_photo(was, |photo| {
                photo.looks.drain(..photo.looks.len().saturating_sub(1));
            });
        }
        self.frame.set(Frame::START);
        self.open.set((was != Some(id)).then_some(id));
    }

    /// Leaves a photo out.
    pub(super) fn remove(self, id: u32) {
        let name = self.name(id);
        if self.open.get_untracked() == Some(id) {
            self.open.set(None);
        }
        self.hands.update_value(|hands| {
            for photo in &mut hands.photos {
                if photo.card.id == id {
                    photo.hide();
                }
            }
            hands.photos.retain(|photo| photo.card.id != id);
        });
        self.put();
        self.show();
        self.say(|words| &words.removed, &[&name]);
        if let Some(input) = self.input() {
            let _ = input.focus();
        }
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
