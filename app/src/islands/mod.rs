//! Islands: the only components that run in a browser. Each enhances markup that already works,
//! and gets every word it says as a prop.

mod description_count;

pub use description_count::DescriptionCount;
