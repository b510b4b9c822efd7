//! What the desk knows: the photos with their looks, what is still to be done, what was said.

use std::{collections::VecDeque, mem};

use leptos::web_sys::{Blob, File, HtmlElement, HtmlInputElement, Url};

use super::{
    PhotoWords,
    canvas::Change,
    files,
    frame::{Frame, Grip},
    say::{bytes, fill},
};

/// One of the words.
pub(super) type Which = fn(&PhotoWords) -> &String;

/// One look of a photo.
pub(super) struct Look {
    pub(super) file: File,
    /// `None` for one that cannot be opened here.
    pub(super) thumb: Option<Blob>,
}

#[derive(Default)]
pub(super) struct Photo {
    pub(super) id: u32,
    /// Bytes when it was chosen.
    pub(super) before: u64,
    /// The last one is sent; those before it are there to be gone back to.
    pub(super) looks: Vec<Look>,
    /// Addresses of the small and the large picture; empty for one that cannot be opened.
    pub(super) thumb: String,
    pub(super) full: String,
}

impl Photo {
    /// Bytes as it is sent.
    pub(super) fn after(&self) -> u64 {
        self.looks.last().map_or(0, |look| files::size(&look.file))
    }

    /// Gives the last look addresses, and those of the one before back.
    pub(super) fn show(&mut self) {
        self.hide();
        if let Some(Look {
            file,
            thumb: Some(thumb),
        }) = self.looks.last()
        {
            self.thumb = Url::create_object_url_with_blob(thumb).unwrap_or_default();
            self.full = Url::create_object_url_with_blob(file).unwrap_or_default();
        }
    }

    pub(super) fn hide(&mut self) {
        for address in [&mut self.thumb, &mut self.full] {
            if !address.is_empty() {
                let _ = Url::revoke_object_url(&mem::take(address));
            }
        }
    }
}

pub(super) enum Job {
    Add(File),
    Change(u32, Change),
    Undo(u32),
}

/// What waits for the line to end.
#[derive(Default)]
pub(super) enum Held {
    #[default]
    Nothing,
    /// The form, sent by this button if the browser says which.
    Sending(Option<HtmlElement>),
}

/// All that the desk knows. The browser's own things cannot be handed to others: it stays here.
pub(super) struct State {
    pub(super) words: PhotoWords,
    pub(super) input: HtmlInputElement,
    pub(super) photos: Vec<Photo>,
    pub(super) line: VecDeque<Job>,
    pub(super) running: bool,
    /// The input is being filled by us.
    pub(super) putting: bool,
    pub(super) held: Held,
    /// A change failed, and nobody has been stopped for it yet.
    pub(super) failed: bool,
    pub(super) next: u32,
    /// How often all photos were left out at once.
    pub(super) round: u32,
    pub(super) said: String,
    pub(super) refused: Vec<String>,
    pub(super) open: Option<u32>,
    pub(super) frame: Frame,
    pub(super) grip: Option<Grip>,
}

impl State {
    pub(super) fn new(words: PhotoWords, input: HtmlInputElement) -> Self {
        Self {
            words,
            input,
            photos: Vec::new(),
            line: VecDeque::new(),
            running: false,
            putting: false,
            held: Held::Nothing,
            failed: false,
            next: 0,
            round: 0,
            said: String::new(),
            refused: Vec::new(),
            open: None,
            frame: Frame::START,
            grip: None,
        }
    }

    pub(super) fn photo(&self, id: u32) -> Option<&Photo> {
        self.photos.iter().find(|photo| photo.id == id)
    }

    /// How many photos the form has: here, on their way here, and on the server.
    pub(super) fn taken(&self) -> usize {
        let adding = self.line.iter().filter(|job| matches!(job, Job::Add(_)));
        self.photos.len() + adding.count() + files::staged(&self.input)
    }

    pub(super) fn name(&self, id: u32) -> String {
        let place = self.photos.iter().position(|photo| photo.id == id);
        fill(
            &self.words.name,
            &[&place.map_or(0, |at| at + 1).to_string()],
        )
    }

    /// Bytes of a photo before and after, or that it goes as it came.
    pub(super) fn about(&self, photo: &Photo) -> String {
        if photo.thumb.is_empty() {
            return self.words.as_it_came.clone();
        }
        let sizes = [bytes(photo.before), bytes(photo.after())];
        fill(&self.words.size, &sizes.each_ref().map(String::as_str))
    }

    pub(super) fn refuse(&mut self, which: Which, about: &str) {
        self.refused.push(fill(which(&self.words), &[about]));
        self.said.clear();
    }

    pub(super) fn say(&mut self, which: Which, parts: &[&str]) {
        self.said = fill(which(&self.words), parts);
    }

    pub(super) fn say_ready(&mut self) {
        let before = self.photos.iter().map(|photo| photo.before).sum();
        let after = self.photos.iter().map(Photo::after).sum();
        let opened = self.photos.iter().all(|photo| !photo.thumb.is_empty());
        let parts = [self.photos.len().to_string(), bytes(before), bytes(after)];
        let parts = parts.each_ref().map(String::as_str);
        if opened {
            self.say(|words| &words.ready, &parts);
        } else {
            self.say(|words| &words.ready_as_is, &parts);
        }
    }
}
