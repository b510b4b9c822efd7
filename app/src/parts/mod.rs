//! The parts pages are built from. Each is a pure component: data in, markup out.

mod card;
mod cases;
mod field;
mod fields;
mod figures;
mod icons;
mod lists;
mod looks;
mod notes;
mod page;
mod position;
mod qr;
mod text_area;

pub use card::ShareCard;
pub use cases::{CaseCardItem, CaseCards, ClockText, StateTag, Timeline};
pub use field::FieldPlace;
pub use fields::{
    Check, Choice, ErrorSummary, Field, Hidden, Radio, RadioGroup, Select, SubmitButton,
    SummaryItem,
};
pub use figures::Figure;
pub use icons::{Icon, Sign};
pub use lists::{Breadcrumb, Pagination, PhotoGrid, SearchBox, SummaryList};
pub use looks::Looks;
pub use notes::{Callout, EmergencyLines, EmptyState, PrintOnly};
pub use page::{DeskBar, DeskNav, Nav, Page};
pub use position::position;
pub use qr::qr_code;
pub use text_area::TextArea;
