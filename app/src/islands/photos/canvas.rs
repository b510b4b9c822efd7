//! Drawing a picture anew in the browser. What comes off a canvas is pixels and nothing else: no
//! place, no device, no time, and nothing of what was covered.

use leptos::{
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{
        Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, ImageBitmap,
        ImageBitmapOptions, ImageOrientation, Url, window,
    },
};
use wasm_bindgen_futures::JsFuture;

use super::frame::{Area, FULL_SIDE, Frame, THUMB_SIDE, blocks, fit};

/// How good the JPEG is, from 0 to 1.
const QUALITY: f64 = 0.85;
/// How long one picture may take to open, in milliseconds.
const PATIENCE: i32 = 30_000;
/// The lighter and the darker tone of what is covered.
const TONES: [&str; 2] = ["#6b6b6b", "#2b2b2b"];

/// What is done to a picture.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    /// Made small enough to send, and upright.
    Shrink,
    /// Turned by 90 degrees, clockwise.
    Turn,
    /// A part covered for good.
    Cover(Frame),
    /// All but a part cut off.
    Keep(Frame),
}

/// A picture drawn anew, as JPEG.
pub(super) struct Drawn {
    pub(super) full: Blob,
    pub(super) thumb: Blob,
}

/// Opens a picture, changes it and writes it as JPEG; fails if the browser cannot open it.
pub(super) async fn draw(source: &Blob, change: Change) -> Result<Drawn, JsValue> {
    let picture = Picture::open(source).await?;
    let full = picture.paint(change);
    picture.close();
    let full = full?;
    let (width, height) = fit(full.width(), full.height(), THUMB_SIDE);
    let (thumb, brush) = canvas(width, height)?;
    brush.draw_image_with_html_canvas_element_and_dw_and_dh(
        &full,
        0.0,
        0.0,
        f64::from(width),
        f64::from(height),
    )?;
    Ok(Drawn {
        full: jpeg(&full).await?,
        thumb: jpeg(&thumb).await?,
    })
}

/// Whether what is painted on a canvas can be read back: some browsers answer with noise, to
/// hide who they are, and would send noise for a photo.
pub(super) fn tells_the_truth() -> bool {
    let told = || -> Result<Vec<u8>, JsValue> {
        let (_, brush) = canvas(4, 4)?;
        brush.set_fill_style_str("#0cc85a");
        brush.fill_rect(0.0, 0.0, 4.0, 4.0);
        Ok(brush.get_image_data(0.0, 0.0, 4.0, 4.0)?.data().0)
    };
    told().is_ok_and(|pixels| {
        pixels.len() == 64
            && pixels.chunks_exact(4).all(|pixel| {
                pixel
                    .iter()
                    .zip([0x0c_u8, 0xc8, 0x5a, 0xff])
                    .all(|(got, painted)| got.abs_diff(painted) <= 4)
            })
    })
}

/// An opened picture, already upright.
enum Picture {
    Bitmap(ImageBitmap),
    Element(HtmlImageElement),
}

impl Picture {
    async fn open(source: &Blob) -> Result<Self, JsValue> {
        // Off the main thread and freed at once where there is that; not every browser has it.
        match bitmap(source).await {
            Ok(bitmap) => Ok(Self::Bitmap(bitmap)),
            Err(_) => element(source).await.map(Self::Element),
        }
    }

    fn size(&self) -> (u32, u32) {
        match self {
            Self::Bitmap(bitmap) => (bitmap.width(), bitmap.height()),
            Self::Element(image) => (image.natural_width(), image.natural_height()),
        }
    }

    fn paint(&self, change: Change) -> Result<HtmlCanvasElement, JsValue> {
        let (width, height) = self.size();
        if width == 0 || height == 0 {
            return Err(JsValue::NULL);
        }
        let (width, height) = fit(width, height, FULL_SIDE);
        let whole = Area {
            left: 0,
            top: 0,
            width,
            height,
        };
        match change {
            Change::Shrink => self.paint_part(whole, whole).map(|(canvas, _)| canvas),
            Change::Keep(frame) => self
                .paint_part(whole, frame.inside(width, height))
                .map(|(canvas, _)| canvas),
            Change::Cover(frame) => {
                let (canvas, brush) = self.paint_part(whole, whole)?;
                for (block, dark) in blocks(frame.touched(width, height)) {
                    brush.set_fill_style_str(TONES[usize::from(dark)]);
                    brush.fill_rect(
                        f64::from(block.left),
                        f64::from(block.top),
                        f64::from(block.width),
                        f64::from(block.height),
                    );
                }
                Ok(canvas)
            }
            Change::Turn => {
                let (canvas, brush) = canvas(height, width)?;
                brush.translate(f64::from(height), 0.0)?;
                brush.rotate(std::f64::consts::FRAC_PI_2)?;
                self.put(&brush, whole)?;
                Ok(canvas)
            }
        }
    }

    /// Paints `part` of the picture, which as a whole is as large as `whole`.
    fn paint_part(
        &self,
        whole: Area,
        part: Area,
    ) -> Result<(HtmlCanvasElement, CanvasRenderingContext2d), JsValue> {
        let (canvas, brush) = canvas(part.width, part.height)?;
        brush.translate(-f64::from(part.left), -f64::from(part.top))?;
        self.put(&brush, whole)?;
        Ok((canvas, brush))
    }

    fn put(&self, brush: &CanvasRenderingContext2d, whole: Area) -> Result<(), JsValue> {
        let (width, height) = (f64::from(whole.width), f64::from(whole.height));
        match self {
            Self::Bitmap(bitmap) => {
                brush.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height)
            }
            Self::Element(image) => brush
                .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height),
        }
    }

    /// Gives the memory back now: a photo takes some 50 MB once it is open.
    fn close(self) {
        match self {
            Self::Bitmap(bitmap) => bitmap.close(),
            Self::Element(image) => {
                let _ = Url::revoke_object_url(&image.src());
                image.set_src("");
            }
        }
    }
}

async fn bitmap(source: &Blob) -> Result<ImageBitmap, JsValue> {
    let options = ImageBitmapOptions::new();
    options.set_image_orientation(ImageOrientation::FromImage);
    let window = window().ok_or(JsValue::NULL)?;
    let opening =
        window.create_image_bitmap_with_blob_and_image_bitmap_options(source, &options)?;
    soon(opening.unchecked_into()).await?.dyn_into()
}

async fn element(source: &Blob) -> Result<HtmlImageElement, JsValue> {
    let image = HtmlImageElement::new()?;
    let address = Url::create_object_url_with_blob(source)?;
    image.set_src(&address);
    match soon(image.decode().unchecked_into()).await {
        Ok(_) => Ok(image),
        Err(error) => {
            let _ = Url::revoke_object_url(&address);
            Err(error)
        }
    }
}

/// What a promise gives, unless it takes too long: a photo must never hold up a report.
async fn soon(promise: js_sys::Promise) -> Result<JsValue, JsValue> {
    let late = js_sys::Promise::new(&mut |_, reject| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&reject, PATIENCE);
        }
    });
    JsFuture::from(js_sys::Promise::race(&js_sys::Array::of2(&promise, &late))).await
}

/// A white canvas, so that what is transparent does not turn black, and its brush.
fn canvas(
    width: u32,
    height: u32,
) -> Result<(HtmlCanvasElement, CanvasRenderingContext2d), JsValue> {
    let document = window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let brush: CanvasRenderingContext2d = canvas
        .get_context("2d")?
        .ok_or(JsValue::NULL)?
        .unchecked_into();
    brush.set_fill_style_str("#fff");
    brush.fill_rect(0.0, 0.0, f64::from(width), f64::from(height));
    Ok((canvas, brush))
}

/// The canvas as JPEG; it is empty afterwards.
async fn jpeg(canvas: &HtmlCanvasElement) -> Result<Blob, JsValue> {
    let mut refused = Ok(());
    let written = js_sys::Promise::new(&mut |resolve, _| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        refused = canvas.to_blob_with_type_and_encoder_options(
            done.unchecked_ref(),
            "image/jpeg",
            &JsValue::from_f64(QUALITY),
        );
    });
    refused?;
    let blob = soon(written).await;
    canvas.set_width(0);
    let blob: Blob = blob?.dyn_into()?;
    // A browser that cannot write JPEG writes PNG.
    (blob.type_() == "image/jpeg" && blob.size() > 0.0)
        .then_some(blob)
        .ok_or(JsValue::NULL)
}
