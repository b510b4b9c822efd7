//! One type for each kind of thing that changes in an island.
//!
//! A closure in a view is a type of its own, and everything that draws, wakes and updates it is
//! compiled again for it. Boxed behind one of these it is compiled once for all islands: a browser
//! loads less than half.

use leptos::{ev::MouseEvent, prelude::*};

/// A text that changes.
pub fn text(say: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(say)
}

/// Something that is so or not: hidden, disabled.
pub fn flag(is: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(is)
}

/// A part of the view that changes as a whole.
pub fn part(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    boxed_part(Box::new(draw))
}

fn boxed_part(draw: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || draw()).into_any()
}

/// What happens in the browser once the island is awake, and again when what it read changes.
pub fn effect(run: impl Fn() + 'static) {
    boxed_effect(Box::new(run));
}

fn boxed_effect(run: Box<dyn Fn()>) {
    Effect::new(move |_| run());
}

/// What a button does.
pub fn press(mut act: impl FnMut() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(move |_| act())
}
