//! The city's files as they are written, one struct for each. An unknown key is an error: a
//! misspelt `always_privat` must stop the start, not open a case to the public.
//!
//! Reading and parsing is `casework`'s; these are only the shapes.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{CategoryKind, CitySettings, EmergencyNumber, EvidenceKind, Mode, Reach, ServiceKind};
use crate::clock::Limit;
use crate::ids::{
    AreaCode, CategoryCode, ContractorCode, DutyCode, PolicyCode, ServiceCode, UnitCode,
};
use crate::lang::{Lang, Names};
use crate::visibility::Visibility;

/// All files of a city, parsed.
#[derive(Clone, Debug)]
pub struct CityFiles {
    /// `city.toml`.
    pub city: CityToml,
    /// `areas.toml`.
    pub areas: AreasToml,
    /// `communities.csv`: official codes and names.
    pub communities: Vec<CommunityRow>,
    /// `community_details.csv`: what the official list lacks.
    pub community_details: Vec<CommunityDetailRow>,
    /// `departments.toml`.
    pub departments: DepartmentsToml,
    /// `categories.toml`.
    pub categories: CategoriesToml,
    /// `policies.toml`.
    pub policies: PoliciesToml,
    /// `duties.toml`.
    pub duties: DutiesToml,
    /// `documents.toml`: papers that many services ask for, by key.
    pub documents: BTreeMap<String, Names>,
    /// `services.toml`.
    pub services: ServicesToml,
    /// `contractors.toml`.
    pub contractors: ContractorsToml,
    /// `notices.toml`.
    pub notices: NoticesToml,
    /// `calendar.csv`, as text: its hash is the calendar's version.
    pub calendar_csv: String,
}

/// `city.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CityToml {
    /// Six-digit division code.
    pub code: String,
    /// Name of the city.
    pub names: Names,
    /// Pinyin of the simplified name, syllables separated by spaces.
    pub pinyin: String,
    /// The day the city was founded, `YYYY-MM-DD`.
    pub founded: String,
    /// See [`super::City::schematic`].
    pub schematic: bool,
    /// Language of a reader who asks for none.
    pub default_lang: Lang,
    /// Dated offsets from UTC.
    pub offsets: Vec<OffsetToml>,
    /// Opening hours: `default` and single areas.
    pub hours: BTreeMap<AreaCode, HoursToml>,
    /// Numbers to call.
    pub emergency: Vec<EmergencyNumber>,
    /// The rest.
    pub settings: CitySettings,
}

/// One offset of city time.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OffsetToml {
    /// From this UTC day on, `YYYY-MM-DD`.
    pub from: String,
    /// Minutes east of Greenwich.
    pub minutes: i32,
}

/// Opening hours of a week.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursToml {
    /// Seven entries from Monday, each spans such as `08:30-12:00 14:00-17:30`, or empty.
    pub week: Vec<String>,
    /// Whether holidays are closed and make-up weekends open.
    pub working_days_only: bool,
}

/// `areas.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreasToml {
    /// From when the communities, units and grids exist, `YYYY-MM-DD`.
    pub valid_from: String,
    /// How offices can be reached, by rule.
    pub contacts: ContactRuleToml,
    /// Governance units.
    pub unit: Vec<UnitAreaToml>,
    /// How many grids and micro-grids to make.
    pub grids: GridRuleToml,
    /// Grids for one place.
    pub dedicated: Vec<DedicatedToml>,
}

/// Invented contacts made by rule: the prefix and a running number.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactRuleToml {
    /// Digits before the running number of a community's office.
    pub community_phone_prefix: String,
    /// Digits before the running number of a unit's station.
    pub station_phone_prefix: String,
    /// Address of a community's office; `{name}` is the community.
    pub community_address: Names,
    /// Address of a unit's station; `{name}` is the unit.
    pub station_address: Names,
    /// Opening hours in words.
    pub hours_note: Names,
}

/// A governance unit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitAreaToml {
    /// Code.
    pub code: AreaCode,
    /// Name.
    pub names: Names,
    /// Pinyin, syllables separated by spaces.
    pub pinyin: String,
}

/// Grids are spread evenly over the communities, in the order of the official codes: community
/// `i` of `n` gets `floor((i+1)·total/n) − floor(i·total/n)`, so that the sum is exact; likewise
/// micro-grids over the grids.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GridRuleToml {
    /// All-round grids (全科网格) in all.
    pub all_round: usize,
    /// Micro-grids in all.
    pub micro: usize,
    /// Communities that get none.
    pub without: Vec<AreaCode>,
}

/// A dedicated grid (专属网格).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DedicatedToml {
    /// The community it lies in.
    pub community: AreaCode,
    /// Name.
    pub names: Names,
}

/// A row of `communities.csv`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommunityRow {
    /// Official 12-digit code.
    pub code: AreaCode,
    /// Official name.
    pub name: String,
}

/// A row of `community_details.csv`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommunityDetailRow {
    /// Official 12-digit code.
    pub code: AreaCode,
    /// The unit it is assigned to.
    pub unit: AreaCode,
    /// Pinyin of the name, syllables separated by spaces.
    pub pinyin: String,
    /// Name in traditional characters.
    pub zh_hant: String,
    /// Name in English.
    pub en: String,
    /// Former names, separated by `|`; empty where none is certain.
    pub formerly: String,
}

/// `departments.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DepartmentsToml {
    /// From when they exist, `YYYY-MM-DD`.
    pub valid_from: String,
    /// Digits before the running number of a department's phone (invented).
    pub phone_prefix: String,
    /// Address in words; `{name}` is the department.
    pub address: Names,
    /// Opening hours in words.
    pub hours_note: Names,
    /// The departments.
    pub department: Vec<DepartmentToml>,
}

/// A department with its modules.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DepartmentToml {
    /// Code.
    pub code: UnitCode,
    /// Name.
    pub names: Names,
    /// True when the articles give the name; false when it is only plausible.
    pub named_by_articles: bool,
    /// Its modules.
    pub module: Vec<ModuleToml>,
}

/// A module.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModuleToml {
    /// Code.
    pub code: UnitCode,
    /// Name.
    pub names: Names,
}

/// `categories.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoriesToml {
    /// Parents before children.
    pub category: Vec<CategoryToml>,
}

/// A category; what is absent is taken from the category above.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryToml {
    /// Code.
    pub code: CategoryCode,
    /// The category above.
    pub parent: Option<CategoryCode>,
    /// Name.
    pub names: Names,
    /// One plain sentence.
    pub plain: Names,
    /// Words residents use.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// Whistle or tip.
    pub kind: Option<CategoryKind>,
    /// Default visibility.
    pub visibility: Option<Visibility>,
    /// Never public.
    pub always_private: Option<bool>,
    /// Numbers to show.
    pub help_lines: Option<Vec<String>>,
    /// Clocks.
    pub policy: Option<PolicyCode>,
    /// The line.
    pub lead: Option<UnitCode>,
    /// Arrival needed.
    pub on_scene: Option<bool>,
    /// Evidence needed.
    pub evidence: Option<Vec<EvidenceKind>>,
    /// Refused with the numbers.
    pub emergency: Option<bool>,
}

/// `policies.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoliciesToml {
    /// Limits of every policy that sets none of its own for a stage.
    pub common: LimitsToml,
    /// The presets.
    pub policy: Vec<PolicyToml>,
}

/// One preset.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyToml {
    /// Code.
    pub code: PolicyCode,
    /// Name.
    pub names: Names,
    /// Its limits.
    pub limits: LimitsToml,
    /// Minute clocks run only while the station is staffed.
    #[serde(default)]
    pub staffed_only: bool,
    /// Where the limits come from.
    pub basis: String,
}

/// A limit for each stage; a stage without one has no clock.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsToml {
    /// First act of a person.
    pub respond: Option<Limit>,
    /// From the handling opinion to the call.
    pub dispatch: Option<Limit>,
    /// A named person of the department signs on.
    pub report_in: Option<Limit>,
    /// On the way.
    pub set_out: Option<Limit>,
    /// On the spot.
    pub arrive: Option<Limit>,
    /// Done.
    pub resolve: Option<Limit>,
    /// Checked by somebody outside the handling unit.
    pub verify: Option<Limit>,
    /// The reporter's words released or held.
    pub release: Option<Limit>,
    /// Time to ask for a return.
    #[serde(rename = "return")]
    pub give_back: Option<Limit>,
    /// An answer to a supervision or a review.
    pub answer: Option<Limit>,
}

/// `duties.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutiesToml {
    /// From when the list is in force, `YYYY-MM-DD`.
    pub valid_from: String,
    /// Rows; of a category the first is the usual one.
    pub duty: Vec<DutyToml>,
}

/// A row of the duty list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyToml {
    /// Code.
    pub code: DutyCode,
    /// Category.
    pub category: CategoryCode,
    /// Situation; absent means the category's plain sentence.
    pub situation: Option<Names>,
    /// Who leads; absent means the category's line.
    pub lead: Option<UnitCode>,
    /// Who supports.
    #[serde(default)]
    pub supports: Vec<UnitCode>,
    /// Law or rule.
    pub basis: String,
    /// Only in these areas: communities, or units with all of theirs; absent means the whole city.
    #[serde(default)]
    pub areas: Vec<AreaCode>,
    /// In force from, `YYYY-MM-DD`; absent means the file's.
    pub valid_from: Option<String>,
    /// In force to (first day without), `YYYY-MM-DD`.
    pub valid_to: Option<String>,
}

/// `services.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServicesToml {
    /// The catalogue.
    pub service: Vec<ServiceToml>,
}

/// A service.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceToml {
    /// Code.
    pub code: ServiceCode,
    /// Name.
    pub names: Names,
    /// One sentence.
    pub summary: Names,
    /// Kind of item.
    pub kind: ServiceKind,
    /// Who answers.
    pub unit: UnitCode,
    /// Keys of `documents.toml`.
    #[serde(default)]
    pub documents: Vec<String>,
    /// Laws.
    pub basis: String,
    /// The law's limit.
    pub statutory: Option<Limit>,
    /// The promise; absent means done while you wait.
    pub promised: Option<Limit>,
    /// Absent means free.
    pub fee: Option<Names>,
    /// Where.
    pub reach: Reach,
    /// How.
    pub modes: Vec<Mode>,
    /// Visits at most.
    pub visits: u8,
    /// Words people use.
    #[serde(default)]
    pub synonyms: Vec<String>,
}

/// `contractors.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractorsToml {
    /// The providers.
    pub contractor: Vec<ContractorToml>,
}

/// A provider.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractorToml {
    /// Code.
    pub code: ContractorCode,
    /// Name.
    pub names: Names,
    /// What it does.
    pub task: Names,
    /// Who supervises it.
    pub supervised_by: UnitCode,
    /// Where it works.
    pub categories: Vec<CategoryCode>,
    /// Contract from, `YYYY-MM-DD`.
    pub valid_from: String,
    /// Contract to (first day without), `YYYY-MM-DD`.
    pub valid_to: Option<String>,
}

/// `notices.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticesToml {
    /// The notices.
    pub notice: Vec<NoticeToml>,
}

/// A notice: posted by `unit` or by `area`, never both.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeToml {
    /// Code.
    pub code: String,
    /// Title.
    pub title: Names,
    /// Text.
    pub body: Names,
    /// The posting department or module.
    pub unit: Option<UnitCode>,
    /// The posting community or unit.
    pub area: Option<AreaCode>,
    /// Where it holds; empty means the whole city.
    #[serde(default)]
    pub areas: Vec<AreaCode>,
    /// Day posted, `YYYY-MM-DD`.
    pub published: String,
    /// First day it is no longer current, `YYYY-MM-DD`.
    pub until: Option<String>,
}
