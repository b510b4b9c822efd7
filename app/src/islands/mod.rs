//! Islands: the only components that run in a browser. Each enhances markup that already works,
//! and gets every word it says as a prop.

mod description_count;
mod dom;
mod draft;
mod live_story;
mod photos;
mod whistle;
mod words;

pub use description_count::DescriptionCount;
pub use draft::{AnywhereWords, DraftWords, KeptDrafts, OfflineDraft};
pub use live_story::LiveStory;
pub use photos::{PhotoDesk, PhotoWords};
pub use whistle::{FormHelp, FormWords};
