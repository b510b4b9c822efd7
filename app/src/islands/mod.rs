//! Islands: the only components that run in a browser. Each enhances markup that already works.
//!
//! A page brings the empty places, each with the words that may be said there, and an island fills
//! them by hand, with [`dom`]. Views would bring their own code to draw, wake and update them, and
//! props their own readers, several times the size of what islands do.

mod description_count;
mod dom;
mod draft;
mod field;
mod idb;
mod keys;
mod live_story;
mod locate;
mod near;
mod net;
mod object;
mod photos;
mod unsent;
mod whistle;
mod words;

/// Told by a file input whose files are about to be others altogether.
const EMPTIED: &str = "emptied";

/// Borne by a file input while photos are made ready for it.
const BUSY: &str = "data-busy";

pub use description_count::{COUNT, CountWords, DescriptionCount};
pub use draft::{AnywhereWords, DraftWords, OfflineDraft, SHELF, TOOLS};
pub use field::{FIELD, FieldQueue, FieldWords};
pub use keys::{DeskKeys, KEYS, KEYS_ON};
pub use live_story::{LiveStory, LiveWords, NEWS};
pub use locate::{LOCATE, Locate, LocateWords};
pub use near::{NEAR, NearMe, NearWords};
pub use photos::{PhotoDesk, PhotoWords};
pub use unsent::{DeskUnsent, UNSENT, UnsentWords};
pub use whistle::{FormHelp, FormWords, HELP};
pub use words::sent;
