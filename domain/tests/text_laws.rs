//! Laws of what people type: texts keep their bounds, numbers survive the way people write them,
//! and the check digit catches what it promises.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use domain::duplicate::place_words;
use domain::fold::{fold, key};
use domain::reference::{CaseNumber, ReceiptCode, ReferenceError};
use domain::text::{Bounded, Description, Note, PlaceText, TextError};
use domain::time::{CityTime, Timestamp};
use proptest::prelude::*;

/// Any text, often with what makes trouble.
fn texts() -> impl Strategy<Value = String> {
    let trouble = prop::sample::select(vec![
        "\r\n",
        "\r",
        "\n",
        "\t",
        "\0",
        "\u{1b}",
        "\u{7f}",
        "\u{202e}",
        "\u{2066}",
        "\u{feff}",
        "\u{3000}",
        " ",
        "路灯不亮",
        "👨‍👩‍👧",
        "é",
        "\u{85}",
        "\u{2028}",
    ]);
    prop::collection::vec(
        prop_oneof![trouble.prop_map(String::from), any::<String>()],
        0..6,
    )
    .prop_map(|parts| parts.concat())
}

fn numbers() -> impl Strategy<Value = CaseNumber> {
    (946_656_000_000..4_102_416_000_000_i64, any::<u32>()).prop_map(|(millis, random)| {
        let date = CityTime::china().civil(Timestamp::from_millis(millis)).date;
        CaseNumber::new(date, random)
    })
}

fn codes() -> impl Strategy<Value = ReceiptCode> {
    any::<[u8; 32]>().prop_map(|mac| ReceiptCode::from_mac(&mac))
}

/// `digits` as somebody might type them: in full width, with spaces and dashes anywhere.
fn typed(digits: &str, wide: u32, gaps: &[usize]) -> String {
    let mut out = String::from(" ");
    for (i, c) in digits.chars().enumerate() {
        if wide >> (i % 32) & 1 == 1 {
            out.extend(char::from_u32(u32::from(c) + 0xfee0));
        } else {
            out.push(c);
        }
        out.push_str(["", "", " ", "-", "－", "\u{3000}", "—", "\n"][gaps[i % gaps.len()]]);
    }
    out
}

/// The text with the digit at `at` changed to another.
fn with_digit(digits: &str, at: usize, add: u8) -> String {
    let mut bytes = digits.as_bytes().to_vec();
    bytes[at] = b'0' + (bytes[at] - b'0' + add) % 10;
    String::from_utf8(bytes).unwrap()
}

/// The text with the digits at `at` and after it exchanged.
fn exchanged(digits: &str, at: usize) -> String {
    let mut bytes = digits.as_bytes().to_vec();
    bytes.swap(at, at + 1);
    String::from_utf8(bytes).unwrap()
}

/// Whether the check digit promises to catch an exchange of these neighbours. It does not where
/// they follow one another (3 and 4, or 9 and 0): for each such pair there is one running product
/// at which the exchange goes unseen. Those are 20 of 900 exchanges.
fn promised(digits: &str, at: usize) -> bool {
    let (a, b) = (digits.as_bytes()[at], digits.as_bytes()[at + 1]);
    !matches!(a.abs_diff(b), 0 | 1 | 9)
}

proptest! {
    #[test]
    fn a_text_that_is_taken_keeps_its_bounds(text in texts()) {
        match Bounded::<3, 12>::new(&text) {
            Ok(kept) => {
                prop_assert!((3..=12).contains(&kept.as_str().chars().count()));
                prop_assert!(!kept.as_str().chars().any(|c| c.is_control() && c != '\n'));
                prop_assert_eq!(kept.as_str().trim(), kept.as_str());
                prop_assert_eq!(Bounded::<3, 12>::new(kept.as_str()), Ok(kept.clone()));
                let json = serde_json::to_string(&kept).unwrap();
                prop_assert_eq!(serde_json::from_str::<Bounded<3, 12>>(&json).unwrap(), kept);
            }
            Err(TextError::Control) => {
                prop_assert!(text.chars().any(|c| c.is_control() && !"\n\r\t".contains(c)));
            }
            Err(TextError::Empty) => prop_assert!(Bounded::<0, 12>::new(&text).unwrap().is_empty()),
            Err(TextError::TooShort { min, len }) => prop_assert!(min == 3 && len < 3),
            Err(TextError::TooLong { max, len }) => prop_assert!(max == 12 && len > 12),
        }
    }

    #[test]
    fn what_people_type_comes_back_as_they_typed_it(words in "[\\p{Han}a-z0-9，。！]{5,200}") {
        prop_assert_eq!(String::from(Description::new(&words).unwrap()), words.clone());
        prop_assert_eq!(String::from(PlaceText::new(&words).unwrap()), words.clone());
        let lines = format!("{words}\r\n{words}");
        prop_assert_eq!(String::from(Note::new(&lines).unwrap()), format!("{words}\n{words}"));
    }

    #[test]
    fn folding_twice_is_folding_once_and_keeps_the_length(text in texts()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
        prop_assert_eq!(once.chars().count(), text.chars().count());
        prop_assert_eq!(key(&once), key(&text));
    }

    #[test]
    fn words_of_place_are_folded_and_never_one_character(text in texts()) {
        for word in place_words(&text, &["龙港市"]) {
            prop_assert_eq!(&fold(&word), &word);
            prop_assert!(word.chars().count() > 1 || word.chars().all(char::is_numeric));
        }
    }

    #[test]
    fn a_case_number_survives_how_it_is_typed(
        number in numbers(), wide in any::<u32>(), gaps in prop::collection::vec(0..8_usize, 1..14)
    ) {
        prop_assert_eq!(number.to_string().parse(), Ok(number));
        prop_assert_eq!(typed(&number.digits(), wide, &gaps).parse(), Ok(number));
        prop_assert_eq!(number.to_string().len(), 15);
    }

    #[test]
    fn a_receipt_code_survives_how_it_is_typed(
        code in codes(), wide in any::<u32>(), gaps in prop::collection::vec(0..8_usize, 1..22)
    ) {
        prop_assert_eq!(code.to_string().parse(), Ok(code.clone()));
        prop_assert_eq!(typed(&code.digits(), wide, &gaps).parse(), Ok(code));
    }

    #[test]
    fn every_single_wrong_digit_is_caught(
        number in numbers(), code in codes(), at in 0..13_usize, in_code in 0..21_usize, add in 1..10_u8
    ) {
        let wrong = with_digit(&number.digits(), at, add).parse::<CaseNumber>();
        prop_assert_eq!(wrong, Err(ReferenceError::CheckDigit));
        let wrong = with_digit(&code.digits(), in_code, add).parse::<ReceiptCode>();
        prop_assert_eq!(wrong, Err(ReferenceError::CheckDigit));
    }

    #[test]
    fn an_exchange_of_neighbours_is_caught_where_the_standard_promises(
        code in codes(), at in 0..20_usize
    ) {
        let digits = code.digits();
        prop_assume!(promised(&digits, at));
        let wrong = exchanged(&digits, at).parse::<ReceiptCode>();
        prop_assert_eq!(wrong, Err(ReferenceError::CheckDigit));
    }

    #[test]
    fn nothing_typed_breaks_the_readers_of_numbers(text in texts()) {
        let _ = text.parse::<CaseNumber>();
        let _ = text.parse::<ReceiptCode>();
    }
}

/// Said openly: the check digit does not see everything.
#[test]
fn some_exchanges_of_neighbours_go_unseen() {
    let code = ReceiptCode::from_mac(&{
        let mut mac = [0; 32];
        mac[..16].copy_from_slice(&56_000_000_000_000_000_000_u128.to_be_bytes());
        mac
    });
    let digits = code.digits();
    assert_eq!(&digits[..2], "56");
    assert!(exchanged(&digits, 0).parse::<ReceiptCode>().is_ok());
}
