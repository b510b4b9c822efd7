//! The file input of the form, and the files put into it.

use domain::photo::{PhotoKind, TELLING_BYTES};
use leptos::{
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{Blob, DataTransfer, File, FilePropertyBag, HtmlInputElement},
};
use wasm_bindgen_futures::JsFuture;

use crate::islands::dom;

/// Every photo is sent under this name: the one it had may tell who took it, when and where.
const NAME: &str = "photo.jpg";

/// The input with this id.
pub(super) fn input(id: &str) -> Option<HtmlInputElement> {
    dom::by_id(id)
}

/// Whether this browser lets a page put files into an input.
pub(super) fn can_be_put() -> bool {
    let tried = || -> Option<bool> {
        let input: HtmlInputElement = dom::make("input", "", "")?.dyn_into().ok()?;
        input.set_type("file");
        let file = named(&Blob::new().ok()?, "image/jpeg").ok()?;
        Some(put(&input, &[file]))
    };
    tried().unwrap_or(false)
}

/// Puts these files into the input instead of those it has; `false` if it would not take them.
pub(super) fn put(input: &HtmlInputElement, files: &[File]) -> bool {
    let Ok(carrier) = DataTransfer::new() else {
        return false;
    };
    for file in files {
        if carrier.items().add_with_file(file).is_err() {
            return false;
        }
    }
    input.set_files(carrier.files().as_ref());
    listed(input).len() == files.len()
}

/// The files of the input.
pub(super) fn listed(input: &HtmlInputElement) -> Vec<File> {
    let files = input.files();
    files.map_or_else(Vec::new, |files| {
        (0..files.length()).filter_map(|at| files.get(at)).collect()
    })
}

/// How many photos wait on the server for the form of this input.
pub(super) fn staged(input: &HtmlInputElement) -> usize {
    // A photo can be left out by unticking it; where there is nothing to tick, it goes.
    const GOING: &str = "input[name=staged][type=hidden], input[name=staged]:checked";
    input
        .form()
        .and_then(|form| form.query_selector_all(GOING).ok())
        .map_or(0, |found| usize::try_from(found.length()).unwrap_or(0))
}

/// The bytes of a picture as a file without a name of its own.
pub(super) fn named(bytes: &Blob, media_type: &str) -> Result<File, JsValue> {
    let about = FilePropertyBag::new();
    about.set_type(media_type);
    File::new_with_blob_sequence_and_options(&js_sys::Array::of1(bytes), NAME, &about)
}

/// What the server will take a file for.
pub(super) async fn kind(file: &File) -> Option<PhotoKind> {
    let most = i32::try_from(TELLING_BYTES).ok()?;
    let start = file.slice_with_i32_and_i32(0, most).ok()?;
    let start = JsFuture::from(start.array_buffer()).await.ok()?;
    PhotoKind::of(&js_sys::Uint8Array::new(&start).to_vec())
}

/// Bytes of a file.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size is whole and never negative"
)]
pub(super) fn size(file: &Blob) -> u64 {
    file.size() as u64
}
