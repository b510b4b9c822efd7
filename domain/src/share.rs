//! A share of a whole, with what a sample says of it.

/// So many of so many. A share of nothing is not a number, and is shown as none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// The part.
    pub of: u64,
    /// The whole.
    pub all: u64,
}

impl Share {
    /// In permille, rounded half up; none of nothing.
    #[must_use]
    pub fn permille(self) -> Option<u64> {
        let (of, all) = (u128::from(self.of), u128::from(self.all));
        let rounded = (of * 2000 + all).checked_div(all * 2)?;
        u64::try_from(rounded).ok()
    }

    /// Where the share of the whole lies with 95 % confidence, if this is that of a sample drawn at
    /// random: Wilson's score interval (Wilson 1927, doi 10.1080/01621459.1927.10502953), in permille,
    /// rounded outward. None of nothing. Of a full count there is no such thing.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "samples are small, and both ends lie between 0 and 1000"
    )]
    pub fn interval(self) -> Option<(u64, u64)> {
        const Z: f64 = 1.959_964;
        if self.all == 0 {
            return None;
        }
        let all = self.all as f64;
        let share = self.of.min(self.all) as f64 / all;
        let square = Z * Z;
        let middle = share + square / (2.0 * all);
        let half = Z * (share * (1.0 - share) / all + square / (4.0 * all * all)).sqrt();
        let whole = 1.0 + square / all;
        let low = ((middle - half) / whole).max(0.0);
        let high = ((middle + half) / whole).min(1.0);
        Some(((low * 1000.0).floor() as u64, (high * 1000.0).ceil() as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn share(of: u64, all: u64) -> Share {
        Share { of, all }
    }

    #[test]
    fn a_share_is_rounded_half_up_and_none_of_nothing() {
        assert_eq!(share(0, 0).permille(), None);
        assert_eq!(share(1, 3).permille(), Some(333));
        assert_eq!(share(2, 3).permille(), Some(667));
        assert_eq!(share(1, 2000).permille(), Some(1));
        assert_eq!(share(u64::MAX, u64::MAX).permille(), Some(1000));
    }

    #[test]
    fn an_interval_is_that_of_wilson() {
        // Newcombe 1998, table I: 81 of 263; 15 of 148; 0 of 20; 1 of 29.
        for (of, all, low, high) in [
            (81, 263, 255, 367),
            (15, 148, 62, 161),
            (0, 20, 0, 162),
            (1, 29, 6, 172),
            (20, 20, 838, 1000),
        ] {
            let (from, to) = share(of, all).interval().unwrap();
            assert!(
                from.abs_diff(low) <= 1 && to.abs_diff(high) <= 1,
                "{of}/{all}: {from} {to}"
            );
        }
        assert_eq!(share(0, 0).interval(), None);
    }
}
