//! Who reads: language, letter size and colours, from the address, then the cookie, then the
//! browser, then the city.

use domain::lang::Lang;

/// Cookie that remembers the language.
pub const LANG_COOKIE: &str = "lang";
/// Cookie that remembers the letter size.
pub const SIZE_COOKIE: &str = "size";
/// Cookie that remembers the colours.
pub const SCHEME_COOKIE: &str = "scheme";

/// Letter size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Size {
    /// 18 pixels for a paragraph.
    #[default]
    Normal,
    /// A quarter larger, for tired eyes.
    Large,
}

impl Size {
    /// The word in addresses, cookies and `data-size`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Large => "large",
        }
    }

    /// Reads [`Size::word`]; anything else is nothing.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Normal, Self::Large]
            .into_iter()
            .find(|size| size.word() == word)
    }
}

/// Colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// As the device says.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Scheme {
    /// The word in addresses, cookies and `data-scheme`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads [`Scheme::word`]; anything else is nothing.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Auto, Self::Light, Self::Dark]
            .into_iter()
            .find(|scheme| scheme.word() == word)
    }
}

/// How this person reads. Nothing here says who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reader {
    /// The language of every text on the page.
    pub lang: Lang,
    /// Letter size.
    pub size: Size,
    /// Colours.
    pub scheme: Scheme,
}

/// What the address asked to remember: one `Set-Cookie` each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remember {
    /// [`LANG_COOKIE`], [`SIZE_COOKIE`] or [`SCHEME_COOKIE`].
    pub cookie: &'static str,
    /// One of the closed words above.
    pub value: &'static str,
}

impl Reader {
    /// A reader of this language with ordinary letters and the device's colours.
    pub const fn new(lang: Lang) -> Self {
        Self {
            lang,
            size: Size::Normal,
            scheme: Scheme::Auto,
        }
    }

    /// Reads the query of the address, the `Cookie` header, `Accept-Language` and the city's own
    /// language, in falling order. Unknown values are passed over, never an error.
    pub fn decide(
        query: &str,
        cookies: &str,
        accept_language: &str,
        city: Lang,
    ) -> (Self, Vec<Remember>) {
        let asked = |name: &str| {
            pairs(query, '&')
                .find(|(key, _)| *key == name)
                .map(|(_, v)| v)
        };
        let kept = |name: &str| {
            pairs(cookies, ';')
                .find(|(key, _)| *key == name)
                .map(|(_, v)| v)
        };
        let mut remember = Vec::new();

        let asked_lang = asked(LANG_COOKIE).and_then(|tag| tag.parse::<Lang>().ok());
        if let Some(lang) = asked_lang {
            remember.push(Remember {
                cookie: LANG_COOKIE,
                value: lang.tag(),
            });
        }
        let asked_size = asked(SIZE_COOKIE).and_then(Size::parse);
        if let Some(size) = asked_size {
            remember.push(Remember {
                cookie: SIZE_COOKIE,
                value: size.word(),
            });
        }
        let asked_scheme = asked(SCHEME_COOKIE).and_then(Scheme::parse);
        if let Some(scheme) = asked_scheme {
            remember.push(Remember {
                cookie: SCHEME_COOKIE,
                value: scheme.word(),
            });
        }
        let reader = Self {
            lang: asked_lang
                .or_else(|| kept(LANG_COOKIE)?.parse().ok())
                .or_else(|| accepted(accept_language))
                .unwrap_or(city),
            size: asked_size
                .or_else(|| Size::parse(kept(SIZE_COOKIE)?))
                .unwrap_or_default(),
            scheme: asked_scheme
                .or_else(|| Scheme::parse(kept(SCHEME_COOKIE)?))
                .unwrap_or_default(),
        };
        (reader, remember)
    }
}

fn pairs(text: &str, separator: char) -> impl Iterator<Item = (&str, &str)> {
    text.split(separator)
        .filter_map(|pair| pair.trim().split_once('='))
}

/// The best language of an `Accept-Language` header that this house speaks.
fn accepted(header: &str) -> Option<Lang> {
    let mut best: Option<(u16, Lang)> = None;
    // A browser sends a handful; a header of thousands is not read to its end.
    for item in header.split(',').take(20) {
        let mut parts = item.split(';');
        let Some(lang) = spoken(parts.next().unwrap_or_default().trim()) else {
            continue;
        };
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1000, thousandths);
        if weight > 0 && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

fn thousandths(weight: &str) -> u16 {
    let (whole, part) = weight.split_once('.').unwrap_or((weight, ""));
    if whole != "0" {
        return if whole == "1" { 1000 } else { 0 };
    }
    let digits = part.bytes().chain(*b"000").take(3);
    digits.fold(0, |sum, digit| {
        sum * 10
            + if digit.is_ascii_digit() {
                u16::from(digit - b'0')
            } else {
                0
            }
    })
}

fn spoken(tag: &str) -> Option<Lang> {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split(['-', '_']);
    match parts.next()? {
        "en" => Some(Lang::En),
        "zh" | "yue" | "wuu" | "cmn" => {
            let rest: Vec<&str> = parts.collect();
            let has = |word: &str| rest.contains(&word);
            if has("hant") || (!has("hans") && (has("tw") || has("hk") || has("mo"))) {
                Some(Lang::ZhHant)
            } else {
                Some(Lang::ZhHans)
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(query: &str, cookies: &str, accept: &str) -> Lang {
        Reader::decide(query, cookies, accept, Lang::ZhHans).0.lang
    }

    #[test]
    fn the_address_wins_then_the_cookie_then_the_browser_then_the_city() {
        assert_eq!(lang("lang=en", "lang=zh-Hant", "zh-CN"), Lang::En);
        assert_eq!(lang("q=x", "a=b; lang=zh-Hant", "en"), Lang::ZhHant);
        assert_eq!(lang("", "", "fr, en;q=0.3, zh-TW;q=0.9"), Lang::ZhHant);
        assert_eq!(lang("", "", "fr"), Lang::ZhHans);
        assert_eq!(lang("lang=xx", "lang=yy", ""), Lang::ZhHans);
    }

    #[test]
    fn browsers_name_chinese_in_many_ways() {
        for (header, wanted) in [
            ("zh", Lang::ZhHans),
            ("zh-SG", Lang::ZhHans),
            ("zh-HK", Lang::ZhHant),
            ("zh-Hans-HK", Lang::ZhHans),
            ("yue-Hant", Lang::ZhHant),
            ("en-GB;q=0.8,zh-CN;q=0.8", Lang::En),
            ("en;q=0,zh;q=0.1", Lang::ZhHans),
            ("*", Lang::ZhHans),
            ("en;q=banana, zh-TW;q=0.5", Lang::ZhHant),
        ] {
            assert_eq!(lang("", "", header), wanted, "{header}");
        }
    }

    #[test]
    fn only_what_the_address_asked_is_remembered() {
        let (reader, remember) = Reader::decide(
            "size=large&scheme=pink",
            "size=normal; scheme=dark",
            "",
            Lang::En,
        );
        assert_eq!(reader.size, Size::Large);
        assert_eq!(reader.scheme, Scheme::Dark);
        assert_eq!(
            remember,
            [Remember {
                cookie: "size",
                value: "large"
            }]
        );
    }
}
