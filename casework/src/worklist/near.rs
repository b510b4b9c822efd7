//! What is open near a place.

use domain::{
    access::{self, Viewer},
    case::Case,
    lang::Lang,
    place::Position,
};
use store::{CaseFilter, CaseLine, StateGroup};

use super::{PAGE, WorkLine, is_theirs, show};
use crate::{Desk, Result, look};

/// Open cases of the viewer's scope near a place, the nearest first, with the distance in metres. Where
/// somebody stands is asked for and kept nowhere.
///
/// # Errors
/// If the store does not answer.
pub async fn near(
    desk: &Desk,
    viewer: &Viewer,
    at: Position,
    lang: Lang,
) -> Result<Vec<(WorkLine, u32)>> {
    let (lat, lng) = (i64::from(at.lat_e7()), i64::from(at.lng_e7()));
    let scope = access::scope(viewer);
    let mut found: Vec<(u32, CaseLine)> = Vec::new();
    // First close by, then wider, until there is a page of them; what is close stays.
    for reach in [5_000, 20_000, 50_000, 200_000, 800_000] {
        let filter = CaseFilter {
            state: StateGroup::Open,
            inside: Some([lat - reach, lat + reach, lng - reach, lng + reach]),
            limit: store::PAGE_CAP,
            ..CaseFilter::default()
        };
        let lines = desk.store.read().await?.cases(&scope, &filter).await?;
        for line in lines {
            let place = line.words.as_ref().and_then(|words| words.place.as_ref());
            let Some(place) = place.and_then(|place| place.position) else {
                continue;
            };
            let known = found.iter().any(|(_, other)| other.case.id == line.case.id);
            if !known && is_theirs(viewer, &line.case) {
                found.push((metres(at.distance_m(place)), line));
            }
        }
        if found.len() >= PAGE as usize {
            break;
        }
    }
    found.sort_by_key(|(distance, _)| *distance);
    found.truncate(PAGE as usize);
    // A distance says where it is: it is shown only once it is on the disk that it was.
    let cases: Vec<&Case> = found.iter().map(|(_, line)| &line.case).collect();
    look::note_listed(desk, viewer, &cases).await?;
    let distances: Vec<u32> = found.iter().map(|(distance, _)| *distance).collect();
    let lines: Vec<_> = found.into_iter().map(|(_, line)| line.into()).collect();
    let shown = show(desk, viewer, &lines, lang).await;
    Ok(shown.into_iter().zip(distances).collect())
}

/// Whole metres, at most ten thousand kilometres.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what fits just before"
)]
pub(crate) fn metres(distance: f64) -> u32 {
    distance.round().clamp(0.0, 1e7) as u32
}
