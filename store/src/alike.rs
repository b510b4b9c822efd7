//! Cases that a new filing may repeat.

use domain::case::Case;
use domain::event::Words;
use domain::ids::{AreaCode, CategoryCode};
use domain::place::Position;
use domain::time::Timestamp;

use crate::engine::{fetch_all, statements};
use crate::tx::Reading;
use crate::{Error, Result};

statements! {
    NEAR = "SELECT r.snapshot, w.words FROM case_row r JOIN case_words w \
            ON w.case_id = r.id AND w.version = r.words_version \
            WHERE r.category = $1 AND r.lat_e7 BETWEEN $2 AND $3 AND r.lng_e7 BETWEEN $4 AND $5 \
            AND r.listed = 1 AND r.detail = 1 AND (r.done = 0 OR r.updated_at >= $6) \
            AND r.lat_e7 IS NOT NULL ORDER BY r.filed_at DESC LIMIT 50";
    ALIKE = "SELECT r.snapshot, w.words FROM case_row r JOIN case_words w \
             ON w.case_id = r.id AND w.version = r.words_version \
             WHERE r.community = $1 AND r.category = $2 \
             AND r.listed = 1 AND r.detail = 1 AND (r.done = 0 OR r.updated_at >= $3) \
             ORDER BY r.filed_at DESC, r.id DESC LIMIT 100";
}

impl Reading {
    /// Cases public to all that may be about the same: of the category, and either within the box
    /// around the position or in the community; still open or changed since `since`. Whether they
    /// are alike, [`domain::duplicate::similar`] says.
    pub async fn maybe_alike(
        &mut self,
        category: &CategoryCode,
        community: &AreaCode,
        position: Option<Position>,
        since: Timestamp,
    ) -> Result<Vec<(Case, Words)>> {
        let mut rows = fetch_all!(
            self,
            (String, String),
            ALIKE,
            community.as_str(),
            category.as_str(),
            since.millis(),
        )?;
        if let Some(at) = position {
            // A little more than 50 m: 0.0005° is 55 m, in longitude widened by the latitude.
            let (lat, lng) = (i64::from(at.lat_e7()), i64::from(at.lng_e7()));
            let wide = (5_000.0 / at.degrees().0.to_radians().cos().max(0.01)).ceil();
            #[expect(clippy::cast_possible_truncation, reason = "at most 500,000")]
            let wide = wide as i64;
            let near = fetch_all!(
                self,
                (String, String),
                NEAR,
                category.as_str(),
                lat - 5_000,
                lat + 5_000,
                lng - wide,
                lng + wide,
                since.millis(),
            )?;
            rows.extend(near);
        }
        let mut found: Vec<(Case, Words)> = Vec::with_capacity(rows.len());
        for (snapshot, words) in rows {
            let case: Case = serde_json::from_str(&snapshot)
                .map_err(|_| Error::corrupt("case_row", "snapshot", "?"))?;
            if found.iter().any(|(known, _)| known.id == case.id) {
                continue;
            }
            let words = serde_json::from_str(&words)
                .map_err(|_| Error::corrupt("case_words", "words", case.id))?;
            found.push((case, words));
        }
        Ok(found)
    }
}
