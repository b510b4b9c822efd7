//! What the page shows of the desk: what was refused, what was said, a row for every photo.
//!
//! The rows stay as long as their photos and only what differs is written anew, so that a button
//! keeps the focus and a finger the frame.

use std::rc::Rc;

use leptos::web_sys::Element;

use super::{
    canvas::Change,
    desk::Desk,
    editor::Editor,
    state::{Photo, State},
};
use crate::islands::dom;

/// The place below the input.
pub(super) struct Shots {
    refused: Element,
    said: Element,
    list: Element,
    rows: Vec<Row>,
}

impl Shots {
    /// Makes the empty parts.
    pub(super) fn new(place: &Element) -> Option<Self> {
        let refused = dom::make("div", "", "")?;
        dom::set(&refused, "role", Some("alert"));
        let said = dom::make("p", "shots-said", "")?;
        dom::set(&said, "role", Some("status"));
        let list = dom::make("ul", "", "")?;
        for part in [&refused, &said, &list] {
            dom::put(place, Some(part.clone()));
        }
        Some(Self {
            refused,
            said,
            list,
            rows: Vec::new(),
        })
    }

    /// Shows the desk as it is now.
    pub(super) fn draw(&mut self, desk: &Rc<Desk>, state: &State) {
        if self.refused.text_content() != Some(state.refused.concat()) {
            let lines = state.refused.iter();
            dom::refill(
                &self.refused,
                lines.map(|line| dom::make("p", "error", line)),
            );
        }
        dom::say(&self.said, &state.said);
        self.rows.retain(|row| {
            let stays = state.photo(row.id).is_some();
            if !stays {
                row.item.remove();
            }
            stays
        });
        for photo in &state.photos {
            if self.rows.iter().all(|row| row.id != photo.id)
                && let Some(row) = Row::new(desk, state, photo)
            {
                dom::put(&self.list, Some(row.item.clone()));
                self.rows.push(row);
            }
        }
        for row in &mut self.rows {
            row.draw(desk, state);
        }
    }
}

/// A photo with its buttons, and its editor while that is open.
struct Row {
    id: u32,
    item: Element,
    /// One that cannot be opened here has no picture: it can only be left out.
    picture: Option<Element>,
    title: Element,
    about: Element,
    opener: Option<Element>,
    /// What a photo is called, in its buttons.
    names: Names,
    editor: Option<Editor>,
}

impl Row {
    fn new(desk: &Rc<Desk>, state: &State, photo: &Photo) -> Option<Self> {
        let (id, words) = (photo.id, &state.words);
        let opened = !photo.thumb.is_empty();
        let mut names = Names::default();
        let item = dom::make("li", "", "")?;
        let head = dom::make("div", "shot", "")?;
        let picture = if opened {
            dom::make("img", "", "")
        } else {
            None
        };
        let line = dom::make("p", "", "")?;
        let title = dom::make("b", "", "")?;
        let about = dom::make("small", "", "")?;
        dom::put(&head, picture.clone());
        dom::put(&line, Some(title.clone()));
        // A space is between them, read or seen.
        let _ = line.append_with_str_1(" ");
        dom::put(&line, Some(about.clone()));
        dom::put(&head, Some(line));
        let row = dom::make("div", "btns", "")?;
        let mut opener = None;
        if opened {
            let turn = press(desk, move |desk| desk.ask(id, Change::Turn));
            dom::put(&row, names.button(&words.turn, turn));
            opener = names.button(&words.edit, press(desk, move |desk| desk.edit(id)));
            if let Some(opener) = &opener {
                opener.set_id(&opener_of(state, id));
            }
            dom::put(&row, opener.clone());
        }
        let remove = press(desk, move |desk| desk.remove(id));
        dom::put(&row, names.button(&words.remove, remove));
        dom::put(&item, Some(head));
        dom::put(&item, Some(row));
        Some(Self {
            id,
            item,
            picture,
            title,
            about,
            opener,
            names,
            editor: None,
        })
    }

    fn draw(&mut self, desk: &Rc<Desk>, state: &State) {
        let Some(photo) = state.photo(self.id) else {
            return;
        };
        let name = state.name(self.id);
        if let Some(picture) = &self.picture {
            dom::set(picture, "src", Some(&photo.thumb));
            dom::set(picture, "alt", Some(&name));
        }
        dom::say(&self.title, &name);
        dom::say(&self.about, &state.about(photo));
        self.names.say(&name);
        let open = state.open == Some(self.id);
        if let Some(opener) = &self.opener {
            dom::set(
                opener,
                "aria-expanded",
                Some(if open { "true" } else { "false" }),
            );
        }
        if !open {
            if let Some(editor) = self.editor.take() {
                editor.place().remove();
            }
        } else if self.editor.is_none() {
            self.editor = Editor::new(desk, state, self.id);
            let place = self.editor.as_ref().map(|editor| editor.place().clone());
            dom::put(&self.item, place);
        }
        if let Some(editor) = &self.editor {
            editor.draw(state, photo, &name);
        }
    }
}

/// Id of the button that opens the editor of a photo; a page may have several forms with photos.
pub(super) fn opener_of(state: &State, id: u32) -> String {
    format!("edit-shot-{}-{id}", state.input.id())
}

/// What a press on a button does at the desk.
pub(super) fn press(desk: &Rc<Desk>, act: impl Fn(&Rc<Desk>) + 'static) -> Box<dyn Fn()> {
    let desk = Rc::clone(desk);
    Box::new(move || act(&desk))
}

/// The name of a photo where only a screen reader needs it: it tells a button from its likes.
#[derive(Default)]
pub(super) struct Names(Vec<Element>);

impl Names {
    /// A button about the photo.
    pub(super) fn button(&mut self, text: &str, press: Box<dyn Fn()>) -> Option<Element> {
        let button = dom::button(text, press)?;
        let name = dom::make("span", "unseen", "")?;
        let _ = button.append_with_str_1(" ");
        dom::put(&button, Some(name.clone()));
        self.0.push(name);
        Some(button)
    }

    /// What it is called now.
    pub(super) fn say(&self, name: &str) {
        for place in &self.0 {
            dom::say(place, name);
        }
    }
}
