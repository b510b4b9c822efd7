//! What the form of a whistle offers: categories and communities, and nothing else of the city.
//!
//! A browser runs the checks of [`crate::draft`] and the searches of the form over an [`Offer`];
//! the server runs the same code over the [`City`]. Both are a [`Ground`], so neither can accept
//! what the other refuses.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::search::{Row, category_row, search};
use super::{CategoryKind, City, Hit};
use crate::area::{Area, AreaError, AreaKind, Areas};
use crate::ids::{AreaCode, CategoryCode};
use crate::lang::{Lang, Names};
use crate::time::Timestamp;
use crate::visibility::Visibility;

/// How a category stands to a filing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A danger happening now: residents call, nothing is filed.
    Danger,
    /// It takes whistles.
    Takes(Taken),
}

/// What a category that takes whistles says of who may see them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What the form proposes.
    pub usual: Visibility,
    /// Never public, whatever is asked.
    pub always_private: bool,
}

/// Where a draft is checked: the whole city on the server, its [`Offer`] in a browser.
pub trait Ground {
    /// How the category of that code stands to a filing; none if nobody can file under it.
    fn standing(&self, code: &CategoryCode) -> Option<Standing>;
    /// The areas; communities at least.
    fn areas(&self) -> &Areas;
}

impl Ground for City {
    fn standing(&self, code: &CategoryCode) -> Option<Standing> {
        let category = self.category(code)?;
        if category.closed {
            return None;
        }
        if category.emergency {
            return Some(Standing::Danger);
        }
        // A tip is sealed and has a door of its own.
        let taken = category.kind == CategoryKind::Whistle && self.is_leaf(code);
        taken.then_some(Standing::Takes(Taken {
            usual: category.visibility,
            always_private: category.always_private,
        }))
    }

    fn areas(&self) -> &Areas {
        &self.areas
    }
}

/// What points at a ground stands on it.
impl<P: Deref<Target: Ground>> Ground for P {
    fn standing(&self, code: &CategoryCode) -> Option<Standing> {
        self.deref().standing(code)
    }

    fn areas(&self) -> &Areas {
        self.deref().areas()
    }
}

/// A category of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedCategory {
    /// Its code.
    pub code: CategoryCode,
    /// Its name.
    pub names: Names,
    /// What belongs there, in one plain sentence.
    pub plain: Names,
    /// The name of the group above.
    pub group: Option<Names>,
    /// Words residents use for it.
    pub synonyms: Vec<String>,
    /// What the form proposes.
    pub usual: Visibility,
    /// Never public.
    pub always_private: bool,
    /// A danger happening now.
    pub danger: bool,
}

/// A community of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedCommunity {
    /// Its official code.
    pub code: AreaCode,
    /// Its names.
    pub names: Names,
    /// The governance unit it lies in, to tell it from others.
    pub unit: Option<Names>,
    /// Former names.
    pub formerly: Vec<String>,
    /// Pinyin without tones, a space between syllables.
    pub pinyin: String,
}

/// An [`Offer`] as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferRows {
    /// Categories that take whistles, and those that say "call now".
    pub categories: Vec<OfferedCategory>,
    /// Communities of today.
    pub communities: Vec<OfferedCommunity>,
}

impl City {
    /// What the form offers at `now`.
    pub fn offer(&self, now: Timestamp) -> OfferRows {
        let categories = self
            .categories
            .iter()
            .filter_map(|category| {
                let standing = self.standing(&category.code)?;
                let group = category
                    .parent
                    .as_ref()
                    .and_then(|code| self.category(code));
                Some(OfferedCategory {
                    code: category.code.clone(),
                    names: category.names.clone(),
                    plain: category.plain.clone(),
                    group: group.map(|group| group.names.clone()),
                    synonyms: category.synonyms.clone(),
                    usual: category.visibility,
                    always_private: category.always_private,
                    danger: standing == Standing::Danger,
                })
            })
            .collect();
        let communities = self
            .areas
            .of_kind(AreaKind::Community, now)
            .into_iter()
            .map(|area| {
                let above = self.areas.ancestors(&area.code, now);
                let unit = above.into_iter().find(|above| above.kind == AreaKind::Unit);
                OfferedCommunity {
                    code: area.code.clone(),
                    names: area.names.clone(),
                    unit: unit.map(|unit| unit.names.clone()),
                    formerly: area.formerly.clone(),
                    pinyin: area.pinyin.clone(),
                }
            })
            .collect();
        OfferRows {
            categories,
            communities,
        }
    }
}

/// What the form offers, ready to check drafts and to be searched.
#[derive(Clone, Debug)]
pub struct Offer {
    rows: OfferRows,
    areas: Areas,
    index: Vec<Row<CategoryCode>>,
}

impl Offer {
    /// Makes the rows ready.
    ///
    /// # Errors
    /// [`AreaError`] if two communities have one code.
    pub fn new(rows: OfferRows) -> Result<Self, AreaError> {
        let areas = rows.communities.iter().map(|row| Area {
            code: row.code.clone(),
            kind: AreaKind::Community,
            parent: None,
            valid_from: Timestamp::from_millis(i64::MIN),
            valid_to: None,
            names: row.names.clone(),
            formerly: row.formerly.clone(),
            pinyin: row.pinyin.clone(),
            contact: None,
            heir: None,
        });
        let areas = Areas::new(areas.collect())?;
        let index = rows
            .categories
            .iter()
            .map(|c| category_row(&c.code, &c.names, &c.plain, &c.synonyms, c.group.as_ref()));
        let index = index.collect();
        Ok(Self { rows, areas, index })
    }

    /// The category of that code.
    pub fn category(&self, code: &CategoryCode) -> Option<&OfferedCategory> {
        self.rows.categories.iter().find(|row| row.code == *code)
    }

    /// Categories for the words of a query or for a whole description, best first, as
    /// [`City::search_categories`] finds them.
    pub fn search_categories(&self, query: &str, lang: Lang) -> Vec<Hit<CategoryCode>> {
        search(&self.index, query, lang)
    }

    /// Communities whose name, former name or pinyin fits what is typed, best first.
    pub fn search_communities(&self, typed: &str) -> Vec<&OfferedCommunity> {
        let found = self.areas.search(typed, OFFERED_AT);
        found
            .iter()
            .filter_map(|found| self.community(&found.code))
            .collect()
    }

    /// Communities that are named in a text, the surest first.
    pub fn communities_in(&self, text: &str) -> Vec<&OfferedCommunity> {
        let found = self.areas.match_in_text(text, OFFERED_AT);
        found
            .iter()
            .filter_map(|code| self.community(code))
            .collect()
    }

    fn community(&self, code: &AreaCode) -> Option<&OfferedCommunity> {
        self.rows.communities.iter().find(|row| row.code == *code)
    }
}

/// When to check a draft against an [`Offer`]: its rows are those of one moment and hold at any.
pub const OFFERED_AT: Timestamp = Timestamp::from_millis(0);

impl Ground for Offer {
    fn standing(&self, code: &CategoryCode) -> Option<Standing> {
        let category = self.category(code)?;
        Some(if category.danger {
            Standing::Danger
        } else {
            Standing::Takes(Taken {
                usual: category.usual,
                always_private: category.always_private,
            })
        })
    }

    fn areas(&self) -> &Areas {
        &self.areas
    }
}
