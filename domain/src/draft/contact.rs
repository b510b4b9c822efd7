//! How to reach a reporter, and the checks on what is typed there.

use super::FieldError;
use crate::text::Bounded;

/// How to reach the reporter; erasable, encrypted, never required.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Name.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// Mail.
    pub email: String,
}

impl Contact {
    /// Nothing was left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && self.phone.is_empty() && self.email.is_empty()
    }

    /// A one-time code could reach this person.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        !self.phone.is_empty() || !self.email.is_empty()
    }
}

/// Digits, with the spaces, hyphens and brackets people write; 5 to 15 of them, a leading `+`.
///
/// # Errors
/// [`FieldError::NotAPhone`]; an empty text is no error and no number.
pub fn check_phone(typed: &str) -> Result<String, FieldError> {
    let typed = typed.trim();
    let mut kept = String::new();
    for (at, c) in typed.chars().enumerate() {
        match c {
            '0'..='9' => kept.push(c),
            '０'..='９' => {
                let digit = u32::from(c) - u32::from('０');
                kept.extend(char::from_digit(digit, 10));
            }
            '+' | '＋' if at == 0 => kept.push('+'),
            ' ' | '-' | '－' | '—' | '(' | ')' | '（' | '）' | '\u{3000}' => {}
            _ => return Err(FieldError::NotAPhone),
        }
    }
    let digits = kept.trim_start_matches('+').len();
    match (typed.is_empty(), digits) {
        (true, _) => Ok(String::new()),
        (false, 5..=15) => Ok(kept),
        _ => Err(FieldError::NotAPhone),
    }
}

/// Something before and after one `@`, a dot in the domain, no spaces: who can be reached is only
/// known by writing.
pub(super) fn check_email(typed: &str) -> Result<String, FieldError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    let bounded = Bounded::<3, 254>::new(typed).map_err(|_| FieldError::NotAnEmail)?;
    let (local, domain) = bounded
        .as_str()
        .split_once('@')
        .ok_or(FieldError::NotAnEmail)?;
    let whole = !local.is_empty()
        && !domain.contains('@')
        && domain.split('.').count() >= 2
        && domain.split('.').all(|label| !label.is_empty())
        && !typed.contains(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>'));
    if whole {
        Ok(typed.to_owned())
    } else {
        Err(FieldError::NotAnEmail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_are_kept_as_digits() {
        for (typed, kept) in [
            ("", Ok("")),
            (" 138 0013 8000 ", Ok("13800138000")),
            ("（0577）6412-3456", Ok("057764123456")),
            ("＋86 138", Ok("+86138")),
            ("12345", Ok("12345")),
            ("1234", Err(FieldError::NotAPhone)),
            ("call me", Err(FieldError::NotAPhone)),
            ("1234567890123456", Err(FieldError::NotAPhone)),
        ] {
            assert_eq!(
                check_phone(typed).as_deref(),
                kept.as_ref().copied(),
                "{typed}"
            );
        }
    }

    #[test]
    fn mail_addresses_are_looked_at_not_judged() {
        for (typed, good) in [
            ("a@b.cn", true),
            ("名字@例子.中国", true),
            ("a@b", false),
            ("a@@b.cn", false),
            ("a b@c.cn", false),
            ("@b.cn", false),
            ("a@b..cn", false),
        ] {
            assert_eq!(check_email(typed).is_ok(), good, "{typed}");
        }
    }
}
