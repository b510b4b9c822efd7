//! The one gate for photos, whatever door they come in by.
//!
//! Nothing of the upload is kept: the bytes are recognised by their beginning, measured before
//! they are decoded, decoded under a memory limit, turned upright, and written anew as JPEG in two
//! sizes. Positions, owners, embedded thumbnails and whatever hides behind the picture are gone.

use std::{collections::BTreeSet, io::Cursor, sync::Arc};

pub use domain::photo::MAX_BYTES;
use domain::photo::PhotoKind;
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};
use tokio::sync::Semaphore;

/// The longest side of the picture that is kept, in pixels.
pub const FULL_SIDE: u32 = 1600;
/// The longest side of the small picture.
pub const THUMB_SIDE: u32 = 320;
/// The least side of what is left of a picture that is cut: of less nobody sees anything.
pub const LEAST_SIDE: u32 = 64;
/// The most pixels that are decoded.
const MAX_PIXELS: u64 = 40_000_000;
/// The longest side that is decoded.
const MAX_SIDE: u32 = 12_000;
/// The most memory that decoding may take: 40 million pixels of four bytes, and room to work.
const MAX_ALLOC: u64 = 168 * 1024 * 1024;
const QUALITY: u8 = 82;

/// A photo that went through the gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gated {
    /// JPEG, at most [`FULL_SIDE`].
    pub full: Vec<u8>,
    /// JPEG, at most [`THUMB_SIDE`].
    pub thumb: Vec<u8>,
    /// Pixels of `full`.
    pub width: u32,
    /// Pixels of `full`.
    pub height: u32,
}

/// Why a file is no photo for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// Not JPEG, PNG or WebP by its content.
    #[error("not a JPEG, PNG or WebP picture")]
    NotAPicture,
    /// Too many bytes or pixels.
    #[error("the picture is too large")]
    TooLarge,
    /// It begins like a picture and is none.
    #[error("the picture is damaged")]
    Damaged,
    /// What would be left of it is smaller than [`LEAST_SIDE`].
    #[error("what is left of the picture is too small")]
    TooSmall,
    /// Too many pictures are being read; try again.
    #[error("too many pictures are being read")]
    Busy,
}

/// Decodes in a small pool, so that pictures never take the machine from everybody else.
#[derive(Clone, Debug)]
pub struct Gate {
    workers: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Default for Gate {
    fn default() -> Self {
        Self::new(2, 32)
    }
}

impl Gate {
    /// A gate with `workers` decoding at once and at most `waiting` more in line.
    #[must_use]
    pub fn new(workers: usize, waiting: usize) -> Self {
        Self {
            workers: Arc::new(Semaphore::new(workers)),
            waiting: Arc::new(Semaphore::new(workers + waiting)),
        }
    }

    /// Sends an upload through the gate.
    ///
    /// # Errors
    /// [`PhotoError`]; [`PhotoError::Busy`] when the line is full.
    pub async fn pass(&self, bytes: bytes::Bytes) -> Result<Gated, PhotoError> {
        self.draw(move || gate(&bytes)).await
    }

    /// Does something else to a picture, in the same pool.
    ///
    /// # Errors
    /// As [`Gate::pass`].
    pub async fn draw<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PhotoError> + Send + 'static,
    ) -> Result<T, PhotoError> {
        let _place = self.waiting.try_acquire().map_err(|_| PhotoError::Busy)?;
        let worker = Arc::clone(&self.workers).acquire_owned().await;
        let worker = worker.map_err(|_| PhotoError::Busy)?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(worker);
            done
        })
        .await
        .unwrap_or(Err(PhotoError::Damaged))
    }
}

fn recognise(bytes: &[u8]) -> Option<ImageFormat> {
    PhotoKind::of(bytes).map(|kind| match kind {
        PhotoKind::Jpeg => ImageFormat::Jpeg,
        PhotoKind::Png => ImageFormat::Png,
        PhotoKind::WebP => ImageFormat::WebP,
    })
}

/// Where a field begins, in pixels: the `at`-th of the `of` fields of a `side`. Fields are cut so that they
/// meet; the one after the last begins where the photo ends.
fn edge(side: u32, at: u32, of: u32) -> u32 {
    side * at.min(of) / of
}

/// One of our own photos with these fields of a grid filled, as a JPEG. No line of what is covered is
/// left between them.
///
/// # Errors
/// [`PhotoError`].
pub fn cover(
    full: &[u8],
    cells: &BTreeSet<(u32, u32)>,
    (columns, rows): (u32, u32),
) -> Result<Vec<u8>, PhotoError> {
    const FILL: image::Rgb<u8> = image::Rgb([40, 44, 46]);
    let picture = image::load_from_memory_with_format(full, ImageFormat::Jpeg);
    let mut picture = picture.map_err(|error| refuse(&error))?.into_rgb8();
    let (width, height) = picture.dimensions();
    for (column, row) in cells {
        let across = |at| edge(width, at, columns);
        let down = |at| edge(height, at, rows);
        for y in down(*row)..down(row.saturating_add(1)) {
            for x in across(*column)..across(column.saturating_add(1)) {
                picture.put_pixel(x, y, FILL);
            }
        }
    }
    write(&DynamicImage::ImageRgb8(picture))
}

/// One of our own photos cut to a rectangle of fields of a grid, from its first to its last, as a
/// JPEG. Nothing outside of it is in what is written.
///
/// # Errors
/// [`PhotoError`]; [`PhotoError::TooSmall`] where less than [`LEAST_SIDE`] is left.
pub fn crop(
    full: &[u8],
    (first, last): ((u32, u32), (u32, u32)),
    (columns, rows): (u32, u32),
) -> Result<Vec<u8>, PhotoError> {
    let picture = image::load_from_memory_with_format(full, ImageFormat::Jpeg);
    let picture = picture.map_err(|error| refuse(&error))?;
    let (left, right) = (
        edge(picture.width(), first.0, columns),
        edge(picture.width(), last.0.saturating_add(1), columns),
    );
    let (top, bottom) = (
        edge(picture.height(), first.1, rows),
        edge(picture.height(), last.1.saturating_add(1), rows),
    );
    let (width, height) = (right.saturating_sub(left), bottom.saturating_sub(top));
    if width < LEAST_SIDE || height < LEAST_SIDE {
        return Err(PhotoError::TooSmall);
    }
    write(&picture.crop_imm(left, top, width, height))
}

/// Decodes, turns upright and writes anew.
///
/// # Errors
/// [`PhotoError`].
pub fn gate(bytes: &[u8]) -> Result<Gated, PhotoError> {
    if bytes.len() > MAX_BYTES {
        return Err(PhotoError::TooLarge);
    }
    let format = recognise(bytes).ok_or(PhotoError::NotAPicture)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| refuse(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PhotoError::TooLarge);
    }
    let upright = decoder
        .orientation()
        .unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| refuse(&error))?;
    picture.apply_orientation(upright);
    let full = shrink(&picture, FULL_SIDE);
    let thumb = shrink(&full, THUMB_SIDE);
    Ok(Gated {
        width: full.width(),
        height: full.height(),
        thumb: write(&thumb)?,
        full: write(&full)?,
    })
}

fn refuse(error: &image::ImageError) -> PhotoError {
    match error {
        image::ImageError::Limits(_) => PhotoError::TooLarge,
        _ => PhotoError::Damaged,
    }
}

fn shrink(picture: &DynamicImage, side: u32) -> DynamicImage {
    if picture.width() <= side && picture.height() <= side {
        picture.clone()
    } else {
        picture.resize(side, side, FilterType::Triangle)
    }
}

fn write(picture: &DynamicImage) -> Result<Vec<u8>, PhotoError> {
    // JPEG has no transparency; what shows through becomes white, as on paper.
    let rgb = if picture.color().has_alpha() {
        let rgba = picture.to_rgba8();
        let mut paper = image::RgbImage::new(rgba.width(), rgba.height());
        for (to, from) in paper.pixels_mut().zip(rgba.pixels()) {
            let [red, green, blue, alpha] = from.0;
            let on_white = |colour: u8| {
                let (colour, alpha) = (u32::from(colour), u32::from(alpha));
                u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
            };
            *to = image::Rgb([on_white(red), on_white(green), on_white(blue)]);
        }
        paper
    } else {
        picture.to_rgb8()
    };
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode_image(&rgb)
        .map_err(|_| PhotoError::Damaged)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let picture = image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([
                u8::try_from(x % 256).unwrap_or(0),
                u8::try_from(y % 256).unwrap_or(0),
                90,
            ])
        });
        let mut bytes = Vec::new();
        JpegEncoder::new(&mut bytes).encode_image(&picture).unwrap();
        bytes
    }

    /// A JPEG with an EXIF segment that says "rotate" and names a place and a person.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01".to_vec();
        // Orientation (0x0112), SHORT, 1 value, 6 = rotate 90 degrees.
        exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);
        exif.extend(b"GPS 27.578 120.553 CANARY-WANG");
        let mut out = jpeg[..2].to_vec();
        out.extend([0xff, 0xe1]);
        out.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        out.extend(&exif);
        out.extend(&jpeg[2..]);
        out
    }

    fn contains(bytes: &[u8], needle: &[u8]) -> bool {
        bytes.windows(needle.len()).any(|window| window == needle)
    }

    #[test]
    fn a_photo_is_turned_upright_and_loses_what_it_knew() {
        let upload = with_exif(&jpeg(400, 300));
        assert!(contains(&upload, b"CANARY"));
        let gated = gate(&upload).unwrap();
        assert_eq!(
            (gated.width, gated.height),
            (300, 400),
            "orientation is applied"
        );
        for bytes in [&gated.full, &gated.thumb] {
            assert!(!contains(bytes, b"CANARY") && !contains(bytes, b"Exif"));
        }
    }

    #[test]
    fn large_photos_are_made_small() {
        let gated = gate(&jpeg(4000, 1000)).unwrap();
        assert_eq!((gated.width, gated.height), (1600, 400));
    }

    #[test]
    fn what_is_cut_has_the_size_and_the_pixels_of_its_part_and_no_others() {
        // 480 × 360 in 12 × 9 fields: each is 40 × 40.
        let full = jpeg(480, 360);
        let cut = crop(&full, ((3, 2), (5, 4)), (12, 9)).unwrap();
        let cut = image::load_from_memory(&cut).unwrap().into_rgb8();
        assert_eq!(cut.dimensions(), (120, 120));
        for (x, y, pixel) in cut.enumerate_pixels() {
            // The picture tells by its red and green where each pixel is from.
            let (from_x, from_y) = (u32::from(pixel.0[0]), u32::from(pixel.0[1]));
            assert!(
                from_x.abs_diff(120 + x) <= 16 && from_y.abs_diff(80 + y) <= 16,
                "{x}, {y}: {pixel:?}"
            );
        }
        // One field alone, to the last column and row, of a picture that the grid does not divide evenly.
        let cut = crop(&jpeg(1601, 1203), ((11, 8), (11, 8)), (12, 9)).unwrap();
        let cut = image::load_from_memory(&cut).unwrap();
        assert_eq!((cut.width(), cut.height()), (134, 134));
    }

    #[test]
    fn what_would_be_too_small_to_see_is_not_cut() {
        let full = jpeg(480, 360);
        for part in [
            ((0, 0), (0, 0)),
            ((0, 0), (11, 0)),
            ((0, 0), (0, 8)),
            // Neither the other way round, nor beyond the grid.
            ((5, 4), (3, 2)),
            ((12, 9), (u32::MAX, u32::MAX)),
        ] {
            assert_eq!(
                crop(&full, part, (12, 9)),
                Err(PhotoError::TooSmall),
                "{part:?}"
            );
        }
        assert!(crop(&full, ((0, 0), (1, 1)), (12, 9)).is_ok());
        // Some fields of a tiny picture have no pixel at all.
        let tiny = jpeg(8, 8);
        let whole = ((0, 0), (11, 8));
        assert_eq!(crop(&tiny, whole, (12, 9)), Err(PhotoError::TooSmall));
        assert_eq!(
            crop(b"no picture", whole, (12, 9)),
            Err(PhotoError::Damaged)
        );
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for (bytes, error) in [
            (&b""[..], PhotoError::NotAPicture),
            (
                b"<svg xmlns='http://www.w3.org/2000/svg'/>",
                PhotoError::NotAPicture,
            ),
            (b"%PDF-1.7", PhotoError::NotAPicture),
            (b"GIF89a", PhotoError::NotAPicture),
            (b"MZ\x90\0", PhotoError::NotAPicture),
            (b"\xff\xd8\xff\xe0 and nothing", PhotoError::Damaged),
            (b"\x89PNG\r\n\x1a\n", PhotoError::Damaged),
        ] {
            assert_eq!(gate(bytes), Err(error), "{bytes:?}");
        }
        assert_eq!(gate(&vec![0xff; MAX_BYTES + 1]), Err(PhotoError::TooLarge));
    }

    #[test]
    fn what_hides_behind_a_picture_is_not_kept() {
        let mut polyglot = jpeg(20, 20);
        polyglot.extend(b"<?php system($_GET['c']); ?><script>CANARY</script>");
        let gated = gate(&polyglot).unwrap();
        assert!(!contains(&gated.full, b"CANARY") && !contains(&gated.full, b"php"));
    }

    /// A PNG header that promises `side` × `side` pixels in a few bytes.
    fn bomb(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 2, 0, 0, 0]);
        let crc = crc(&bytes[12..]);
        bytes.extend(crc.to_be_bytes());
        bytes.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
        bytes
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 {
                    (crc >> 1) ^ 0xedb8_8320
                } else {
                    crc >> 1
                }
            })
        })
    }

    #[test]
    fn bombs_are_refused_by_their_header() {
        assert_eq!(gate(&bomb(16384, 16384)), Err(PhotoError::TooLarge));
        assert_eq!(gate(&bomb(100_000, 1)), Err(PhotoError::TooLarge));
        assert_eq!(
            gate(&bomb(9_000, 9_000)),
            Err(PhotoError::TooLarge),
            "more than 40 Mpx"
        );
    }
}
