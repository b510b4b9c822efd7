//! The two numbers on a receipt: the public case number and the secret receipt code.
//!
//! Both end in a check digit by ISO/IEC 7064 MOD 11,10, so that a slip of the pen is told apart
//! from a case that does not exist. It catches every single wrong digit. Of the exchanges of two
//! different neighbouring digits it catches 880 in 900: at each value of the running product one
//! pair of digits exchanges unseen (at the very start 5 and 6), as a test below counts. It is no
//! secret and proves nothing.

use std::fmt;
use std::str::FromStr;

use ::time::Date;
use serde::{Deserialize, Serialize};

use crate::time::parse_date;

/// Why a typed number is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// Other characters than digits, another length, or a date that does not exist.
    #[error("not a number of this kind")]
    NotANumber,
    /// The form is right, the last digit does not fit the others: a typing error.
    #[error("the check digit does not fit")]
    CheckDigit,
}

/// The check digit that belongs after `digits` (each 0 to 9).
fn check_digit(digits: &[u8]) -> u8 {
    let product = digits.iter().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        let sum = if sum == 0 { 10 } else { sum };
        sum * 2 % 11
    });
    (11 - product) % 10
}

/// The digits of `text` as 0 to 9: full-width digits count, spaces and dashes do not.
fn digits<const N: usize>(text: &str) -> Result<[u8; N], ReferenceError> {
    let mut out = [0; N];
    let mut len = 0;
    for c in text.chars() {
        let digit = match c {
            '0'..='9' => u32::from(c) - u32::from('0'),
            '０'..='９' => u32::from(c) - u32::from('０'),
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '\u{30fc}' => continue,
            c if c.is_whitespace() => continue,
            _ => return Err(ReferenceError::NotANumber),
        };
        let place = out.get_mut(len).ok_or(ReferenceError::NotANumber)?;
        *place = u8::try_from(digit).map_err(|_| ReferenceError::NotANumber)?;
        len += 1;
    }
    if len != N {
        return Err(ReferenceError::NotANumber);
    }
    let (body, check) = out.split_at(N - 1);
    if check_digit(body) == check[0] {
        Ok(out)
    } else {
        Err(ReferenceError::CheckDigit)
    }
}

/// The lowest `N` decimal digits of `value`, most significant first.
fn decimal<const N: usize>(mut value: u128) -> [u8; N] {
    let mut out = [0; N];
    for place in out.iter_mut().rev() {
        *place = u8::try_from(value % 10).expect("a remainder of ten is one digit");
        value /= 10;
    }
    out
}

fn written(digits: &[u8]) -> String {
    digits
        .iter()
        .map(|digit| char::from(b'0' + digit))
        .collect()
}

/// The public number of a case, shown as `261121-483920-7`: city date of filing, six random
/// digits, check digit. It says nothing about how many cases there are.
///
/// Two cases of a day can draw the same six digits; whoever gives numbers draws again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseNumber([u8; 13]);

impl CaseNumber {
    /// The number of a case filed on `date` (city time, years 2000 to 2099). Of `random` the last
    /// six decimal digits are used; for 32 even bits their bias is below one in 4,000.
    pub fn new(date: Date, random: u32) -> Self {
        let year = u128::from(date.year().rem_euclid(100).unsigned_abs());
        let day = year * 10_000 + u128::from(u8::from(date.month())) * 100 + u128::from(date.day());
        let body: [u8; 12] = decimal(day * 1_000_000 + u128::from(random % 1_000_000));
        let mut out = [0; 13];
        out[..12].copy_from_slice(&body);
        out[12] = check_digit(&body);
        Self(out)
    }

    /// The city date on which the case was filed.
    pub fn date(self) -> Date {
        date_in(&self.0).expect("checked when made or read")
    }

    /// The thirteen digits without hyphens, as in a search index.
    pub fn digits(self) -> String {
        written(&self.0)
    }
}

fn date_in(digits: &[u8; 13]) -> Option<Date> {
    let text = written(&digits[..6]);
    parse_date(&format!("20{}-{}-{}", &text[..2], &text[2..4], &text[4..])).ok()
}

impl FromStr for CaseNumber {
    type Err = ReferenceError;
    /// Reads a number as people type it: with or without hyphens and spaces, also in full width.
    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let digits = digits(text)?;
        date_in(&digits)
            .map(|_| Self(digits))
            .ok_or(ReferenceError::NotANumber)
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.digits();
        write!(f, "{}-{}-{}", &text[..6], &text[6..12], &text[12..])
    }
}

impl fmt::Debug for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CaseNumber({self})")
    }
}

impl TryFrom<String> for CaseNumber {
    type Error = ReferenceError;
    fn try_from(text: String) -> Result<Self, ReferenceError> {
        text.parse()
    }
}

impl From<CaseNumber> for String {
    fn from(number: CaseNumber) -> Self {
        number.to_string()
    }
}

/// The secret code of one party: 20 digits and a check digit, shown once.
///
/// It opens the case, so it can be printed on a receipt ([`fmt::Display`]) but shows nothing in a
/// debug print and cannot be serialised by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptCode([u8; 21]);

impl ReceiptCode {
    /// The code that a message authentication code gives: its first 16 bytes as a big-endian
    /// number, modulo 10^20. Because 2^128 is no multiple of 10^20, low codes are likelier by one
    /// part in 3 × 10^18, far too little to help a guesser.
    pub fn from_mac(mac: &[u8; 32]) -> Self {
        let (head, _) = mac.split_at(16);
        let value = u128::from_be_bytes(head.try_into().expect("16 of 32 bytes"));
        let body: [u8; 20] = decimal(value % 10_u128.pow(20));
        let mut out = [0; 21];
        out[..20].copy_from_slice(&body);
        out[20] = check_digit(&body);
        Self(out)
    }

    /// The 21 digits without spaces: what is hashed to look the party up.
    pub fn digits(&self) -> String {
        written(&self.0)
    }
}

impl FromStr for ReceiptCode {
    type Err = ReferenceError;
    /// Reads a code as people type it: with or without spaces and hyphens, also in full width.
    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        digits(text).map(Self)
    }
}

impl fmt::Display for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.digits();
        write!(
            f,
            "{} {} {} {} {}",
            &text[..5],
            &text[5..10],
            &text[10..15],
            &text[15..20],
            &text[20..]
        )
    }
}

impl fmt::Debug for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Result<String, ReferenceError> {
        text.parse::<CaseNumber>().map(|n| n.to_string())
    }

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // The example of ISO/IEC 7064: 0794 takes 5.
        assert_eq!(check_digit(&[0, 7, 9, 4]), 5);
    }

    #[test]
    fn a_case_number_is_date_random_check() {
        let n = CaseNumber::new(parse_date("2026-11-21").unwrap(), 4_000_483_920);
        let text = n.to_string();
        assert_eq!(&text[..14], "261121-483920-");
        assert_eq!(n.date(), parse_date("2026-11-21").unwrap());
        assert_eq!(text.parse(), Ok(n));
        assert_eq!(serde_json::to_string(&n).unwrap(), format!("\"{text}\""));
        assert_eq!(
            serde_json::from_str::<CaseNumber>(&format!("\"{text}\"")).unwrap(),
            n
        );
    }

    #[test]
    fn a_number_is_read_as_people_type_it() {
        let text = CaseNumber::new(parse_date("2026-11-21").unwrap(), 483_920).to_string();
        let plain = text.replace('-', "");
        let wide: String = text
            .chars()
            .map(|c| {
                if c == '-' {
                    '－'
                } else {
                    char::from_u32(u32::from(c) + 0xfee0).unwrap()
                }
            })
            .collect();
        for typed in [
            plain.clone(),
            format!("  {} {} ", &plain[..6], &plain[6..]),
            wide,
            text.replace('-', "—"),
        ] {
            assert_eq!(number(&typed).as_ref(), Ok(&text), "{typed:?}");
        }
    }

    #[test]
    fn a_typing_error_is_told_from_what_is_no_number() {
        let good = CaseNumber::new(parse_date("2026-11-21").unwrap(), 483_920).digits();
        let last = good.as_bytes()[12] - b'0';
        let wrong = format!("{}{}", &good[..12], (last + 1) % 10);
        assert_eq!(number(&wrong), Err(ReferenceError::CheckDigit));
        let body = [2, 6, 1, 3, 2, 1, 4, 8, 3, 9, 2, 0];
        let no_such_day = format!("{}{}", written(&body), check_digit(&body));
        let longer = format!("{good}0");
        for bad in [
            "",
            "象岗",
            &good[..12],
            longer.as_str(),
            "26112148392o7",
            no_such_day.as_str(),
        ] {
            assert_eq!(number(bad), Err(ReferenceError::NotANumber), "{bad:?}");
        }
    }

    #[test]
    fn a_receipt_code_shows_itself_only_when_printed() {
        let mut mac = [0; 32];
        mac[..16].copy_from_slice(&12_345_678_901_234_567_890_u128.to_be_bytes());
        let code = ReceiptCode::from_mac(&mac);
        assert_eq!(&code.to_string()[..24], "12345 67890 12345 67890 ");
        assert_eq!(code.digits().len(), 21);
        assert_eq!(code.to_string().parse(), Ok(code.clone()));
        assert_eq!(format!("{code:?}"), "ReceiptCode(…)");
        assert_eq!(format!("{:?}", Some(&code)), "Some(ReceiptCode(…))");
    }

    #[test]
    fn a_receipt_code_uses_the_first_half_of_the_mac_and_keeps_leading_zeros() {
        let mut mac = [0; 32];
        mac[16..].fill(0xff);
        assert_eq!(&ReceiptCode::from_mac(&mac).digits()[..20], "0".repeat(20));
        mac[..16].fill(0xff);
        // 2^128 - 1 = 340282366920938463463374607431768211455
        assert_eq!(
            &ReceiptCode::from_mac(&mac).digits()[..20],
            "63374607431768211455"
        );
    }

    /// Counts, over every running product, which exchanges of neighbours pass unseen.
    #[test]
    fn the_check_digit_catches_most_but_not_all_exchanges() {
        let step = |product: u8, digit: u8| {
            let sum = (product + digit) % 10;
            (if sum == 0 { 10 } else { sum }) * 2 % 11
        };
        let mut unseen = Vec::new();
        for product in 1..=10 {
            for a in 0..10 {
                for b in 0..10 {
                    if a != b && step(step(product, a), b) == step(step(product, b), a) {
                        unseen.push((product, a, b));
                    }
                }
            }
        }
        assert_eq!(unseen.len(), 20, "of 900: {unseen:?}");
    }
}
