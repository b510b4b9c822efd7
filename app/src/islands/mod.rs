//! Islands: the only components that run in a browser. Each enhances markup that already works,
//! and gets every word it says as a prop.

mod description_count;
mod live_story;
mod photos;

pub use description_count::DescriptionCount;
pub use live_story::LiveStory;
pub use photos::{PhotoDesk, PhotoWords};
