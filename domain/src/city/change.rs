//! What a city changes about itself while it runs: areas, office hours, clocks, categories, duties,
//! and the grids of its departments.
//!
//! A change has a day from which it holds and is never altered; what has not begun may be taken back.
//! A city in force is the city of the files with its changes in order. So nobody needs SQL or a new
//! start to run a city, and what held on a day of last year can be made again.
//!
//! Areas and duties carry dates of their own: a change of theirs is in the tables as soon as it is
//! known, and every question about them names an instant. Hours, clocks, categories and department
//! grids carry none: they are those of the moment for which the city is made ([`City::changed`]). What
//! is new among them stands there early as well, for duties may name it: a category is closed until
//! its day. So the same changes can be made on every day, or on none.

mod areas;
mod lines;
mod made;
mod typed;
mod written;

use serde::{Deserialize, Serialize};

use self::areas::Rows;
use super::search::SearchIndex;
use super::{Category, City, EvidenceKind, Finding};
use crate::area::{AreaError, Areas, OfficeContact};
use crate::clock::{Limit, ServiceHours, Stage};
use crate::ids::{AreaCode, CategoryCode, DutyCode, PolicyCode, UnitCode};
use crate::lang::Names;
use crate::time::Timestamp;
use crate::visibility::Visibility;

pub use lines::{LineGrid, Overlap, Overlay};
pub use typed::{BadLines, Field, Mistake, Topic, Wrong, read};
pub use written::typed_of;

/// One change, by its kind. What is written down of it must be readable for ever: a kind may get new
/// fields with a default and loses none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Another name; the old one is found as a former name from then on.
    RenameArea {
        /// Which.
        area: AreaCode,
        /// The new name.
        names: Names,
        /// Its pinyin without tones, a space between syllables.
        pinyin: String,
    },
    /// Into another area of the same size as the one it lay in: a community into another unit.
    MoveArea {
        /// Which.
        area: AreaCode,
        /// Where to.
        to: AreaCode,
    },
    /// A part becomes an area of its own beside it. What was open stays with the old one.
    SplitArea {
        /// Which is split.
        area: AreaCode,
        /// Code of the new one.
        code: AreaCode,
        /// Its name.
        names: Names,
        /// Its pinyin.
        pinyin: String,
        /// What of the old one lies in the new one.
        takes: Vec<AreaCode>,
    },
    /// It ends and all of it lies in another from then on, which answers for what was left open.
    MergeAreas {
        /// Which ends.
        area: AreaCode,
        /// Which goes on.
        into: AreaCode,
    },
    /// A new area, one size smaller than what it lies in.
    AddArea {
        /// Where.
        within: AreaCode,
        /// Its code.
        code: AreaCode,
        /// Its name.
        names: Names,
        /// Its pinyin.
        pinyin: String,
    },
    /// How the office of an area is reached.
    SetOffice {
        /// Of which.
        area: AreaCode,
        /// Telephone, address, and when it is open in words.
        contact: OfficeContact,
    },
    /// Opening hours, by which service minutes are counted.
    SetHours {
        /// Of which area and all in it; none: of the city, where no area says otherwise.
        area: Option<AreaCode>,
        /// None: as the area around it.
        hours: Option<ServiceHours>,
    },
    /// A clock preset, new or as it shall be. No running clock moves.
    SetClocks {
        /// Its code.
        policy: PolicyCode,
        /// Its name.
        names: Names,
        /// The limit of each stage that has one.
        limits: Vec<(Stage, Limit)>,
        /// Minutes run only while the station is staffed.
        staffed_only: bool,
        /// The law, standard or promise it comes from.
        basis: String,
    },
    /// How a category is called and handled.
    SetCategory {
        /// Which.
        category: CategoryCode,
        /// What is said of it.
        row: CategoryRow,
    },
    /// A new category, with the duty that says who leads.
    AddCategory {
        /// Its code.
        category: CategoryCode,
        /// The group it is in.
        within: CategoryCode,
        /// What is said of it.
        row: CategoryRow,
        /// The code of its duty.
        duty: DutyCode,
        /// The law or rule of its duty.
        basis: String,
    },
    /// Whether it is offered to whoever files. Cases there are keep it.
    OpenCategory {
        /// Which.
        category: CategoryCode,
        /// Offered or not.
        open: bool,
    },
    /// A row of the duty list, new or in the place of another.
    SetDuty {
        /// Its code.
        duty: DutyCode,
        /// The row that ends with it.
        replaces: Option<DutyCode>,
        /// What it is about.
        category: CategoryCode,
        /// In which situation.
        situation: Names,
        /// Who leads.
        lead: UnitCode,
        /// Who supports.
        supports: Vec<UnitCode>,
        /// The law or rule.
        basis: String,
        /// Only there; empty: in the whole city.
        areas: Vec<AreaCode>,
    },
    /// A row of the duty list ends.
    EndDuty {
        /// Which.
        duty: DutyCode,
    },
    /// The grids a department works by (条线网格), laid over the city's own: all of them at once.
    SetLineGrids {
        /// Of which department or module.
        unit: UnitCode,
        /// Its grids; none: it works by the city's.
        grids: Vec<LineGrid>,
    },
    /// An earlier change that has not begun is not to be.
    TakeBack {
        /// Its number.
        number: u32,
    },
}

/// What may be changed of a category. Who must see it (always private, emergency, tip) is of its group
/// and stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryRow {
    /// Name.
    pub names: Names,
    /// What belongs there, in one plain sentence.
    pub plain: Names,
    /// Words residents use for it.
    pub synonyms: Vec<String>,
    /// What the form proposes.
    pub visibility: Visibility,
    /// The clocks of its cases.
    pub policy: PolicyCode,
    /// The module that leads unless a duty says otherwise.
    pub lead: UnitCode,
    /// Somebody must have been on the spot.
    pub on_scene: bool,
    /// What must be shown.
    pub evidence: Vec<EvidenceKind>,
}

impl CategoryRow {
    /// What is said of a category now.
    #[must_use]
    pub fn of(category: &Category) -> Self {
        Self {
            names: category.names.clone(),
            plain: category.plain.clone(),
            synonyms: category.synonyms.clone(),
            visibility: category.visibility,
            policy: category.policy.clone(),
            lead: category.lead.clone(),
            on_scene: category.on_scene,
            evidence: category.evidence.clone(),
        }
    }

    fn put_into(self, category: &mut Category) {
        category.names = self.names;
        category.plain = self.plain;
        category.synonyms = self.synonyms;
        category.visibility = self.visibility;
        category.policy = self.policy;
        category.lead = self.lead;
        category.on_scene = self.on_scene;
        category.evidence = self.evidence;
    }
}

/// A change with its number, which counts upwards, and from when it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Its number.
    pub number: u32,
    /// First instant it holds.
    pub from: Timestamp,
    /// What changes.
    pub change: Change,
}

/// Why a change cannot be made of the city it would be made of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeFault {
    /// It names something that is not there on that day.
    #[error("{0} is not there then")]
    NotThere(String),
    /// Its code is taken, by something that was as well: codes stand in old cases.
    #[error("the code {0} is taken")]
    Taken(String),
    /// A community has an official code of twelve digits.
    #[error("{0} is not an official code of twelve digits")]
    NotOfficial(AreaCode),
    /// It would go where it is already, or into itself.
    #[error("{0} is there already")]
    NoChange(String),
    /// The two areas are not of the sizes this needs.
    #[error("{0} is of another size")]
    OtherSize(AreaCode),
    /// It is said to lie in the area that is split, and does not.
    #[error("{0} does not lie in it")]
    NotInside(AreaCode),
    /// Nothing would be left of the area: that is a new name or a merge.
    #[error("nothing would be left of {0}")]
    NothingLeft(AreaCode),
    /// A group takes no filings: it has no duty and is not closed.
    #[error("{0} is a group")]
    IsAGroup(CategoryCode),
    /// It has begun already: only another change can undo it.
    #[error("change {0} has begun")]
    HasBegun(u32),
    /// Another one that has not begun says the same rule from the same day: one of them would never
    /// hold.
    #[error("change {0} sets the same rule from the same day")]
    SameDay(u32),
    /// The rows of the areas do not stand together.
    #[error(transparent)]
    Areas(#[from] AreaError),
}

/// A change that cannot be made, by its number: a later one where an earlier took its ground away.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("change {number} of the city: {fault}")]
pub struct Undoable {
    /// Which.
    pub number: u32,
    /// Why.
    pub fault: ChangeFault,
}

/// Those that are to be: without those taken back and what takes them back, in the order they hold.
#[must_use]
pub fn standing(changes: &[Dated]) -> Vec<&Dated> {
    let mut standing: Vec<&Dated> = changes
        .iter()
        .filter(|dated| !matches!(dated.change, Change::TakeBack { .. }))
        .filter(|dated| !is_taken_back(changes, dated.number))
        .collect();
    standing.sort_by_key(|dated| (dated.from, dated.number));
    standing
}

/// Whether a change was taken back.
#[must_use]
pub fn is_taken_back(changes: &[Dated], number: u32) -> bool {
    let back = Change::TakeBack { number };
    changes.iter().any(|dated| dated.change == back)
}

impl City {
    /// The city at `at`: this one, which is that of the files, with its changes in order.
    ///
    /// # Errors
    /// [`Undoable`] for the first change that cannot be made of the city as it is by then.
    pub fn changed(&self, changes: &[Dated], at: Timestamp) -> Result<Self, Undoable> {
        let mut city = self.clone();
        let mut rows = Rows::of(&city.areas);
        let mut last = 0;
        for dated in standing(changes) {
            let begun = dated.from <= at;
            if !begun && !dated.change.has_dates() && !city.is_new(&dated.change) {
                continue;
            }
            let fault = |fault| Undoable {
                number: dated.number,
                fault,
            };
            city.make(&mut rows, dated).map_err(fault)?;
            if let (false, Change::AddCategory { category, .. }) = (begun, &dated.change) {
                city.category_mut(category).map_err(fault)?.closed = true;
            }
            last = dated.number;
        }
        // Once, for it reads the names of all of them.
        city.areas = Areas::new(rows.all).map_err(|error| Undoable {
            number: last,
            fault: error.into(),
        })?;
        city.index = SearchIndex::new(&city);
        Ok(city)
    }

    /// Whether a change makes something that is not there yet, under a code of its own.
    fn is_new(&self, change: &Change) -> bool {
        match change {
            Change::AddCategory { .. } => true,
            Change::SetClocks { policy, .. } => self.policy(policy).is_none(),
            _ => false,
        }
    }

    /// Whether a further change can be made, and what the linter says with it: now, and on each later
    /// day on which something changes.
    ///
    /// # Errors
    /// [`Undoable`] for the change, or for a later one whose ground it takes away.
    pub fn tried(
        &self,
        changes: &[Dated],
        now: Timestamp,
        next: &Dated,
    ) -> Result<Tried, Undoable> {
        if let Change::TakeBack { number } = next.change {
            let taken = standing(changes).into_iter().find(|d| d.number == number);
            let fault = match taken {
                Some(taken) if taken.from > next.from => None,
                Some(_) => Some(ChangeFault::HasBegun(number)),
                None => Some(ChangeFault::NotThere(number.to_string())),
            };
            if let Some(fault) = fault {
                let number = next.number;
                return Err(Undoable { number, fault });
            }
        }
        // What is in force may be mended on its first day; what waits is taken back instead.
        let other = standing(changes).into_iter().find(|other| {
            other.from == next.from && other.from > now && other.change.sets_the_same(&next.change)
        });
        if let Some(other) = other {
            let (number, fault) = (next.number, ChangeFault::SameDay(other.number));
            return Err(Undoable { number, fault });
        }
        let with: Vec<Dated> = changes.iter().chain([next]).cloned().collect();
        let mut days: Vec<Timestamp> = with.iter().map(|dated| dated.from).collect();
        days.retain(|day| *day > now);
        days.push(now);
        days.sort_unstable();
        days.dedup();
        // What is taken back may be what stands in the way of all else.
        let before = self.changed(changes, next.from);
        let mut tried = Tried {
            before: before.map(|city| city.lint()).unwrap_or_default(),
            after: Vec::new(),
        };
        for day in days {
            tried.after = self.changed(&with, day)?.lint();
            if !tried.after.is_empty() {
                break;
            }
        }
        Ok(tried)
    }
}

/// What the linter says of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// Before it.
    pub before: Vec<Finding>,
    /// With it, on the first day on which there is something.
    pub after: Vec<Finding>,
}

impl Change {
    /// Whether what it changes carries dates of its own.
    const fn has_dates(&self) -> bool {
        match self {
            Self::RenameArea { .. }
            | Self::MoveArea { .. }
            | Self::SplitArea { .. }
            | Self::MergeAreas { .. }
            | Self::AddArea { .. }
            | Self::SetOffice { .. }
            | Self::SetDuty { .. }
            | Self::EndDuty { .. } => true,
            Self::SetHours { .. }
            | Self::SetClocks { .. }
            | Self::SetCategory { .. }
            | Self::AddCategory { .. }
            | Self::OpenCategory { .. }
            | Self::SetLineGrids { .. }
            | Self::TakeBack { .. } => false,
        }
    }

    /// Whether it and another set the same rule of time as a whole: a clock preset, the category that
    /// has one, or opening hours.
    fn sets_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::SetClocks { policy: one, .. }, Self::SetClocks { policy: two, .. }) => {
                one == two
            }
            (Self::SetCategory { category: one, .. }, Self::SetCategory { category: two, .. }) => {
                one == two
            }
            (Self::SetHours { area: one, .. }, Self::SetHours { area: two, .. }) => one == two,
            _ => false,
        }
    }

    /// Its kind, as it is written down.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::RenameArea { .. } => "rename_area",
            Self::MoveArea { .. } => "move_area",
            Self::SplitArea { .. } => "split_area",
            Self::MergeAreas { .. } => "merge_areas",
            Self::AddArea { .. } => "add_area",
            Self::SetOffice { .. } => "set_office",
            Self::SetHours { .. } => "set_hours",
            Self::SetClocks { .. } => "set_clocks",
            Self::SetCategory { .. } => "set_category",
            Self::AddCategory { .. } => "add_category",
            Self::OpenCategory { .. } => "open_category",
            Self::SetDuty { .. } => "set_duty",
            Self::EndDuty { .. } => "end_duty",
            Self::SetLineGrids { .. } => "set_line_grids",
            Self::TakeBack { .. } => "take_back",
        }
    }
}
