//! Lists that everybody may see: cases, communities, what is new.

use domain::{
    access::{Scope, Viewer},
    area::{Area, AreaKind},
    case::Kind,
    ids::{AreaCode, CategoryCode},
    lang::Lang,
    reference::CaseNumber,
    time::{Millis, Timestamp},
};
use store::{CaseFilter, CaseLine, Cursor, StateGroup};

use crate::{
    Desk, Error, Result, board,
    look::FiledWords,
    people,
    views::{
        CaseCard, CaseList, ComingCommunity, CommunityRow, CommunityView, HomeView, Label, Total,
    },
};

/// Cases on a page of the list.
pub const PAGE: u32 = 20;
/// Cases on the front page and on a community's.
const LATEST: u32 = 6;
/// Beyond this lag the page says that the search is behind.
const LAG_SHOWN: Millis = Millis::seconds(2);

/// What a resident filters by, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Words, a number, a place.
    pub words: String,
    /// A community's or unit's code.
    pub area: String,
    /// A category's code, of a leaf or a family.
    pub category: String,
    /// `open`, `done`, or both.
    pub state: String,
    /// Where the page starts.
    pub after: String,
    /// How many; 0 means [`PAGE`].
    pub limit: u32,
}

/// A page of public cases. What cannot be understood narrows nothing and breaks nothing.
///
/// # Errors
/// If the store does not answer.
pub async fn cases(desk: &Desk, asked: &Asked, lang: Lang) -> Result<CaseList> {
    let scope = Scope::public();
    let mut filter = filter(desk, asked);
    let mut reading = desk.store.read().await?;
    let mut search_lag = None;
    let words = asked.words.trim();
    if !words.is_empty() {
        filter.ids = Some(match words.parse::<CaseNumber>() {
            Ok(number) => reading
                .case(&scope, &number)
                .await?
                .map(|case| case.id)
                .into_iter()
                .collect(),
            Err(_) => {
                search_lag = Some(desk.search_lag()).filter(|lag| *lag > LAG_SHOWN);
                desk.find(words)?
            }
        });
    }
    let lines = reading.cases(&scope, &filter).await?;
    let count = reading.count_cases(&scope, &filter).await?;
    drop(reading);
    let full = lines.len() == usize::try_from(filter.limit).unwrap_or(usize::MAX);
    let next = lines
        .last()
        .filter(|_| full)
        .map(|line| cursor_text(line.cursor()));
    let total = if count < store::COUNT_CAP {
        Total::Exactly(u64::from(count))
    } else {
        Total::MoreThan(u64::from(store::COUNT_CAP - 1))
    };
    Ok(CaseList {
        items: cards(desk, &lines, lang),
        next,
        total,
        search_lag,
    })
}

fn cards(desk: &Desk, lines: &[CaseLine], lang: Lang) -> Vec<CaseCard> {
    lines
        .iter()
        .map(|line| {
            let words = line.words.as_ref().map(FiledWords::of);
            desk.card(&line.case, words.as_ref(), &Viewer::Anonymous, lang)
        })
        .collect()
}

fn filter(desk: &Desk, asked: &Asked) -> CaseFilter {
    let city = &desk.city;
    let mut filter = CaseFilter {
        state: match asked.state.as_str() {
            "open" => StateGroup::Open,
            "ended" | "done" => StateGroup::Done,
            _ => StateGroup::All,
        },
        after: cursor_of(&asked.after),
        limit: if asked.limit == 0 {
            PAGE
        } else {
            asked.limit.min(store::PAGE_CAP)
        },
        ..CaseFilter::default()
    };
    if let Some(code) = known_area(desk, &asked.area) {
        let communities = city.areas.communities_of(&code, desk.now());
        if communities.len() > 1 {
            filter.communities = Some(communities.into_iter().collect());
        } else {
            filter.community = Some(communities.into_iter().next().unwrap_or(code));
        }
    }
    if let Ok(code) = CategoryCode::new(asked.category.as_str())
        && city.category(&code).is_some()
    {
        filter.category_in = city
            .leaf_categories()
            .into_iter()
            .filter(|leaf| {
                city.category_path(&leaf.code)
                    .iter()
                    .any(|above| above.code == code)
            })
            .map(|leaf| leaf.code.clone())
            .collect();
    }
    filter
}

pub(crate) fn known_area(desk: &Desk, typed: &str) -> Option<AreaCode> {
    AreaCode::new(typed)
        .ok()
        .filter(|code| desk.city.areas.is_known(code))
}

/// A cursor in an address: nothing that is not on the page itself.
pub(crate) fn cursor_text(cursor: Cursor) -> String {
    format!("{}-{}", cursor.filed_at.millis(), cursor.id)
}

pub(crate) fn cursor_of(text: &str) -> Option<Cursor> {
    let (at, id) = text.split_once('-')?;
    Some(Cursor {
        filed_at: Timestamp::from_millis(at.parse().ok()?),
        id: id.parse().ok()?,
    })
}

/// The front page.
///
/// # Errors
/// If the store does not answer.
pub async fn home(desk: &Desk, lang: Lang) -> Result<HomeView> {
    let latest = latest(desk, None, lang).await?;
    let figures = board::figures(desk, None).await?;
    Ok(HomeView { latest, figures })
}

async fn latest(desk: &Desk, community: Option<&AreaCode>, lang: Lang) -> Result<Vec<CaseCard>> {
    let filter = CaseFilter {
        community: community.cloned(),
        limit: LATEST,
        ..CaseFilter::default()
    };
    let lines = desk
        .store
        .read()
        .await?
        .cases(&Scope::public(), &filter)
        .await?;
    let lines: Vec<CaseLine> = lines
        .into_iter()
        .filter(|line| line.kind == Kind::Whistle)
        .collect();
    Ok(cards(desk, &lines, lang))
}

/// The communities that hold today, found by name, former name or pinyin, or all in the order of
/// their codes.
#[must_use]
pub fn communities(desk: &Desk, words: &str, lang: Lang) -> Vec<CommunityRow> {
    let now = desk.now();
    let areas = &desk.city.areas;
    if words.trim().is_empty() {
        let mut all = areas.of_kind(AreaKind::Community, now);
        all.sort_by(|a, b| a.code.cmp(&b.code));
        return all.into_iter().map(|area| row(desk, area, lang)).collect();
    }
    areas
        .search(words, now)
        .into_iter()
        .filter_map(|hit| areas.at(&hit.code, now))
        .filter(|area| area.kind == AreaKind::Community)
        .map(|area| row(desk, area, lang))
        .collect()
}

fn row(desk: &Desk, area: &Area, lang: Lang) -> CommunityRow {
    let unit = desk.unit_of(&area.code, desk.now());
    CommunityRow {
        code: area.code.to_string(),
        name: area.names.get(lang).to_owned(),
        unit: unit.map_or_else(String::new, |unit| unit.names.get(lang).to_owned()),
        formerly: area.formerly.clone(),
        pinyin: area.pinyin.clone(),
    }
}

/// A community's page.
///
/// # Errors
/// [`Error::NotFound`] for a code that is no community of today.
pub async fn community(desk: &Desk, code: &str, lang: Lang) -> Result<CommunityView> {
    let now = desk.now();
    let code = AreaCode::new(code).map_err(|_| Error::NotFound)?;
    let area = desk.city.areas.at(&code, now).ok_or(Error::NotFound)?;
    if area.kind != AreaKind::Community {
        return Err(Error::NotFound);
    }
    let station = desk
        .unit_of(&code, now)
        .map(|unit| (unit.names.get(lang).to_owned(), unit.contact.clone()));
    Ok(CommunityView {
        row: row(desk, area, lang),
        office: area.contact.clone(),
        station,
        grids: people::public_grids(desk, &code, lang).await?,
        latest: latest(desk, Some(&code), lang).await?,
        figures: board::community(desk, &code).await?,
    })
}

/// A community that has not begun: from when on it is there, and what it is made of.
///
/// # Errors
/// [`Error::NotFound`] for a code that is no community to come.
pub fn coming_community(desk: &Desk, code: &str, lang: Lang) -> Result<ComingCommunity> {
    let areas = &desk.city.areas;
    let code = AreaCode::new(code).map_err(|_| Error::NotFound)?;
    let area = areas.coming(&code, desk.now()).ok_or(Error::NotFound)?;
    if area.kind != AreaKind::Community {
        return Err(Error::NotFound);
    }
    let unit = desk.unit_of(&code, area.valid_from);
    let now = desk.now();
    let made_of = areas.made_of(&code).into_iter();
    Ok(ComingCommunity {
        name: area.names.get(lang).to_owned(),
        unit: unit.map_or_else(String::new, |unit| unit.names.get(lang).to_owned()),
        from: area.valid_from,
        made_of: made_of
            .filter_map(|code| areas.at(code, now))
            .map(|area| Label {
                code: area.code.to_string(),
                text: area.names.get(lang).to_owned(),
            })
            .collect(),
    })
}
