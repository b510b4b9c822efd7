//! The pages, one component each. A page takes [`crate::here::Here`] and its data, nothing else:
//! it never loads, never awaits and never decides who may see what.

mod case;
mod cases;
mod communities;
mod desk;
mod errors;
mod help;
mod home;
mod live;
mod lost;
mod parts;
mod receipt;
mod services;
mod sign_in;
mod track;
mod unkept;
mod whistle;

#[cfg(test)]
mod endings;
#[cfg(test)]
mod gallery;
#[cfg(test)]
mod samples;

pub use case::{CasePage, JoinForm};
pub use cases::{CasesPage, CasesQuery};
pub use communities::{ComingCommunityPage, CommunitiesPage, CommunityPage};
pub use desk::{
    ActFault, AsPublicPage, AuditPage, Bulk, BulletinPage, CityChanges, CityChoices, CityForm,
    CityPage, CityShown, CityView, ContractGonePage, ContractPage, ContractView, CoverFault,
    CoverPage, CoverView, DemandPage, DeskCasePage, DeskCaseParts, DeskCaseView, Done,
    FROM_ELSEWHERE, FileForm, FilePage, FormOf, KeptAct, KeptForm, MePage, MeView, MorningPage,
    NearPage, NearView, NotCalled, PART, PeoplePage, PeopleView, PhotoDone, Scored, SeveralPage,
    SeveralView, SupervisionPage, UnsavedFilter, WorkPage, WorkParts, WorkView,
};
pub use errors::{DeskErrorPage, ErrorPage, Trouble};
pub use help::{HelpPage, Topic};
pub use home::HomePage;
pub use live::StoryParts;
pub use lost::{LetterboxPage, LostFault, LostForm, LostPage};
pub use parts::PartsPage;
pub use receipt::{ReceiptGonePage, ReceiptPage};
pub use services::{ServicePage, ServiceRow, ServiceView, ServicesPage};
pub use sign_in::{RecoveryCodes, SignInFault, SignInForm, SignInPage, SignInStep};
pub use track::{Closed, Kept, TrackForm, TrackPage, Tracked, TrackedPage};
pub use unkept::Unkept;
pub use whistle::{
    CategoryChoice, CategoryGroup, CommunityChoice, StagedPhoto, WhistleForm, WhistlePage,
};
