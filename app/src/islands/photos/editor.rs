//! The editor below a photo: a frame is laid on the picture, by finger, mouse or four sliders,
//! and what it holds is covered or kept.

use std::rc::Rc;

use leptos::{
    wasm_bindgen::JsCast,
    web_sys::{Element, Event, HtmlElement, HtmlInputElement, PointerEvent},
};

use super::{
    canvas::Change,
    desk::Desk,
    frame::{Grip, Point, Side},
    shots::{Names, opener_of, press},
    state::{Photo, State},
};
use crate::islands::dom;

/// How close to a corner of the frame a finger is on it, in pixels of the screen.
const NEAR: f64 = 24.0;

/// The sides of the frame, as the sliders set them.
const SIDES: [Side; 4] = [Side::Left, Side::Top, Side::Width, Side::Height];
/// What each is called in a style.
const STYLES: [&str; 4] = ["left", "top", "width", "height"];

/// The editor of one photo.
pub(super) struct Editor {
    group: Element,
    picture: Element,
    frame: HtmlElement,
    sliders: Vec<HtmlInputElement>,
    undo: Element,
    names: Names,
}

impl Editor {
    pub(super) fn new(desk: &Rc<Desk>, state: &State, id: u32) -> Option<Self> {
        let words = &state.words;
        let mut names = Names::default();
        let group = dom::make("div", "cover", "")?;
        dom::set(&group, "role", Some("group"));
        let stage = dom::make("div", "stage", "")?;
        let picture = dom::make("img", "", "")?;
        dom::set(&picture, "draggable", Some("false"));
        let frame = dom::make("div", "frame", "")?;
        dom::put(&stage, Some(picture.clone()));
        dom::put(&stage, Some(frame.clone()));
        follow(desk, &stage);
        let rows = dom::make("div", "sliders", "")?;
        let mut sliders = Vec::new();
        let labels = [&words.left, &words.top, &words.width, &words.height];
        for (side, label) in SIDES.into_iter().zip(labels) {
            let (row, slider) = slider(desk, side, label)?;
            dom::put(&rows, Some(row));
            sliders.push(slider);
        }
        let buttons = dom::make("div", "btns", "")?;
        let cover = press(desk, move |desk| desk.ask_framed(id, Change::Cover));
        dom::put(&buttons, names.button(&words.cover, cover));
        let keep = press(desk, move |desk| desk.ask_framed(id, Change::Keep));
        dom::put(&buttons, names.button(&words.keep, keep));
        let undo = dom::button(&words.undo, press(desk, move |desk| desk.undo(id)))?;
        dom::put(&buttons, Some(undo.clone()));
        let opener = opener_of(state, id);
        let done = press(desk, move |desk| {
            desk.edit(id);
            // The button that was pressed goes: on with the one that opened the editor.
            dom::focus(&opener);
        });
        let done = dom::button(&words.done, done)?;
        done.set_class_name("btn");
        dom::put(&buttons, Some(done));
        let hint = dom::make("p", "hint", &words.hint);
        for part in [hint, Some(stage), Some(rows), Some(buttons)] {
            dom::put(&group, part);
        }
        Some(Self {
            group,
            picture,
            frame: frame.dyn_into().ok()?,
            sliders,
            undo,
            names,
        })
    }

    /// Where all of it is.
    pub(super) const fn place(&self) -> &Element {
        &self.group
    }

    /// Shows the photo and the frame as they are now.
    pub(super) fn draw(&self, state: &State, photo: &Photo, name: &str) {
        dom::set(&self.group, "aria-label", Some(name));
        dom::set(&self.picture, "src", Some(&photo.full));
        dom::set(&self.picture, "alt", Some(name));
        self.names.say(name);
        let style = self.frame.style();
        for ((side, slider), rule) in SIDES.into_iter().zip(&self.sliders).zip(STYLES) {
            let value = state.frame.get(side).to_string();
            let percent = format!("{value}%");
            // Both are plain: they are taken as they are.
            let _ = style.set_property(rule, &percent);
            dom::set(slider, "aria-valuetext", Some(&percent));
            if slider.value() != value {
                slider.set_value(&value);
            }
        }
        // Never disabled while it has the focus: that would throw the focus away.
        let idle = (photo.looks.len() <= 1).then_some("true");
        dom::set(&self.undo, "aria-disabled", idle);
    }
}

fn slider(desk: &Rc<Desk>, side: Side, label: &str) -> Option<(Element, HtmlInputElement)> {
    let row = dom::make("label", "", "")?;
    let slider = dom::make("input", "", "")?;
    let (least, most) = side.range();
    dom::set(&slider, "type", Some("range"));
    dom::set(&slider, "min", Some(&least.to_string()));
    dom::set(&slider, "max", Some(&most.to_string()));
    dom::put(&row, dom::make("span", "", label));
    dom::put(&row, Some(slider.clone()));
    let desk = Rc::clone(desk);
    dom::on(&slider, "input", move |event| {
        let moved = event.target().and_then(|it| it.dyn_into().ok());
        let value = moved.and_then(|slider: HtmlInputElement| slider.value().parse().ok());
        if let Some(value) = value {
            let frame = desk.now(|state| state.frame);
            desk.lay(frame.with(side, value));
        }
    });
    Some((row, slider.dyn_into().ok()?))
}

/// Lets a finger draw and drag the frame.
fn follow(desk: &Rc<Desk>, stage: &Element) {
    let me = Rc::clone(desk);
    dom::on(stage, "pointerdown", move |event| take(&me, event));
    let me = Rc::clone(desk);
    dom::on(stage, "pointermove", move |event| drag(&me, event));
    for end in ["pointerup", "pointercancel"] {
        let me = Rc::clone(desk);
        dom::on(stage, end, move |_| me.hold(None));
    }
}

/// Where a finger is on the picture, and how much of it `NEAR` is, in percent.
fn place(event: &PointerEvent) -> Option<(Element, Point, Point)> {
    let stage: Element = event.current_target()?.dyn_into().ok()?;
    let shown = stage.get_bounding_client_rect();
    if shown.width() <= 0.0 || shown.height() <= 0.0 {
        return None;
    }
    let at = Point {
        x: (f64::from(event.client_x()) - shown.left()) / shown.width() * 100.0,
        y: (f64::from(event.client_y()) - shown.top()) / shown.height() * 100.0,
    };
    let near = Point {
        x: NEAR / shown.width() * 100.0,
        y: NEAR / shown.height() * 100.0,
    };
    Some((stage, at, near))
}

fn take(desk: &Rc<Desk>, event: &Event) {
    let Some(event) = event.dyn_ref::<PointerEvent>() else {
        return;
    };
    let Some((stage, at, near)) = place(event) else {
        return;
    };
    event.prevent_default();
    let _ = stage.set_pointer_capture(event.pointer_id());
    let frame = desk.now(|state| state.frame);
    desk.hold(Some(Grip::take(frame, at, near)));
}

fn drag(desk: &Rc<Desk>, event: &Event) {
    let (held, frame) = desk.now(|state| (state.grip, state.frame));
    let at = event.dyn_ref().and_then(place);
    if let (Some(held), Some((_, at, _))) = (held, at) {
        desk.lay(held.drag(frame, at));
    }
}
