//! On what kind of device somebody signs in: as coarse as a list of one's own sessions needs it. Of
//! what a browser says of itself nothing else is kept.

/// A kind of device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeviceKind {
    /// A telephone with Android.
    AndroidPhone,
    /// A tablet with Android.
    AndroidTablet,
    /// 鸿蒙, telephone or tablet.
    Harmony,
    /// An iPhone.
    Iphone,
    /// An iPad that says so; newer ones say that they are a Mac.
    Ipad,
    /// A computer with Windows.
    Windows,
    /// A Mac.
    Mac,
    /// A computer with Linux.
    Linux,
    /// Something else, or it was not said.
    #[default]
    Other,
}

impl DeviceKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::AndroidPhone,
        Self::AndroidTablet,
        Self::Harmony,
        Self::Iphone,
        Self::Ipad,
        Self::Windows,
        Self::Mac,
        Self::Linux,
        Self::Other,
    ];

    /// Its word in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AndroidPhone => "android-phone",
            Self::AndroidTablet => "android-tablet",
            Self::Harmony => "harmony",
            Self::Iphone => "iphone",
            Self::Ipad => "ipad",
            Self::Windows => "windows",
            Self::Mac => "mac",
            Self::Linux => "linux",
            Self::Other => "other",
        }
    }

    /// The kind of a word; what was written by another version is something else.
    #[must_use]
    pub fn of_word(word: &str) -> Self {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == word);
        found.unwrap_or_default()
    }

    /// The kind of a `User-Agent`.
    #[must_use]
    pub fn of_browser(said: &str) -> Self {
        let says = |word: &str| said.contains(word);
        if says("HarmonyOS") || says("OpenHarmony") {
            Self::Harmony
        } else if says("iPhone") || says("iPod") {
            Self::Iphone
        } else if says("iPad") {
            Self::Ipad
        } else if says("Android") && says("Mobile") {
            Self::AndroidPhone
        } else if says("Android") {
            Self::AndroidTablet
        } else if says("Windows NT") {
            Self::Windows
        } else if says("Macintosh") {
            Self::Mac
        } else if says("Linux") {
            Self::Linux
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_known_by_what_they_run_on() {
        for (said, kind) in [
            (
                "Mozilla/5.0 (Linux; Android 14; 23127PN0CC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.47",
                DeviceKind::AndroidPhone,
            ),
            (
                "Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
                DeviceKind::AndroidTablet,
            ),
            (
                "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile",
                DeviceKind::Harmony,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                DeviceKind::Iphone,
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
                DeviceKind::Ipad,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
                DeviceKind::Windows,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:127.0) Gecko/20100101 Firefox/127.0",
                DeviceKind::Mac,
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
                DeviceKind::Linux,
            ),
            ("curl/8.5.0", DeviceKind::Other),
            ("", DeviceKind::Other),
        ] {
            assert_eq!(DeviceKind::of_browser(said), kind, "{said}");
        }
        for kind in DeviceKind::ALL {
            assert_eq!(DeviceKind::of_word(kind.as_str()), kind);
        }
        assert_eq!(DeviceKind::of_word(""), DeviceKind::Other);
    }
}
