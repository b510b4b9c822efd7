//! Making two ways of writing the same thing equal, for searching and comparing only.
//!
//! Traditional characters become simplified, full-width letters and digits half-width, Latin
//! letters lower case. What is shown to people is never folded.

mod table;

use table::PAIRS;

/// Bytes of one pair of the table.
const PAIR: usize = 6;

/// `c` simplified, narrow and small; most characters are so already.
/// One character made equal to its other writings.
pub fn fold_char(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0)
            .unwrap_or(c)
            .to_ascii_lowercase(),
        '\u{3000}' => ' ',
        '\u{4e00}'..='\u{9fff}' => simplified(c),
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

fn simplified(c: char) -> char {
    let (mut low, mut high) = (0, PAIRS.len() / PAIR);
    while low < high {
        let middle = low.midpoint(high);
        let mut pair = PAIRS[middle * PAIR..(middle + 1) * PAIR].chars();
        let (Some(from), Some(to)) = (pair.next(), pair.next()) else {
            return c;
        };
        match c.cmp(&from) {
            std::cmp::Ordering::Equal => return to,
            std::cmp::Ordering::Less => high = middle,
            std::cmp::Ordering::Greater => low = middle + 1,
        }
    }
    c
}

/// `text` folded character by character; it keeps its length in characters.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// `text` folded and without spaces and punctuation: `Xiang gang` and `xianggang` are one key.
pub fn key(text: &str) -> String {
    text.chars()
        .map(fold_char)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Whether `c` is a Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_of_whole_pairs() {
        let chars: Vec<char> = PAIRS.chars().collect();
        assert_eq!(PAIRS.len(), chars.len() * 3);
        assert_eq!(chars.len() % 2, 0);
        let from: Vec<char> = chars.iter().copied().step_by(2).collect();
        assert!(from.windows(2).all(|pair| pair[0] < pair[1]));
        for pair in chars.chunks(2) {
            assert_eq!(simplified(pair[0]), pair[1]);
        }
    }

    #[test]
    fn writings_of_one_thing_fold_together() {
        for (written, folded) in [
            ("象崗社區", "象岗社区"),
            ("違停、佔道經營", "违停、占道经营"),
            ("裡後衆於", "里后众于"),
            ("龙翔路１９１５号Ａ座", "龙翔路1915号a座"),
            ("ABC ÄÖ", "abc äö"),
            ("舥艚", "舥艚"),
            ("", ""),
        ] {
            assert_eq!(fold(written), folded, "{written}");
            assert_eq!(fold(folded), folded, "folding twice changes nothing");
        }
        assert_eq!(key(" Xiang-Gang 社區，"), "xianggang社区");
    }
}
