//! Pictures that are small to send and large to read (abuse case E2): refused before they take the
//! memory or the time they promise.
//!
//! The bounds are on what the process really took: its peak of memory as the kernel counts it, and
//! the processor time of this thread, so that a busy machine fails nobody.

#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "a test may panic, and writes the bytes of file formats by hand"
)]

use std::fs;
use std::sync::{Mutex, MutexGuard, PoisonError};

use casework::photos::{MAX_BYTES, PhotoError, gate};

/// The most that one of them may add to the memory of the process: the 168 MB that decoding may
/// take, which the library counts, and what it does not count (security.md E2: 200 MB).
const MOST_MEMORY: u64 = 200 << 20;
/// The most processor time for one of them, in hundredths of a second; decoders are only half
/// optimised in a test.
const MOST_TIME: u64 = 300;

/// The peak is one for the whole process: one bomb at a time.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A line of `/proc/self/status` in bytes.
fn status(name: &str) -> u64 {
    let all = fs::read_to_string("/proc/self/status").unwrap();
    let line = all.lines().find(|line| line.starts_with(name)).unwrap();
    let kilobytes = line.split_whitespace().nth(1).unwrap();
    kilobytes.parse::<u64>().unwrap() << 10
}

/// Processor time of this thread so far, in hundredths of a second.
fn used() -> u64 {
    let all = fs::read_to_string("/proc/thread-self/stat").unwrap();
    let after_name = all.rsplit(')').next().unwrap();
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

/// Sends a bomb to the gate: it must be refused with `error`, cheaply.
fn refused(what: &str, bomb: &[u8], error: PhotoError) {
    assert_eq!(cheaply(what, bomb), Err(error), "{what}");
}

/// What the gate says, after it was held to the bounds.
fn cheaply(what: &str, bomb: &[u8]) -> Result<(u32, u32), PhotoError> {
    let _alone = alone();
    assert!(
        bomb.len() <= MAX_BYTES,
        "{what}: it would not be read at all"
    );
    // The peak begins anew (proc(5), clear_refs).
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let (memory, time) = (status("VmRSS"), used());
    let said = gate(bomb).map(|gated| (gated.width, gated.height));
    let time = used() - time;
    let memory = status("VmHWM").saturating_sub(memory);
    assert!(
        memory <= MOST_MEMORY,
        "{what} took {} MB of memory",
        memory >> 20
    );
    assert!(time <= MOST_TIME, "{what} took {time}0 ms of the processor");
    said
}

/// CRC-32 as PNG has it.
fn crc(bytes: &[u8]) -> u32 {
    let table: Vec<u32> = (0..256_u32)
        .map(|byte| {
            (0..8).fold(byte, |crc, _| {
                (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1))
            })
        })
        .collect();
    !bytes.iter().fold(!0, |crc, byte| {
        (crc >> 8) ^ table[usize::from(crc as u8 ^ byte)]
    })
}

/// A chunk of a PNG.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut bytes = (data.len() as u32).to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(data);
    let crc = crc(&bytes[4..]);
    bytes.extend(crc.to_be_bytes());
    bytes
}

/// A PNG of `side` × `side` grey pixels with `between` its head and its pixels.
fn png(side: u32, between: &[u8], pixels: &[u8]) -> Vec<u8> {
    let mut head = side.to_be_bytes().to_vec();
    head.extend(side.to_be_bytes());
    head.extend([8, 0, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(chunk(b"IHDR", &head));
    bytes.extend(between);
    bytes.extend(chunk(b"IDAT", pixels));
    bytes.extend(chunk(b"IEND", b""));
    bytes
}

/// A zlib stream of `length` bytes that unpacks to 159 zeros a byte: one literal, then "the same
/// 258 times" again and again (RFC 1951, 3.2.6: length code 285, distance code 0).
fn packed_zeros(length: usize) -> Vec<u8> {
    let mut bits: Vec<bool> = Vec::with_capacity(length * 8);
    // Last block, fixed codes; the literal 0 is 00110000.
    bits.extend([true, true, false]);
    bits.extend([false, false, true, true, false, false, false, false]);
    while bits.len() + 13 + 7 < length * 8 {
        bits.extend([true, true, false, false, false, true, false, true]);
        bits.extend([false; 5]);
    }
    bits.extend([false; 7]);
    let mut bytes = vec![0x78, 0x01];
    bytes.extend(bits.chunks(8).map(|bits| {
        bits.iter()
            .enumerate()
            .fold(0, |byte, (at, bit)| byte | (u8::from(*bit) << at))
    }));
    bytes
}

#[test]
fn packed_text_beside_the_pixels_is_not_unpacked() {
    // 330 MB of zeros each: more than may be taken.
    let packed = packed_zeros(2 << 20);
    let small = packed_zeros(64);
    let named = |before: &[u8]| [before, &packed].concat();
    for (kind, data) in [
        (b"zTXt", named(b"Comment\0\0")),
        (b"iTXt", named(b"Comment\0\x01\0\0\0")),
        (b"iCCP", named(b"Profile\0\0")),
    ] {
        let what = String::from_utf8_lossy(kind).into_owned();
        let bomb = png(16, &chunk(kind, &data), &small);
        // The picture itself may be sound; what counts is that nothing else was unpacked.
        let _ = cheaply(&what, &bomb);
    }
}

#[test]
fn more_pixels_than_the_head_says_are_not_kept() {
    let _ = cheaply("IDAT", &png(16, b"", &packed_zeros(2 << 20)));
}

#[test]
fn a_moving_picture_of_any_size_is_refused() {
    // A GIF is none of the three, however many frames it has.
    let mut gif = b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    for _ in 0..100_000 {
        gif.extend(b"\x21\xf9\x04\0\0\0\0\0\x2c\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x44\x01\0");
    }
    gif.push(0x3b);
    refused("a GIF of 65535 × 65535", &gif, PhotoError::NotAPicture);
}

/// A WebP with these chunks.
fn webp(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (kind, data) in chunks {
        body.extend(*kind);
        body.extend((data.len() as u32).to_le_bytes());
        body.extend(data);
        if data.len() % 2 == 1 {
            body.push(0);
        }
    }
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((body.len() as u32).to_le_bytes());
    bytes.extend(body);
    bytes
}

/// `VP8L`: lossless, 14 bits a side.
fn lossless(width: u32, height: u32) -> Vec<u8> {
    let sides = (width - 1) | ((height - 1) << 14);
    let mut data = vec![0x2f];
    data.extend(sides.to_le_bytes());
    data.extend([0x88, 0x88, 0x08]);
    data
}

#[test]
fn a_webp_is_held_to_its_size_whichever_of_its_forms_it_has() {
    let vast = webp(&[(b"VP8L", lossless(16_383, 16_383))]);
    refused("VP8L of 16383 × 16383", &vast, PhotoError::TooLarge);
    let many = webp(&[(b"VP8L", lossless(9_000, 9_000))]);
    refused("VP8L of 81 million pixels", &many, PhotoError::TooLarge);

    // Moving: a canvas of 2^24 × 2^24, and frames without end.
    let frame = || {
        let mut data = vec![0; 6];
        data.extend([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0]);
        data.extend(b"VP8L");
        data.extend(8_u32.to_le_bytes());
        data.extend(lossless(16_383, 16_383));
        data
    };
    let head = vec![0x02, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    let mut chunks = vec![(b"VP8X", head), (b"ANIM", vec![0; 6])];
    chunks.extend((0..10_000).map(|_| (b"ANMF", frame())));
    let said = cheaply("a WebP that moves", &webp(&chunks));
    assert!(said.is_err(), "{said:?}");
}

/// A segment of a JPEG.
fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xff, marker];
    bytes.extend((data.len() as u16 + 2).to_be_bytes());
    bytes.extend(data);
    bytes
}

/// A progressive JPEG of grey `width` × `height` pixels that goes over all of them `scans` times:
/// a scan is some 60 bytes that say "nothing new" of 32767 blocks at once (ITU T.81, G.1.2.2).
fn progressive(width: u16, height: u16, scans: usize) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    bytes.extend(segment(0xdb, &[vec![0], vec![1; 64]].concat()));
    let mut frame = vec![8];
    frame.extend(height.to_be_bytes());
    frame.extend(width.to_be_bytes());
    frame.extend([1, 1, 0x11, 0]);
    bytes.extend(segment(0xc2, &frame));
    // One code of one bit in each table: "no difference", and "a run of 2^14 and more".
    for (class, symbol) in [(0x00, 0x00), (0x10, 0xe0)] {
        let mut table = vec![class, 1];
        table.extend([0; 15]);
        table.push(symbol);
        bytes.extend(segment(0xc4, &table));
    }
    let blocks = usize::from(width).div_ceil(8) * usize::from(height).div_ceil(8);
    bytes.extend(segment(0xda, &[1, 1, 0x00, 0, 0, 0]));
    bytes.extend(vec![0; blocks.div_ceil(8)]);
    // 0 and fourteen ones: fifteen bits, eight of them are fifteen bytes.
    let runs = blocks.div_ceil(32_767);
    let bits: Vec<bool> = (0..runs * 15).map(|bit| bit % 15 != 0).collect();
    let mut scan = segment(0xda, &[1, 1, 0x00, 1, 63, 0]);
    for bits in bits.chunks(8) {
        let byte = (0..8).fold(0, |byte, at| {
            (byte << 1) | u8::from(bits.get(at).copied().unwrap_or(true))
        });
        scan.push(byte);
        if byte == 0xff {
            scan.push(0);
        }
    }
    for _ in 0..scans {
        bytes.extend(&scan);
    }
    bytes.extend([0xff, 0xd9]);
    bytes
}

#[test]
fn a_jpeg_is_not_gone_over_without_end() {
    refused(
        "a JPEG of 65500 × 1",
        &progressive(65_500, 1, 1),
        PhotoError::TooLarge,
    );
    let bomb = progressive(8_000, 5_000, 100_000);
    let said = cheaply("a JPEG of 100,000 scans", &bomb);
    assert!(said.is_err(), "{said:?}");
}
