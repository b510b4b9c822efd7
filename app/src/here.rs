//! What every page knows without asking anybody: the city's own words about itself, how the reader
//! reads, and which address this is.

use std::sync::Arc;

use domain::{
    lang::{Lang, Names},
    time::CityTime,
};

use crate::reader::Reader;

/// A number to call instead of writing here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneLine {
    /// As dialled.
    pub number: String,
    /// Who answers.
    pub names: Names,
    /// Reached by text message, not by voice.
    pub by_text: bool,
}

/// The browser files of the islands, when they were built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IslandFiles {
    /// Address of the module that binds the WASM.
    pub script: String,
    /// Address of the WASM.
    pub wasm: String,
}

impl IslandFiles {
    /// Reads the list that `scripts/build-wasm.sh` leaves at `hashes` in the site folder; nothing
    /// when it is not that list.
    pub fn parse(hashes: &str) -> Option<Self> {
        let name = |kind: &str| {
            let name = hashes.lines().find_map(|line| line.strip_prefix(kind))?;
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-' || c == '_';
            name.chars().all(plain).then(|| format!("/pkg/{name}"))
        };
        Some(Self {
            script: name("js:")?,
            wasm: name("wasm:")?,
        })
    }
}

/// The site: settings that do not change while the server runs.
#[derive(Clone, Debug)]
pub struct Site {
    /// The city, as its people call it: 龙港.
    pub city: Names,
    /// Scheme and host without a slash at the end; empty when unknown, then there are no absolute
    /// links.
    pub base_url: String,
    /// A demonstration: every page carries the label, and it cannot be switched off.
    pub demo: bool,
    /// Asks search engines to stay away; always so in a demonstration.
    pub noindex: bool,
    /// 主办单位; hidden when empty.
    pub sponsor: String,
    /// ICP filing number; hidden when empty.
    pub icp: String,
    /// Police filing number; hidden when empty.
    pub police_filing: String,
    /// Life and limb: 110, 119, 120 first.
    pub emergency: Vec<PhoneLine>,
    /// The general line, 12345.
    pub hotline: Option<PhoneLine>,
    /// The city's clock.
    pub time: CityTime,
    /// Absent: pages are complete without them and say nothing.
    pub islands: Option<IslandFiles>,
}

/// One request's view of the site. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Here {
    /// Shared by all requests.
    pub site: Arc<Site>,
    /// How this person reads.
    pub reader: Reader,
    /// Path of the page, as in the address bar.
    pub path: String,
    /// Query without the question mark, undecoded.
    pub query: String,
}

/// Parameters that change how a page is read and never what it says.
const READING: [&str; 3] = ["lang", "size", "scheme"];

impl Here {
    /// The page at `path`.
    pub fn new(site: Arc<Site>, reader: Reader, path: &str, query: &str) -> Self {
        Self {
            site,
            reader,
            path: path.to_owned(),
            query: query.to_owned(),
        }
    }

    /// The language of every text on the page.
    pub fn lang(&self) -> Lang {
        self.reader.lang
    }

    /// This address with one reading parameter set: the link of a chooser.
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut query = self.bare_query();
        if !query.is_empty() {
            query.push('&');
        }
        format!("{}?{query}{name}={value}", self.path)
    }

    /// This address with some parameters of its query set, or taken out where the value is empty.
    pub fn address(&self, set: &[(&str, &str)]) -> String {
        let bare = self.bare_query();
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in form_urlencoded::parse(bare.as_bytes()) {
            if !set.iter().any(|(other, _)| *other == name) {
                query.append_pair(&name, &value);
            }
        }
        for (name, value) in set.iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{mark}{query}", self.path)
    }

    /// The one address search engines should keep: absolute, without reading parameters.
    pub fn canonical(&self) -> String {
        let query = self.bare_query();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{}{mark}{query}", self.site.base_url, self.path)
    }

    /// The absolute address of this page in `lang`.
    pub fn in_language(&self, lang: Lang) -> String {
        format!("{}{}", self.site.base_url, self.with("lang", lang.tag()))
    }

    fn bare_query(&self) -> String {
        let mut kept = Vec::new();
        for pair in self.query.split('&').filter(|pair| !pair.is_empty()) {
            let name = pair.split('=').next().unwrap_or_default();
            if !READING.contains(&name) {
                kept.push(pair);
            }
        }
        kept.join("&")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A site as the demo city has it.
    pub(crate) fn a_site() -> Site {
        let line = |number: &str, name: &str, by_text| PhoneLine {
            number: number.to_owned(),
            names: Names::plain(name),
            by_text,
        };
        Site {
            city: Names::new("龙港", "龍港", "Longgang"),
            base_url: "https://example.test".to_owned(),
            demo: true,
            noindex: true,
            sponsor: "龙港市基层治理委员会".to_owned(),
            icp: String::new(),
            police_filing: String::new(),
            emergency: vec![
                Names::new("报警", "報警", "Police"),
                Names::new("火警", "火警", "Fire"),
                Names::new("急救", "急救", "Ambulance"),
            ]
            .into_iter()
            .zip(["110", "119", "120"])
            .map(|(names, number)| PhoneLine {
                number: number.to_owned(),
                names,
                by_text: false,
            })
            .chain([
                line("12110", "短信报警", true),
                line("12395", "海上遇险", false),
            ])
            .collect(),
            hotline: Some(PhoneLine {
                number: "12345".to_owned(),
                names: Names::new("政务热线", "政務熱線", "City hotline"),
                by_text: false,
            }),
            time: CityTime::china(),
            islands: None,
        }
    }

    /// The page at `path` for a reader of `lang`.
    pub(crate) fn at(lang: Lang, path: &str, query: &str) -> Here {
        Here::new(Arc::new(a_site()), Reader::new(lang), path, query)
    }

    #[test]
    fn the_list_of_the_islands_is_read_or_left_alone() {
        let files = IslandFiles::parse("js:huiyin.0a1b2c3d.js\nwasm:huiyin.4e5f.wasm\n").unwrap();
        assert_eq!(files.script, "/pkg/huiyin.0a1b2c3d.js");
        assert_eq!(files.wasm, "/pkg/huiyin.4e5f.wasm");
        for broken in [
            "",
            "js:a.js",
            "js:a b.js\nwasm:c.wasm",
            "js:../x\"y.js\nwasm:c.wasm",
        ] {
            assert_eq!(IslandFiles::parse(broken), None, "{broken:?}");
        }
    }

    #[test]
    fn choosers_keep_the_rest_of_the_address() {
        let here = at(Lang::ZhHans, "/cases", "q=%E5%8D%A0&lang=en&state=open");
        assert_eq!(
            here.with("lang", "zh-Hant"),
            "/cases?q=%E5%8D%A0&state=open&lang=zh-Hant"
        );
        assert_eq!(
            here.canonical(),
            "https://example.test/cases?q=%E5%8D%A0&state=open"
        );
        assert_eq!(
            at(Lang::En, "/", "size=large").canonical(),
            "https://example.test/"
        );
        assert_eq!(at(Lang::En, "/", "").with("size", "large"), "/?size=large");
    }
}
