//! What the photo desk says. `#1` and so on in a sentence are its numbers, sizes and names.

use serde::{Deserialize, Serialize};

/// Every sentence and button of [`super::PhotoDesk`], in the language of the page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct PhotoWords {
    /// Which photo is being made ready: its number.
    pub working: String,
    /// All are ready: how many, bytes before and after; where they were taken is gone.
    pub ready: String,
    /// The same, where some go as they came.
    pub ready_as_is: String,
    /// The form is sent as soon as the photos are ready.
    pub held: String,
    /// The form was not sent, because a photo was left out.
    pub stopped: String,
    /// More than the form takes: the most.
    pub too_many: String,
    /// No picture that can be opened: name of the file.
    pub unread: String,
    /// Too large to be sent as it is, and it cannot be opened: name of the file.
    pub heavy: String,
    /// It goes as it came, because this browser cannot open it.
    pub as_it_came: String,
    /// A photo could not be changed: what it is called.
    pub failed: String,
    /// What a photo is called: its number.
    pub name: String,
    /// Bytes before and after.
    pub size: String,
    /// The button that turns by 90 degrees.
    pub turn: String,
    /// Said when it is turned.
    pub turned: String,
    /// The button that opens the editor.
    pub edit: String,
    /// How to lay the frame.
    pub hint: String,
    /// The four sliders: left edge, top edge, width, height.
    pub sides: [String; 4],
    /// The button that covers what is framed.
    pub cover: String,
    /// Said when it is covered.
    pub covered: String,
    /// The button that keeps what is framed only.
    pub keep: String,
    /// Said when the rest is cut off.
    pub kept: String,
    /// The button that takes the last step back.
    pub undo: String,
    /// Said when it is taken back.
    pub undone: String,
    /// The button that closes the editor.
    pub done: String,
    /// The button that leaves a photo out.
    pub remove: String,
    /// Said when it is left out: what it was called.
    pub removed: String,
}

/// A sentence with its parts put in.
pub(super) fn fill(sentence: &str, parts: &[&str]) -> String {
    let mut said = String::new();
    let mut rest = sentence;
    // Once through: a part may hold a mark itself, being the name of somebody's file.
    while let Some(at) = rest.find('#') {
        said.push_str(&rest[..at]);
        let mark = rest[at + 1..].chars().next();
        let part = mark
            .and_then(|digit| digit.to_digit(10))
            .and_then(|number| parts.get(usize::try_from(number).ok()?.checked_sub(1)?));
        match part {
            Some(part) => {
                said.push_str(part);
                rest = &rest[at + 2..];
            }
            None => {
                said.push('#');
                rest = &rest[at + 1..];
            }
        }
    }
    said.push_str(rest);
    said
}

/// Bytes, as people read them.
pub(super) fn bytes(count: u64) -> String {
    let tenths = count.div_ceil(100_000);
    if tenths < 10 {
        return format!("{} KB", count.div_ceil(1000));
    }
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_put_in_once() {
        assert_eq!(fill("#1 of #2, #1", &["3", "6"]), "3 of 6, 3");
        assert_eq!(fill("“#1” # #9", &["#2 #1.jpg", "no"]), "“#2 #1.jpg” # #9");
    }

    #[test]
    fn sizes_are_never_said_too_small() {
        let said = [0, 1, 340_000, 900_001, 1_049_000, 12_400_000].map(bytes);
        assert_eq!(
            said,
            ["0 KB", "1 KB", "340 KB", "1.0 MB", "1.1 MB", "12.4 MB"]
        );
    }
}
