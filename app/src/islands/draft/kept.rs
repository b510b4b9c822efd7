//! One kept draft: what of a form may lie on a phone, for how long, and where it stands.

use domain::draft::check_description;
use leptos::{
    wasm_bindgen::{JsCast, JsValue},
    web_sys::Blob,
};

use crate::islands::object::{flag, get, items, list, number, set, text};

/// How long a draft is kept, in milliseconds: seven days.
pub const LASTS: f64 = 7.0 * 24.0 * 60.0 * 60.0 * 1000.0;

/// The fields of the form that are kept. A field that is not named here is not: name, telephone,
/// mail and the answer about danger never lie on a phone that others may use.
pub const FIELDS: [&str; 12] = [
    "again",
    "ticket",
    "category",
    "description",
    "community",
    "community_choice",
    "place",
    "lat",
    "lng",
    "accuracy",
    "visibility",
    "staged",
];

/// The part of a draft that is sent.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Names and values, each name one of [`FIELDS`].
    pub fields: Vec<(String, String)>,
    /// The photos, without the names of their files.
    pub photos: Vec<Blob>,
    /// Name, telephone or mail stood in the form; what they were is not kept.
    pub contact: bool,
}

/// A question of the form that has to be answered before anything can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Is anybody in danger?
    Danger,
    /// What kind of problem is it?
    Category,
    /// What happened?
    Description,
    /// Which community is it in?
    Community,
}

/// Why a draft waits for its person and not for the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The server found something to mend.
    Mend,
    /// It had arrived before, with a name or number that this phone did not keep.
    Arrived,
}

/// A draft as it lies on the phone. Instants are unix milliseconds.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The filing key: the same for every try, so that a case is filed once.
    pub key: String,
    /// When its person last kept it.
    pub at: f64,
    /// What is to be sent.
    pub told: Told,
    /// What was told before it was changed, if that may have arrived.
    pub before: Option<Told>,
    /// Its person pressed "send": any page may send it.
    pub wanted: bool,
    /// A try began whose end nobody saw.
    pub tried: bool,
    /// Until when one page alone sends it.
    pub lease: f64,
    /// Not to be tried before.
    pub rest: f64,
    /// When the browser itself sent the form.
    pub native: f64,
    /// It is filed, and nobody has seen the receipt yet: its number.
    pub filed: Option<String>,
    /// Why it is not sent by itself.
    pub trouble: Option<Trouble>,
    /// What a page without the form says about it, as JSON.
    pub words: String,
    /// The language of `words`.
    pub lang: String,
}

impl Told {
    /// The first value of a field, or nothing.
    pub fn field(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Questions without an answer. Whether the answers hold is for the server to say.
    pub fn missing(&self) -> Vec<Question> {
        let mut missing = Vec::new();
        if self.field("category").is_empty() {
            missing.push(Question::Category);
        }
        if check_description(self.field("description")).is_err() {
            missing.push(Question::Description);
        }
        if self.field("community").trim().is_empty() && self.field("community_choice").is_empty() {
            missing.push(Question::Community);
        }
        missing
    }

    /// The server would take it for another report.
    pub fn differs(&self, other: &Self) -> bool {
        let told = |told: &Self| {
            let fields = told.fields.iter().filter(|(name, _)| name != "ticket");
            let sizes = told.photos.iter().map(|photo| photo.size().to_bits());
            (
                fields.cloned().collect::<Vec<_>>(),
                sizes.collect::<Vec<_>>(),
                told.contact,
            )
        };
        told(self) != told(other)
    }

    /// Takes the ticket of a crowd along to the next try.
    pub fn hold(&mut self, ticket: String) {
        self.fields.retain(|(name, _)| name != "ticket");
        self.fields.push(("ticket".to_owned(), ticket));
    }

    fn to_js(&self) -> JsValue {
        let fields = self.fields.iter().map(|(name, value)| {
            list(
                [name, value]
                    .into_iter()
                    .map(|text| JsValue::from_str(text)),
            )
        });
        let object = js_sys::Object::new().into();
        set(&object, "fields", &list(fields));
        set(
            &object,
            "photos",
            &list(self.photos.iter().map(JsValue::from)),
        );
        set(&object, "contact", &self.contact.into());
        object
    }

    fn from_js(object: &JsValue) -> Self {
        let pair = |pair: JsValue| {
            let pair = js_sys::Array::from(&pair);
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        };
        let blob = |photo: JsValue| photo.dyn_into::<Blob>().ok();
        Self {
            fields: items(object, "fields").filter_map(pair).collect(),
            photos: items(object, "photos").filter_map(blob).collect(),
            contact: flag(object, "contact"),
        }
    }
}

impl Kept {
    /// Past its seven days.
    pub fn is_old(&self, now: f64) -> bool {
        now - self.at > LASTS
    }

    /// Nothing but the line keeps it from being sent.
    pub fn is_waiting(&self) -> bool {
        self.wanted && self.filed.is_none() && self.trouble.is_none()
    }

    /// Puts what is in the form now in place of what was kept, which may have arrived already:
    /// then it is held too, for the receipt is its.
    pub fn tell(&mut self, told: Told) {
        if self.tried && self.told.differs(&told) {
            self.before = Some(std::mem::replace(&mut self.told, told));
        } else {
            self.told = told;
        }
        self.trouble = None;
        self.filed = None;
    }

    /// As the browser keeps it. `call` tells the boot script that there is something to do or to
    /// say on a page without the form.
    pub fn to_js(&self) -> JsValue {
        let object = js_sys::Object::new().into();
        let optional = |text: Option<&str>| text.map_or(JsValue::UNDEFINED, JsValue::from_str);
        let trouble = self.trouble.map(|trouble| match trouble {
            Trouble::Mend => "mend",
            Trouble::Arrived => "arrived",
        });
        let call = self.wanted || self.filed.is_some() || trouble.is_some();
        let before = self.before.as_ref().map_or(JsValue::UNDEFINED, Told::to_js);
        for (name, value) in [
            ("key", JsValue::from_str(&self.key)),
            ("at", self.at.into()),
            ("told", self.told.to_js()),
            ("before", before),
            ("wanted", self.wanted.into()),
            ("tried", self.tried.into()),
            ("lease", self.lease.into()),
            ("rest", self.rest.into()),
            ("native", self.native.into()),
            ("filed", optional(self.filed.as_deref())),
            ("trouble", optional(trouble)),
            ("words", JsValue::from_str(&self.words)),
            ("lang", JsValue::from_str(&self.lang)),
            ("call", call.into()),
        ] {
            set(&object, name, &value);
        }
        object
    }

    /// Reads what [`Self::to_js`] wrote; nothing without a key.
    pub fn from_js(object: &JsValue) -> Option<Self> {
        let before = get(object, "before");
        Some(Self {
            key: text(object, "key")?,
            at: number(object, "at"),
            told: Told::from_js(&get(object, "told")),
            before: before.is_object().then(|| Told::from_js(&before)),
            wanted: flag(object, "wanted"),
            tried: flag(object, "tried"),
            lease: number(object, "lease"),
            rest: number(object, "rest"),
            native: number(object, "native"),
            filed: text(object, "filed"),
            trouble: match text(object, "trouble").as_deref() {
                Some("mend") => Some(Trouble::Mend),
                Some("arrived") => Some(Trouble::Arrived),
                _ => None,
            },
            words: text(object, "words").unwrap_or_default(),
            lang: text(object, "lang").unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(description: &str) -> Told {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        Told {
            fields: vec![
                field("category", "rubbish"),
                field("description", description),
            ],
            ..Told::default()
        }
    }

    #[test]
    fn nothing_by_which_a_person_is_known_is_kept() {
        for field in ["name", "phone", "email", "may_call", "danger", "by"] {
            assert!(!FIELDS.contains(&field), "{field}");
        }
    }

    #[test]
    fn what_has_to_be_answered_first_is_named_in_the_order_of_the_form() {
        let half = told("路灯");
        assert_eq!(half.missing(), [Question::Description, Question::Community]);
        let mut whole = told("路灯三天不亮，晚上看不见路。");
        whole
            .fields
            .push(("community_choice".to_owned(), "330383198023".to_owned()));
        assert_eq!(whole.missing(), []);
    }

    #[test]
    fn what_may_have_arrived_is_held_beside_what_it_was_changed_to() {
        let mut kept = Kept {
            told: told("先写的"),
            ..Kept::default()
        };
        kept.tell(told("改过的"));
        assert!(kept.before.is_none(), "nobody tried to send it");
        kept.tried = true;
        kept.tell(told("改过的"));
        assert!(kept.before.is_none(), "nothing was changed");
        kept.tell(told("又改过的"));
        assert_eq!(kept.before.unwrap().field("description"), "改过的");
        assert_eq!(kept.told.field("description"), "又改过的");
    }

    #[test]
    fn a_ticket_is_no_other_report_and_takes_the_place_of_the_last() {
        let mut with = told("路灯");
        with.hold("one".to_owned());
        with.hold("two".to_owned());
        assert_eq!(with.field("ticket"), "two");
        assert!(!with.differs(&told("路灯")));
        assert!(with.differs(&told("路牌")));
    }

    #[test]
    fn seven_days_and_no_more() {
        let kept = Kept {
            at: 1000.0,
            ..Kept::default()
        };
        assert!(!kept.is_old(1000.0 + LASTS));
        assert!(kept.is_old(1001.0 + LASTS));
    }
}
