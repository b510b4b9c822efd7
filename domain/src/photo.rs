//! What a photo may be before it is opened: known by its first bytes, never by its name. The
//! server refuses by it, and the browser by it says so before anything is sent.

/// The largest file that is taken, in bytes.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

/// How many bytes [`PhotoKind::of`] looks at.
pub const TELLING_BYTES: usize = 12;

/// A kind of picture the server reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoKind {
    /// ISO/IEC 10918.
    Jpeg,
    /// ISO/IEC 15948.
    Png,
    /// RFC 9649.
    WebP,
}

impl PhotoKind {
    /// The kind of a file by its beginning; `None` for everything else.
    #[must_use]
    pub const fn of(start: &[u8]) -> Option<Self> {
        match start {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            #[rustfmt::skip]
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            _ => None,
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_known_by_its_beginning() {
        assert_eq!(
            PhotoKind::of(b"\xff\xd8\xff\xe1 Exif"),
            Some(PhotoKind::Jpeg)
        );
        assert_eq!(
            PhotoKind::of(b"\x89PNG\r\n\x1a\n...."),
            Some(PhotoKind::Png)
        );
        assert_eq!(
            PhotoKind::of(b"RIFF\x01\x02\x03\x04WEBPVP8 "),
            Some(PhotoKind::WebP)
        );
        for other in [
            &b"%PDF-1.7\n...."[..],
            b"\0\0\0\x18ftypheic",
            b"GIF89a",
            b"RIFF\x01\x02\x03\x04WAVE",
            b"\xff\xd8",
            b"",
        ] {
            assert_eq!(PhotoKind::of(other), None, "{other:?}");
        }
    }

    #[test]
    fn the_beginning_is_enough() {
        let start = b"RIFF\x01\x02\x03\x04WEBP";
        assert_eq!(start.len(), TELLING_BYTES);
        assert!(PhotoKind::of(start).is_some());
    }
}
