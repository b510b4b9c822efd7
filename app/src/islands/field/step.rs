//! One step that waits: what of a form may lie on a phone, for how long, and where.

use std::fmt::Write as _;

use domain::decide::typed::CLAIM_REACHES;
use leptos::{
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{Blob, FormData, HtmlFormElement, window},
};

use crate::islands::{
    dom,
    idb::{Ask, Place, Result},
    object::{items, list, number, set, text},
};

/// How long what somebody else left on the phone is kept, in milliseconds: seven days. The boot script lets
/// go of everything after a month, for pages that have no queue.
const LASTS: f64 = 7.0 * 24.0 * 60.0 * 60.0 * 1000.0;

const STEPS: Place = Place {
    database: "huiyin-desk",
    table: "steps",
};

/// A step as it lies on the phone.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// The key under which it is done once.
    pub key: String,
    /// Whose it is.
    pub whose: String,
    /// Which of them it is. Clocks of phones are put back, and the order counts.
    pub no: f64,
    /// When it was pressed, unix milliseconds by the phone's clock.
    pub at: f64,
    /// Where its form is posted.
    pub path: String,
    /// How it is called, with the number of its case.
    pub title: String,
    /// Names and values, in the order of the form.
    pub fields: Vec<(String, String)>,
    /// The photos, without the names of their files.
    pub photos: Vec<Blob>,
    /// Why the server said no.
    pub refused: Option<String>,
}

/// Borne by a form whose step has a key.
pub const KEY: &str = "data-key";

/// What a try brings itself, each time anew.
const OWN: [&str; 4] = ["act", "key", "once", "whose"];

impl Step {
    /// What is in a form, pressed with the button of this act.
    pub fn of(form: &HtmlFormElement, act: &str, whose: &str, now: f64) -> Option<Self> {
        let data = FormData::new_with_form(form).ok()?;
        // Photos that wait on the server wait under the key of their form; and a form that was sent from
        // here without anybody knowing what became of it has the key of that try.
        let staged = data.get("key").as_string().filter(|_| data.has("staged"));
        let key = form.get_attribute(KEY).or(staged).or_else(draw)?;
        dom::set(form, KEY, Some(&key));
        let mut step = Self {
            key,
            whose: whose.to_owned(),
            at: now,
            path: form.get_attribute("action")?,
            title: form.get_attribute("data-step")?,
            fields: vec![("act".to_owned(), act.to_owned())],
            ..Self::default()
        };
        for entry in js_sys::try_iter(&data).ok()?? {
            let pair: js_sys::Array = entry.ok()?.dyn_into().ok()?;
            let name = pair.get(0).as_string()?;
            match pair.get(1).dyn_into::<Blob>() {
                // An empty field of files sends one that has nothing in it.
                Ok(photo) if photo.size() > 0.0 => {
                    // A part of a file, be it all of it, has no name.
                    let (size, kind) = (photo.size(), photo.type_());
                    let bare = photo.slice_with_f64_and_f64_and_content_type(0.0, size, &kind);
                    step.photos.push(bare.ok()?);
                }
                Ok(_) => {}
                Err(value) if !OWN.contains(&name.as_str()) => {
                    step.fields.push((name, value.as_string()?));
                }
                Err(_) => {}
            }
        }
        let number = step.path.rsplit('/').next().unwrap_or_default();
        step.title = format!("{} · {number}", step.title);
        Some(step)
    }

    /// The value of a field, or nothing.
    pub fn field(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Whether it is the same step of the same part as another, which can be taken once only.
    pub fn repeats(&self, other: &Self) -> bool {
        let what = |step: &Self| {
            let words = ["act", "part"].map(|name| step.field(name).to_owned());
            (step.path.clone(), words)
        };
        self.is_once() && self.key != other.key && what(self) == what(other)
    }

    /// Whether it can be taken once only; photos are shown as often as they are taken.
    pub fn is_once(&self) -> bool {
        self.field("act") != "add_evidence"
    }

    /// The fields of a try at `now`.
    pub fn told(&self, now: f64) -> Vec<(String, String)> {
        const MINUTE: f64 = 60_000.0;
        let mut fields = self.fields.clone();
        let minutes = (now - self.at) / MINUTE;
        // A clock that was put right or wrong in between tells nothing.
        let tells = (1.0..f64::from(CLAIM_REACHES) * 24.0 * 60.0).contains(&minutes);
        if tells && self.field("claimed_at").is_empty() {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a month at most"
            )]
            let seconds = (minutes * 60.0) as u32;
            fields.push(("claimed_ago".to_owned(), seconds.to_string()));
        }
        for (name, value) in [("key", &self.key), ("whose", &self.whose)] {
            fields.push((name.to_owned(), value.clone()));
        }
        fields.push(("once".to_owned(), "1".to_owned()));
        fields
    }

    /// As the browser keeps it: without what was seen of the case. A step that waited stands, whatever
    /// happened meanwhile, if the rules let it.
    fn to_js(&self) -> JsValue {
        let pair = |(name, value): &(String, String)| {
            list(
                [name, value]
                    .into_iter()
                    .map(|text| JsValue::from_str(text)),
            )
        };
        let object = js_sys::Object::new().into();
        for (name, value) in [
            ("key", JsValue::from_str(&self.key)),
            ("whose", JsValue::from_str(&self.whose)),
            ("no", self.no.into()),
            ("at", self.at.into()),
            ("path", JsValue::from_str(&self.path)),
            ("title", JsValue::from_str(&self.title)),
            ("fields", list(self.kept().map(pair))),
            ("photos", list(self.photos.iter().map(JsValue::from))),
        ] {
            set(&object, name, &value);
        }
        if let Some(why) = &self.refused {
            set(&object, "refused", &JsValue::from_str(why));
        }
        object
    }

    fn kept(&self) -> impl Iterator<Item = &(String, String)> {
        self.fields.iter().filter(|(name, _)| name != "version")
    }

    fn from_js(object: &JsValue) -> Option<Self> {
        let pair = |pair: JsValue| {
            let pair = js_sys::Array::from(&pair);
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        };
        Some(Self {
            key: text(object, "key")?,
            whose: text(object, "whose")?,
            no: number(object, "no"),
            at: number(object, "at"),
            path: text(object, "path")?,
            title: text(object, "title")?,
            fields: items(object, "fields").filter_map(pair).collect(),
            photos: items(object, "photos")
                .filter_map(|photo| photo.dyn_into().ok())
                .collect(),
            refused: text(object, "refused"),
        })
    }
}

/// A key of its own, 128 bits of chance.
fn draw() -> Option<String> {
    let mut random = [0_u8; 16];
    let crypto = window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut random).ok()?;
    let mut key = String::new();
    for byte in random {
        // Writing to a String cannot fail.
        let _ = write!(key, "{byte:02x}");
    }
    Some(key)
}

/// What this person did and what has not arrived, in its order. Nobody's own step goes by itself; what
/// somebody else left goes after seven days.
///
/// # Errors
/// Where the browser keeps nothing.
pub async fn all(whose: &str) -> Result<Vec<Step>> {
    let rows = STEPS.ask(Ask::All).await?;
    let now = js_sys::Date::now();
    let mut steps = Vec::new();
    for row in js_sys::Array::from(&rows).iter() {
        let Some(step) = Step::from_js(&row) else {
            continue;
        };
        if step.whose == whose {
            // The sort of the language is ten times this.
            let at = steps.partition_point(|other: &Step| other.no <= step.no);
            steps.insert(at, step);
        } else if (now - step.at).abs() > LASTS {
            forget(&step.key).await?;
        }
    }
    Ok(steps)
}

/// The step of this key, if it is still there: its person may have given it up.
pub async fn find(step: &Step) -> Option<Step> {
    let steps = all(&step.whose).await.ok()?;
    steps.into_iter().find(|other| other.key == step.key)
}

/// Keeps a step, in the place of the one with the same key.
///
/// # Errors
/// Where the browser keeps nothing, or has no room.
pub async fn keep(step: &Step) -> Result<()> {
    STEPS.ask(Ask::Put(&step.to_js())).await.map(|_| ())
}

/// Forgets one step.
///
/// # Errors
/// Where the browser keeps nothing.
pub async fn forget(key: &str) -> Result<()> {
    STEPS.ask(Ask::Delete(key)).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(act: &str) -> Step {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        Step {
            key: "k".to_owned(),
            whose: "w".to_owned(),
            path: "/desk/cases/1".to_owned(),
            fields: vec![field("act", act), field("version", "7"), field("part", "2")],
            ..Step::default()
        }
    }

    fn told(step: &Step, now: f64, name: &str) -> Option<String> {
        let fields = step.told(now);
        fields
            .into_iter()
            .find(|(field, _)| field == name)
            .map(|it| it.1)
    }

    #[test]
    fn every_try_bears_the_same_key_and_its_person() {
        for now in [0.0, 9e9] {
            let fields = ["key", "whose", "once"].map(|name| told(&step("arrive"), now, name));
            assert_eq!(fields, ["k", "w", "1"].map(|it| Some(it.to_owned())));
        }
    }

    #[test]
    fn what_waits_is_not_held_against_what_was_seen() {
        let step = step("arrive");
        assert_eq!(told(&step, 0.0, "version").as_deref(), Some("7"));
        assert!(step.kept().all(|(name, _)| name != "version"));
        assert_eq!(step.kept().count(), 2);
    }

    #[test]
    fn how_long_ago_it_was_is_told_unless_somebody_typed_it() {
        let mut step = step("arrive");
        assert_eq!(told(&step, 59_000.0, "claimed_ago"), None);
        assert_eq!(told(&step, 90_000.0, "claimed_ago").as_deref(), Some("90"));
        for now in [-1e12, 1.7e12] {
            assert_eq!(told(&step, now, "claimed_ago"), None, "{now}");
        }
        step.fields
            .push(("claimed_at".to_owned(), "2026-12-01T09:00".to_owned()));
        assert_eq!(told(&step, 90_000.0, "claimed_ago"), None);
    }

    #[test]
    fn a_step_of_a_part_waits_once_and_photos_as_often_as_they_are_taken() {
        let other = Step {
            key: "other".to_owned(),
            ..step("arrive")
        };
        assert!(step("arrive").repeats(&other));
        assert!(!step("arrive").repeats(&step("arrive")), "it is itself");
        assert!(!step("feed_back").repeats(&other));
        let photo = Step {
            key: "other".to_owned(),
            ..step("add_evidence")
        };
        assert!(!step("add_evidence").repeats(&photo));
    }
}
