//! The desk: what staff see. Its pages are of one person, and never kept.

mod acts;
mod audit;
mod case;
mod contract;
mod fields;
mod file;
mod live;
mod me;
mod people;
mod photo;
mod work;

pub use acts::{ActFault, KeptAct};
pub use audit::AuditPage;
pub use case::{DeskCasePage, DeskCaseParts, DeskCaseView};
pub use contract::{ContractGonePage, ContractPage, ContractView};
pub use file::{FileForm, FilePage};
pub use live::PART;
pub use me::{MePage, MeView};
pub use people::{PeoplePage, PeopleView};
pub use photo::{CoverFault, CoverPage, PhotoView as CoverView};
pub use work::{Bulk, WorkPage, WorkParts, WorkView};
