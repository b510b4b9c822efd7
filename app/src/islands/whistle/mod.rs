//! What makes `/whistle` quicker in a browser: the form's own checks and searches, run at once
//! over what the form offers. Every answer is a proposal; the server's word stands.

mod checks;
mod community;
mod guess;
mod offer;
mod position;

pub use checks::LiveChecks;
pub use community::{CommunitySuggest, CommunityWords};
pub use guess::{CategoryGuess, GuessWords};
pub use position::{DevicePosition, PositionWords};
