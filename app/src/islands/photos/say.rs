//! How the photo desk puts numbers, sizes and names into its sentences: where `#1` and so on
//! stand.

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
