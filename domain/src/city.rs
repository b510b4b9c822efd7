//! The city as data (design §1.7): names, offices, categories, clocks, duties and texts are
//! configuration with effective dates, and no rule of the program knows one city from another.
//!
//! A [`City`] is assembled by [`City::build`] from parsed [`CityFiles`], read by the rules and by
//! every page, and never changed while it is in force.

mod build;
mod build_areas;
pub mod change;
mod files;
mod lint;
mod lookup;
mod offer;
mod search;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use build::CityFault;
pub use files::*;
pub use lint::{Fault, Finding};
pub use offer::{
    Ground, OFFERED_AT, Offer, OfferRows, OfferedCategory, OfferedCommunity, Standing, Taken,
};
pub use search::{Hit, Matched};

use crate::area::{Areas, OfficeContact};
use crate::calendar::Calendar;
use crate::clock::{Limit, Policy, ServiceHours};
use crate::ids::{
    AreaCode, CategoryCode, ContractorCode, DutyCode, PolicyCode, ServiceCode, UnitCode,
};
use crate::lang::{Lang, Names};
use crate::time::{CityTime, Timestamp};
use crate::visibility::Visibility;

/// Everything a city decides for itself.
#[derive(Clone, Debug)]
pub struct City {
    /// The six-digit division code of the city (GB/T 2260), for example `330383`.
    pub code: String,
    /// The city's own name.
    pub names: Names,
    /// True when areas, offices or contacts are invented or simplified: pages must then say so.
    pub schematic: bool,
    /// The language of a reader who asks for none.
    pub default_lang: Lang,
    /// City time as a dated list of offsets.
    pub time: CityTime,
    /// Who to call instead of filing.
    pub emergency: Vec<EmergencyNumber>,
    /// City, units, communities, grids and micro-grids.
    pub areas: Areas,
    /// Grids for one place such as a market or a park (专属网格), a subset of the grids.
    pub dedicated_grids: BTreeSet<AreaCode>,
    /// Departments and their modules: the lines.
    pub units: Vec<Unit>,
    /// The category tree, parents before children.
    pub categories: Vec<Category>,
    /// The clock presets.
    pub policies: Vec<Policy>,
    /// Opening hours where an area has no entry of its own.
    pub default_hours: ServiceHours,
    /// Opening hours of single areas; they hold for everything inside.
    pub hours: BTreeMap<AreaCode, ServiceHours>,
    /// The duty list: who leads and who supports.
    pub duties: Vec<Duty>,
    /// The service catalogue.
    pub services: Vec<Service>,
    /// Providers that do public work under contract.
    pub contractors: Vec<Contractor>,
    /// The grids departments work by (条线网格), laid over the city's own.
    pub line_grids: BTreeMap<UnitCode, Vec<change::LineGrid>>,
    /// Notices the city starts with.
    pub notices: Vec<Notice>,
    /// Holidays and make-up working days.
    pub calendar: Calendar,
    /// The rest.
    pub settings: CitySettings,
    /// What searches look at; made of the tables above when the city is built.
    index: search::SearchIndex,
}

/// A number to call, shown before and instead of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyNumber {
    /// The number as dialled.
    pub number: String,
    /// What it is for, in a few words.
    pub names: Names,
    /// What kind of help answers.
    pub kind: EmergencyKind,
}

/// What kind of help a number reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmergencyKind {
    /// Police (110).
    Police,
    /// Fire and rescue (119).
    Fire,
    /// Ambulance (120).
    Medical,
    /// Police by text message, for those who cannot speak (12110).
    Sms,
    /// Search and rescue at sea (12395).
    Sea,
    /// The government hotline for everything that is not urgent (12345).
    Hotline,
    /// Women's rights (12338).
    Women,
    /// Young people (12355).
    Youth,
    /// Legal aid (12348) and other advice lines.
    Advice,
    /// Discipline inspection and supervision: the conduct of officials (12388).
    Discipline,
}

impl EmergencyKind {
    /// Whether the number answers a danger that is happening now.
    pub const fn is_danger(self) -> bool {
        matches!(
            self,
            Self::Police | Self::Fire | Self::Medical | Self::Sms | Self::Sea
        )
    }
}

/// A department (部门) or one of its modules (模块). Cases are routed to modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Stable code.
    pub code: UnitCode,
    /// Department or module.
    pub kind: UnitKind,
    /// The department of a module; `None` for a department.
    pub parent: Option<UnitCode>,
    /// Name.
    pub names: Names,
    /// First instant it exists.
    pub valid_from: Timestamp,
    /// First instant it no longer exists.
    pub valid_to: Option<Timestamp>,
    /// How residents reach it.
    pub contact: Option<OfficeContact>,
}

/// The two levels of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 部门.
    Department,
    /// 模块.
    Module,
}

/// What kind of filing a category takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CategoryKind {
    /// A problem told to the community.
    Whistle,
    /// A sealed tip on unlawful acts or on the conduct of officials.
    Tip,
}

/// Evidence without which a case of the category cannot be resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A photo taken before the work.
    PhotoBefore,
    /// A photo taken after the work (现场图片反馈).
    PhotoAfter,
    /// A paper: record, agreement, report.
    Document,
}

/// A category of the tree; leaves take filings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Stable code.
    pub code: CategoryCode,
    /// The category above; `None` for one of the task families.
    pub parent: Option<CategoryCode>,
    /// Name.
    pub names: Names,
    /// What belongs here, in one plain sentence.
    pub plain: Names,
    /// Words residents use for it, in any language.
    pub synonyms: Vec<String>,
    /// Whistle or tip.
    pub kind: CategoryKind,
    /// What the form proposes.
    pub visibility: Visibility,
    /// Harm to a minor, family violence: never public, no me-too, no merging, no open data, and
    /// help lines are shown (design §4 "Where it ends").
    pub always_private: bool,
    /// Numbers to show, each one of [`City::emergency`].
    pub help_lines: Vec<String>,
    /// The clocks of its cases.
    pub policy: PolicyCode,
    /// The line: the module that leads unless a duty of the list says otherwise.
    pub lead: UnitCode,
    /// Whether somebody must have been on the spot before it can be resolved.
    pub on_scene: bool,
    /// What must be shown to resolve it.
    pub evidence: Vec<EvidenceKind>,
    /// A danger happening now: residents are shown the numbers, the filing is refused.
    pub emergency: bool,
    /// No longer offered to whoever files; cases there are keep it.
    pub closed: bool,
}

/// One row of the duty list (职责清单).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Stable code.
    pub code: DutyCode,
    /// The category it is about.
    pub category: CategoryCode,
    /// In which situation it holds.
    pub situation: Names,
    /// The module that leads.
    pub lead: UnitCode,
    /// Modules that support.
    pub supports: Vec<UnitCode>,
    /// The law or rule it follows from.
    pub basis: String,
    /// Only in these areas; in the whole city where there is none.
    pub areas: Vec<AreaCode>,
    /// First instant in force.
    pub valid_from: Timestamp,
    /// First instant no longer in force.
    pub valid_to: Option<Timestamp>,
}

impl Duty {
    /// Whether it is in force at an instant.
    #[must_use]
    pub fn holds(&self, at: Timestamp) -> bool {
        self.valid_from <= at && self.valid_to.is_none_or(|end| at < end)
    }

    /// Whether there is an instant at which both are in force.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.valid_to.is_none_or(|end| other.valid_from < end)
            && other.valid_to.is_none_or(|end| self.valid_from < end)
    }
}

/// The kinds of service items (事项类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceKind {
    /// 行政许可.
    Permit,
    /// 行政确认.
    Confirm,
    /// 行政给付.
    Benefit,
    /// 行政裁决.
    Adjudicate,
    /// 行政奖励.
    Reward,
    /// 其他行政权力.
    Other,
    /// 公共服务.
    PublicService,
}

/// How far from home a service can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// In the community (就近能办).
    Community,
    /// At the unit's service centre.
    Unit,
    /// At any counter of the city (同城通办).
    City,
    /// Also from other places (异地可办).
    CrossRegion,
}

/// A way of getting a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Without meeting anybody (不见面).
    Online,
    /// In one visit (一次办).
    OneVisit,
    /// By a proxy with consent (可代办).
    Proxy,
}

/// An item of the service catalogue (事项).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Stable code.
    pub code: ServiceCode,
    /// Name.
    pub names: Names,
    /// What it is, in one sentence.
    pub summary: Names,
    /// What kind of item.
    pub kind: ServiceKind,
    /// The module or department that answers.
    pub department: UnitCode,
    /// What to bring.
    pub documents: Vec<Names>,
    /// Laws by their own names.
    pub basis: String,
    /// The limit the law sets; `None` where it sets none.
    pub statutory_days: Option<Limit>,
    /// What the office promises; `None` means done while you wait (即办件).
    pub promised_days: Option<Limit>,
    /// The fee in the city's words; `None` means free.
    pub fee: Option<Names>,
    /// Where it can be had.
    pub reach: Reach,
    /// How it can be had.
    pub modes: Vec<Mode>,
    /// Visits needed at most.
    pub visits: u8,
    /// Words people use for it.
    pub synonyms: Vec<String>,
}

/// A provider under contract. It may arrive, show evidence and feed back; nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contractor {
    /// Stable code.
    pub code: ContractorCode,
    /// Name.
    pub names: Names,
    /// What it does for the city.
    pub task: Names,
    /// The module that supervises it.
    pub supervised_by: UnitCode,
    /// Categories it works in.
    pub categories: Vec<CategoryCode>,
    /// First instant under contract.
    pub valid_from: Timestamp,
    /// First instant no longer under contract.
    pub valid_to: Option<Timestamp>,
}

/// A notice (公告) the city starts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Stable code, also its address.
    pub code: String,
    /// Title.
    pub title: Names,
    /// Text, paragraphs separated by line breaks.
    pub body: Names,
    /// The office that posted it.
    pub issuer: Issuer,
    /// Where it holds; empty means the whole city.
    pub areas: Vec<AreaCode>,
    /// When it was posted.
    pub published: Timestamp,
    /// When it stops being current.
    pub until: Option<Timestamp>,
}

/// Who posted a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issuer {
    /// A department or module.
    Unit(UnitCode),
    /// A community or the station of a unit.
    Area(AreaCode),
}

/// What remains: offices with a fixed part in the rules, and lines of the page foot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitySettings {
    /// The commission for grassroots governance: assigns after a second return.
    pub commission: Option<UnitCode>,
    /// Where tips on the conduct of officials go, and nowhere else.
    pub discipline: Option<UnitCode>,
    /// The office that keeps the duty list (无权处理 goes there).
    pub duty_list_office: Option<UnitCode>,
    /// The module that takes mandatory reports of harm to minors and family violence.
    pub mandatory_reports: Option<UnitCode>,
    /// The category of "let a grid officer fill this in for me".
    pub assisted: Option<CategoryCode>,
    /// The category of what fits no other one; the form shows it last, by itself.
    pub other: Option<CategoryCode>,
    /// ICP filing number; hidden when absent.
    pub icp: Option<String>,
    /// Public security filing number; hidden when absent.
    pub police_filing: Option<String>,
    /// Government site code; hidden when absent.
    pub site_code: Option<String>,
    /// The sponsoring office; hidden when absent.
    pub sponsor: Option<Names>,
}
