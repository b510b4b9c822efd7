//! The desk: what staff see. Its pages are of one person, and never kept.

mod acts;
mod as_public;
mod audit;
mod bulletin;
mod case;
mod city;
mod contract;
mod fields;
mod file;
mod keys;
mod live;
mod looked;
mod me;
mod paper;
mod people;
mod photo;
mod several;
mod supervision;
mod work;

pub use acts::{ActFault, KeptAct};
pub use as_public::AsPublicPage;
pub use audit::AuditPage;
pub use bulletin::BulletinPage;
pub use case::{DeskCasePage, DeskCaseParts, DeskCaseView, Done, Scored};
pub use city::{CityChanges, CityChoices, CityForm, CityPage, CityShown, CityView, FormOf};
pub use contract::{ContractGonePage, ContractPage, ContractView};
pub use file::{FROM_ELSEWHERE, FileForm, FilePage};
pub use live::PART;
pub use me::{MePage, MeView};
pub use paper::{DemandPage, MorningPage};
pub use people::{KeptForm, PeoplePage, PeopleView};
pub use photo::{CoverFault, CoverPage, PhotoDone, PhotoView as CoverView};
pub use several::{NotCalled, SeveralPage, SeveralView};
pub use supervision::SupervisionPage;
pub use work::{Bulk, NearPage, NearView, UnsavedFilter, WorkPage, WorkParts, WorkView};
