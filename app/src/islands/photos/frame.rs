//! The geometry of the photo desk: how a picture is fitted, and the frame that is laid on it.

/// The longest side of a picture that is sent, in pixels.
pub(super) const FULL_SIDE: u32 = 2048;
/// The longest side of the small one that is shown, in pixels.
pub(super) const THUMB_SIDE: u32 = 320;
/// The most blocks along the longer side of what is covered.
const BLOCKS: u32 = 6;
/// The least a frame is wide and high, in percent: it can always be taken hold of.
const LEAST: f64 = 2.0;

/// Width and height, made to fit `side` without changing the shape.
pub(super) fn fit(width: u32, height: u32, side: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= side {
        return (width, height);
    }
    let scaled = |length: u32| {
        let exact =
            (u64::from(length) * u64::from(side) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(exact).unwrap_or(side).max(1)
    };
    (scaled(width), scaled(height))
}

/// A point on a picture, in percent of its width and height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// A rectangle of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// A rectangle of a picture in whole percent; it never reaches beyond the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    left: u8,
    top: u8,
    width: u8,
    height: u8,
}

/// What of a frame a slider sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Top,
    Width,
    Height,
}

impl Side {
    /// The least and the most its slider says, in percent.
    pub(super) const fn range(self) -> (u8, u8) {
        match self {
            Self::Left | Self::Top => (0, 98),
            Self::Width | Self::Height => (2, 100),
        }
    }
}

impl Frame {
    /// The frame of a picture that was just opened: its middle.
    pub(super) const START: Self = Self {
        left: 30,
        top: 30,
        width: 40,
        height: 40,
    };

    /// The frame between two corners.
    fn between(a: Point, b: Point) -> Self {
        let span = |a: f64, b: f64| {
            let start = a.min(b).clamp(0.0, 100.0 - LEAST);
            let end = a.max(b).max(start + LEAST).min(100.0);
            let start = percent(start);
            (start, percent(end).saturating_sub(start).max(1))
        };
        let (left, width) = span(a.x, b.x);
        let (top, height) = span(a.y, b.y);
        Self {
            left,
            top,
            width,
            height,
        }
    }

    /// What a slider shows, in percent.
    pub(super) const fn get(self, side: Side) -> u8 {
        match side {
            Side::Left => self.left,
            Side::Top => self.top,
            Side::Width => self.width,
            Side::Height => self.height,
        }
    }

    /// With one slider set. It gets what was asked for; its partner gives way at the edge.
    pub(super) fn with(self, side: Side, value: u8) -> Self {
        let (least, most) = side.range();
        let value = value.clamp(least, most);
        let mut next = self;
        match side {
            Side::Left => {
                next.left = value;
                next.width = self.width.min(100 - value);
            }
            Side::Top => {
                next.top = value;
                next.height = self.height.min(100 - value);
            }
            Side::Width => {
                next.width = value;
                next.left = self.left.min(100 - value);
            }
            Side::Height => {
                next.height = value;
                next.top = self.top.min(100 - value);
            }
        }
        next
    }

    /// The pixels that must be covered: every one that the frame touches.
    pub(super) fn touched(self, width: u32, height: u32) -> Area {
        let down = |of: u32, percent: u8| of * u32::from(percent) / 100;
        let up = |of: u32, percent: u8| (of * u32::from(percent)).div_ceil(100);
        let (left, top) = (down(width, self.left), down(height, self.top));
        Area {
            left,
            top,
            width: up(width, self.left + self.width) - left,
            height: up(height, self.top + self.height) - top,
        }
    }

    /// The pixels that may be kept: only those that lie wholly inside the frame.
    pub(super) fn inside(self, width: u32, height: u32) -> Area {
        let down = |of: u32, percent: u8| of * u32::from(percent) / 100;
        let up = |of: u32, percent: u8| (of * u32::from(percent)).div_ceil(100);
        let left = up(width, self.left).min(width - 1);
        let top = up(height, self.top).min(height - 1);
        let right = down(width, self.left + self.width);
        let bottom = down(height, self.top + self.height);
        Area {
            left,
            top,
            width: right.saturating_sub(left).max(1),
            height: bottom.saturating_sub(top).max(1),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what a percentage can be"
)]
fn percent(value: f64) -> u8 {
    value.clamp(0.0, 100.0).round() as u8
}

/// How a frame is being dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Grip {
    /// By a corner, or a new frame altogether: this corner stays.
    From(Point),
    /// As it is: where in the frame it is held.
    Whole(Point),
}

impl Grip {
    /// What a finger takes hold of at a point; `near` is how close to a corner counts as on it.
    pub(super) fn take(frame: Frame, at: Point, near: Point) -> Self {
        let (left, top) = (f64::from(frame.left), f64::from(frame.top));
        let right = f64::from(frame.left + frame.width);
        let bottom = f64::from(frame.top + frame.height);
        for (x, across) in [(left, right), (right, left)] {
            for (y, opposite) in [(top, bottom), (bottom, top)] {
                if (at.x - x).abs() <= near.x && (at.y - y).abs() <= near.y {
                    return Self::From(Point {
                        x: across,
                        y: opposite,
                    });
                }
            }
        }
        if (left..=right).contains(&at.x) && (top..=bottom).contains(&at.y) {
            return Self::Whole(Point {
                x: at.x - left,
                y: at.y - top,
            });
        }
        Self::From(at)
    }

    /// The frame once the finger is at a point.
    pub(super) fn drag(self, frame: Frame, at: Point) -> Frame {
        match self {
            Self::From(corner) => Frame::between(corner, at),
            Self::Whole(held) => Frame {
                left: percent(at.x - held.x).min(100 - frame.width),
                top: percent(at.y - held.y).min(100 - frame.height),
                ..frame
            },
        }
    }
}

/// The blocks that cover an area, and whether each is the darker of the two tones.
///
/// They say nothing of what lies below, not even its average: from a mosaic of averages a number
/// plate or a known face can be found again by trying.
pub(super) fn blocks(area: Area) -> Vec<(Area, bool)> {
    let side = area.width.max(area.height).div_ceil(BLOCKS).max(1);
    let mut all = Vec::new();
    for row in 0..area.height.div_ceil(side) {
        for column in 0..area.width.div_ceil(side) {
            let block = Area {
                left: area.left + column * side,
                top: area.top + row * side,
                width: side.min(area.width - column * side),
                height: side.min(area.height - row * side),
            };
            all.push((block, (row + column) % 2 == 0));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    #[test]
    fn a_picture_is_only_ever_made_smaller_and_keeps_its_shape() {
        assert_eq!(fit(4000, 3000, FULL_SIDE), (2048, 1536));
        assert_eq!(fit(3000, 4000, FULL_SIDE), (1536, 2048));
        assert_eq!(fit(640, 480, FULL_SIDE), (640, 480));
        assert_eq!(fit(12_000, 3, FULL_SIDE), (2048, 1));
    }

    #[test]
    fn a_slider_gets_what_it_asks_and_the_frame_stays_on_the_picture() {
        for side in [Side::Left, Side::Top, Side::Width, Side::Height] {
            for value in 0..=100 {
                let frame = Frame::START.with(side, value);
                let (least, most) = side.range();
                assert_eq!(frame.get(side), value.clamp(least, most));
                assert!(frame.left + frame.width <= 100, "{frame:?}");
                assert!(frame.top + frame.height <= 100, "{frame:?}");
                assert!(frame.width > 0 && frame.height > 0, "{frame:?}");
            }
        }
    }

    #[test]
    fn covering_takes_every_pixel_touched_and_keeping_none_outside() {
        let frame = Frame::START.with(Side::Left, 33).with(Side::Width, 33);
        // 33 % of 101 is 33.33, 66 % is 66.66.
        let cover = frame.touched(101, 101);
        assert_eq!((cover.left, cover.left + cover.width), (33, 67));
        let keep = frame.inside(101, 101);
        assert_eq!((keep.left, keep.left + keep.width), (34, 66));
        let whole = Frame::between(at(0.0, 0.0), at(100.0, 100.0));
        assert_eq!(whole.touched(7, 5), whole.inside(7, 5));
        // Nothing is too small to be kept.
        let keep = Frame::between(at(99.0, 99.0), at(100.0, 100.0)).inside(1, 1);
        assert_eq!((keep.left, keep.width, keep.height), (0, 1, 1));
    }

    #[test]
    fn a_corner_resizes_the_middle_moves_and_elsewhere_begins_anew() {
        let near = at(5.0, 5.0);
        let frame = Frame::START;
        let grip = Grip::take(frame, at(71.0, 69.0), near);
        assert_eq!(grip, Grip::From(at(30.0, 30.0)));
        assert_eq!(
            grip.drag(frame, at(90.0, 50.0)),
            Frame::between(at(30.0, 30.0), at(90.0, 50.0))
        );
        let grip = Grip::take(frame, at(50.0, 50.0), near);
        let moved = grip.drag(frame, at(95.0, 0.0));
        assert_eq!((moved.left, moved.top), (60, 0));
        assert_eq!((moved.width, moved.height), (40, 40));
        let grip = Grip::take(frame, at(10.0, 80.0), near);
        let drawn = grip.drag(frame, at(-20.0, 95.0));
        assert_eq!((drawn.left, drawn.width), (0, 10));
        assert_eq!((drawn.top, drawn.height), (80, 15));
    }

    #[test]
    fn what_is_covered_is_covered_whole_by_few_blocks_that_know_nothing_of_it() {
        for (width, height) in [(1, 1), (5, 90), (640, 480), (2048, 31), (7, 7)] {
            let area = Area {
                left: 11,
                top: 13,
                width,
                height,
            };
            let blocks = blocks(area);
            assert!(blocks.len() <= 36, "{}", blocks.len());
            let covered: u32 = blocks.iter().map(|(b, _)| b.width * b.height).sum();
            assert_eq!(covered, width * height);
            for (block, _) in blocks {
                assert!(block.left >= 11 && block.left + block.width <= 11 + width);
                assert!(block.top >= 13 && block.top + block.height <= 13 + height);
            }
        }
    }
}
