//! The editor below a photo: a frame is laid on the picture, by finger, mouse or four sliders,
//! and what it holds is covered or kept.

use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement},
};

use super::{
    PhotoWords, button,
    canvas::Change,
    desk::Desk,
    files,
    frame::{Grip, Point, Side},
};

/// How close to a corner of the frame a finger is on it, in pixels of the screen.
const NEAR: f64 = 24.0;

/// The editor of one photo.
pub(super) fn editor(desk: Desk, id: u32) -> impl IntoView {
    let cover = move || desk.ask_framed(id, Change::Cover);
    let keep = move || desk.ask_framed(id, Change::Keep);
    let done = move || {
        desk.edit(id);
        // The button that was pressed goes: on with the one that opened the editor.
        let opener = files::element(&format!("edit-shot-{id}"));
        if let Some(opener) = opener.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            let _ = opener.focus();
        }
    };
    let percent = move |side: Side| format!("{}%", desk.frame().get(side));
    view! {
        <div class="cover" role="group" aria-label=move || desk.name(id)>
            <p class="hint">{desk.word(|words| &words.hint)}</p>
            <div
                class="stage"
                on:pointerdown=move |event| take(desk, &event)
                on:pointermove=move |event| drag(desk, &event)
                on:pointerup=move |_| desk.hold(None)
                on:pointercancel=move |_| desk.hold(None)
            >
                <img
                    src=move || desk.full(id)
                    alt=move || desk.name(id)
                    draggable="false"
                />
                <div
                    class="frame"
                    style:left=move || percent(Side::Left)
                    style:top=move || percent(Side::Top)
                    style:width=move || percent(Side::Width)
                    style:height=move || percent(Side::Height)
                ></div>
            </div>
            <div class="sliders">
                {slider(desk, Side::Left, |words| &words.left)}
                {slider(desk, Side::Top, |words| &words.top)}
                {slider(desk, Side::Width, |words| &words.width)}
                {slider(desk, Side::Height, |words| &words.height)}
            </div>
            <div class="btns">
                {button(desk, id, |words| &words.cover, cover)}
                {button(desk, id, |words| &words.keep, keep)}
                // Never disabled while it has the focus: that would throw the focus away.
                <button
                    type="button"
                    class="btn quiet"
                    aria-disabled=move || (!desk.is_changed(id)).then_some("true")
                    on:click=move |_| desk.undo(id)
                >
                    {desk.word(|words| &words.undo)}
                </button>
                <button type="button" class="btn" on:click=move |_| done()>
                    {desk.word(|words| &words.done)}
                </button>
            </div>
        </div>
    }
}

fn slider(desk: Desk, side: Side, label: fn(&PhotoWords) -> &String) -> impl IntoView {
    let (least, most) = side.range();
    let value = move || desk.frame().get(side);
    view! {
        <label>
            <span>{desk.word(label)}</span>
            <input
                type="range"
                min=least.to_string()
                max=most.to_string()
                prop:value=move || value().to_string()
                aria-valuetext=move || format!("{}%", value())
                on:input=move |event| {
                    if let Ok(value) = event_target_value(&event).parse() {
                        desk.lay(desk.frame().with(side, value));
                    }
                }
            />
        </label>
    }
}

/// Where a finger is on the picture, and how much of it `NEAR` is, in percent.
fn place(event: &ev::PointerEvent) -> Option<(Element, Point, Point)> {
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

fn take(desk: Desk, event: &ev::PointerEvent) {
    let Some((stage, at, near)) = place(event) else {
        return;
    };
    event.prevent_default();
    let _ = stage.set_pointer_capture(event.pointer_id());
    desk.hold(Some(Grip::take(desk.frame(), at, near)));
}

fn drag(desk: Desk, event: &ev::PointerEvent) {
    let Some(held) = desk.grip() else {
        return;
    };
    if let Some((_, at, _)) = place(event) {
        desk.lay(held.drag(desk.frame(), at));
    }
}
