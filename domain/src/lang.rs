//! The three languages of the house, and a name in each of them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language a reader can choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Lang {
    /// 简体中文, the language names are first written in.
    #[serde(rename = "zh-Hans")]
    ZhHans,
    /// 繁體中文.
    #[serde(rename = "zh-Hant")]
    ZhHant,
    /// English.
    #[serde(rename = "en")]
    En,
}

/// A tag names no language of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the languages are zh-Hans, zh-Hant and en")]
pub struct LangError;

impl Lang {
    /// All languages, in the order a chooser shows them.
    pub const ALL: [Self; 3] = [Self::ZhHans, Self::ZhHant, Self::En];

    /// The BCP 47 tag, as in `?lang=` and `lang=`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhHans => "zh-Hans",
            Self::ZhHant => "zh-Hant",
            Self::En => "en",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Lang {
    type Err = LangError;
    /// Reads a tag of [`Lang::tag`], in any case.
    fn from_str(tag: &str) -> Result<Self, LangError> {
        Self::ALL
            .into_iter()
            .find(|lang| lang.tag().eq_ignore_ascii_case(tag))
            .ok_or(LangError)
    }
}

/// A name in every language of the house.
///
/// A name that a city has not translated stays as it is in the other languages: it is the office's
/// own name, and a wrong translation sends people to the wrong door.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// 简体中文; never empty in a checked city.
    pub zh_hans: String,
    /// 繁體中文; empty means "as in simplified".
    #[serde(default)]
    pub zh_hant: String,
    /// English; empty means "as in simplified".
    #[serde(default)]
    pub en: String,
}

impl Names {
    /// A name that has only its simplified form.
    pub fn plain(zh_hans: impl Into<String>) -> Self {
        Self {
            zh_hans: zh_hans.into(),
            zh_hant: String::new(),
            en: String::new(),
        }
    }

    /// A name in three languages.
    pub fn new(
        zh_hans: impl Into<String>,
        zh_hant: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            zh_hans: zh_hans.into(),
            zh_hant: zh_hant.into(),
            en: en.into(),
        }
    }

    /// The name in `lang`, or the simplified one where it has none there.
    pub fn get(&self, lang: Lang) -> &str {
        let chosen = match lang {
            Lang::ZhHans => &self.zh_hans,
            Lang::ZhHant => &self.zh_hant,
            Lang::En => &self.en,
        };
        if chosen.is_empty() {
            &self.zh_hans
        } else {
            chosen
        }
    }

    /// The languages in which the name is missing.
    pub fn missing(&self) -> Vec<Lang> {
        let texts = [&self.zh_hans, &self.zh_hant, &self.en];
        Lang::ALL
            .into_iter()
            .zip(texts)
            .filter(|(_, text)| text.trim().is_empty())
            .map(|(lang, _)| lang)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_in_any_case_and_written_in_one() {
        for lang in Lang::ALL {
            assert_eq!(lang.tag().parse(), Ok(lang));
            assert_eq!(lang.tag().to_uppercase().parse(), Ok(lang));
            assert_eq!(
                serde_json::to_string(&lang).unwrap(),
                format!("\"{}\"", lang.tag())
            );
        }
        for other in ["", "zh", "zh-CN", "de", "en "] {
            assert_eq!(other.parse::<Lang>(), Err(LangError), "{other:?}");
        }
    }

    #[test]
    fn a_missing_translation_falls_back_to_the_offices_own_name() {
        let names = Names::new("象岗社区", "象崗社區", "");
        assert_eq!(names.get(Lang::ZhHans), "象岗社区");
        assert_eq!(names.get(Lang::ZhHant), "象崗社區");
        assert_eq!(names.get(Lang::En), "象岗社区");
        assert_eq!(names.missing(), [Lang::En]);
    }

    #[test]
    fn an_unknown_language_in_configuration_is_an_error() {
        let error = serde_json::from_str::<Names>(r#"{"zh_hans":"象岗","fr":"Xianggang"}"#);
        assert!(error.is_err());
    }
}
