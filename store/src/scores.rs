//! What offices say of each other after they handled a case together. Kept by the day and without a
//! person, and read in sums over what [`FEWEST`] offices and more said.

use domain::clock::Owner;
use domain::ids::CaseId;

use crate::engine::{execute, fetch_all, statements};
use crate::projection::{owner_of, owner_text};
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    GIVE = "INSERT INTO office_score (case_id, part, toward, rated, rater, points, day) \
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (case_id, part, toward) DO NOTHING";
    GIVEN = "SELECT part, toward FROM office_score WHERE case_id = $1";
    SUMS = "SELECT rated, COUNT(*), CAST(SUM(points) AS BIGINT) FROM office_score WHERE day < $2 \
            GROUP BY rated HAVING COUNT(DISTINCT rater) >= $1 ORDER BY rated";
}

/// Scores of fewer offices than this say who gave which.
pub const FEWEST: u32 = 5;

/// Who is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Toward {
    /// The called unit, by the community.
    Unit,
    /// The community, by the called unit.
    Community,
}

impl Toward {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Community => "community",
        }
    }

    /// The one of a word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Unit, Self::Community]
            .into_iter()
            .find(|toward| toward.as_str() == word)
    }
}

/// What others said of an office, in sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeScore {
    /// The office.
    pub office: Owner,
    /// How often somebody said something.
    pub count: u64,
    /// All points, one to five each.
    pub points: u64,
}

impl Tx {
    /// Keeps a score; `false` if there was one of this part and direction.
    ///
    /// # Errors
    /// The database's.
    pub async fn score(
        &mut self,
        (case, part, toward): (CaseId, u32, Toward),
        (rater, rated): (&Owner, &Owner),
        points: u8,
        day: i64,
    ) -> Result<bool> {
        let changed = execute!(
            self,
            GIVE,
            case.to_string(),
            i64::from(part),
            toward.as_str(),
            owner_text(rated),
            owner_text(rater),
            i64::from(points),
            day
        )?;
        Ok(changed == 1)
    }
}

impl Reading {
    /// Which scores of a case were given, not what they are.
    ///
    /// # Errors
    /// The database's.
    pub async fn scored(&mut self, case: CaseId) -> Result<Vec<(u32, Toward)>> {
        let rows = fetch_all!(self, (i64, String), GIVEN, case.to_string())?;
        rows.into_iter()
            .map(|(part, toward)| {
                let corrupt = |column| Error::corrupt("office_score", column, case);
                let part = u32::try_from(part).map_err(|_| corrupt("part"))?;
                Ok((part, Toward::of(&toward).ok_or_else(|| corrupt("toward"))?))
            })
            .collect()
    }

    /// What was said before a day of each office of which enough others said something.
    ///
    /// # Errors
    /// The database's.
    pub async fn office_scores(&mut self, before: i64) -> Result<Vec<OfficeScore>> {
        let rows = fetch_all!(self, (String, i64, i64), SUMS, i64::from(FEWEST), before)?;
        rows.into_iter()
            .map(|(office, count, points)| {
                let whole = |n: i64| u64::try_from(n).unwrap_or(0);
                Ok(OfficeScore {
                    office: owner_of(&office)
                        .ok_or_else(|| Error::corrupt("office_score", "rated", &office))?,
                    count: whole(count),
                    points: whole(points),
                })
            })
            .collect()
    }
}
