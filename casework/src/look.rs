//! Looking: from a case and its events to what this viewer may see.
//!
//! `names` knows what the city calls things, `card` the one line of a list, `eyes` who may read
//! what, `ruling` what was ruled of each photo, `seen` who did and `handed` who was given it; here they become the
//! story of a case, its photos and its receipt. `desk` is a case as one works on it, `choices` what its forms
//! offer, `preview` how it would stand before everybody.

mod card;
mod choices;
mod desk;
mod eyes;
mod handed;
mod names;
mod preview;
mod ruling;
mod seen;
pub(crate) use ruling::rulings;
pub(crate) use seen::{note_listed, note_printed};

use std::collections::BTreeMap;

use domain::{
    access::{self, Viewer},
    case::{Case, EvidenceKind, Filer, Outcome},
    chain::Hash,
    clock::{Owner, explain},
    event::{Actor, Fact, Recorded},
    ids::{AppointmentNo, PhotoId},
    lang::Lang,
    reference::CaseNumber,
};
use store::PhotoSize;

pub use card::FiledWords;
pub(crate) use choices::{duties, modules};
pub use desk::{for_paper, on_desk, still_on_desk};
pub use eyes::is_for_offices;
use eyes::{Eyes, Sight, actions};
pub use preview::as_public;
pub use seen::{Looker, contact, who_saw};

use crate::{
    Desk, Error, Result,
    act::Which,
    views::{
        CalledUnit, CaseStory, ClockStory, Detail, Entry, PassedView, PhotoOf, PhotoView, Said,
        Saw, Who,
    },
};

/// A case as a viewer may know it, with all that happened to it.
struct Loaded {
    case: Case,
    events: Vec<Recorded>,
    hashes: Vec<Hash>,
    before: Option<Case>,
    into: Option<Case>,
    offices: Offices,
}

/// To which office each appointment that acted belongs.
type Offices = BTreeMap<AppointmentNo, Owner>;

async fn load(desk: &Desk, viewer: &Viewer, which: Which) -> Result<Loaded> {
    let mut reading = desk.store.snapshot().await?;
    let scope = access::scope(viewer);
    let case = match which {
        Which::Number(number) => reading.case(&scope, &number).await?,
        Which::Id(id) => reading.case_by_id(&scope, id).await?,
    };
    let case = case
        .filter(|case| access::sees(viewer, case))
        .ok_or(Error::NotFound)?;
    let events = reading.events(&case).await?;
    let hashes = reading.hashes(&case).await?;
    let before = match case.recurrence_of {
        Some(id) => reading.case_by_id(&scope, id).await?,
        None => None,
    };
    let into = reading.goes_on_in(&case).await?;
    let mut offices = Offices::new();
    for recorded in &events {
        if let Actor::Appointment(no) = recorded.event.actor
            && !offices.contains_key(&no)
            && let Some(held) = reading.appointment(no).await?
        {
            offices.insert(no, held.home);
        }
    }
    Ok(Loaded {
        case,
        events,
        hashes,
        before,
        into,
        offices,
    })
}

/// The story of a case for a viewer.
///
/// # Errors
/// [`Error::NotFound`] where the viewer may not know of the case.
pub async fn story(
    desk: &Desk,
    viewer: &Viewer,
    which: impl Into<Which>,
    lang: Lang,
) -> Result<CaseStory> {
    read(desk, viewer, which.into(), lang, Saw::Story).await
}

/// The same for a program that works with somebody's token: what it is answered leaves the house, and
/// is told to the reporter as that.
///
/// # Errors
/// As [`story`].
pub async fn for_program(
    desk: &Desk,
    viewer: &Viewer,
    which: impl Into<Which>,
    lang: Lang,
) -> Result<CaseStory> {
    read(desk, viewer, which.into(), lang, Saw::Export).await
}

async fn read(
    desk: &Desk,
    viewer: &Viewer,
    which: Which,
    lang: Lang,
    saw: Saw,
) -> Result<CaseStory> {
    let loaded = load(desk, viewer, which).await?;
    seen::note(desk, viewer, &loaded.case, saw).await?;
    finish(desk, viewer, &loaded, lang).await
}

async fn finish(desk: &Desk, viewer: &Viewer, loaded: &Loaded, lang: Lang) -> Result<CaseStory> {
    let Loaded {
        case,
        events,
        hashes,
        before,
        into,
        ..
    } = loaded;
    let mut story = tell(desk, viewer, loaded, hashes.first(), before.as_ref(), lang);
    story.merged_into = into
        .as_ref()
        .filter(|into| access::sees(viewer, into))
        .map(|into| into.number.to_string());
    story.looks = seen::looks(desk, viewer, case, events, lang).await?;
    Ok(story)
}

fn tell(
    desk: &Desk,
    viewer: &Viewer,
    loaded: &Loaded,
    filing: Option<&Hash>,
    before: Option<&Case>,
    lang: Lang,
) -> CaseStory {
    let Loaded { case, events, .. } = loaded;
    let eyes = Eyes::of(viewer, case, events);
    let mut photos = Photos {
        number: case.number,
        next: 0,
    };
    let scene = events
        .first()
        .and_then(|filed| eyes.words(filed)?.place.as_ref()?.position);
    let mut timeline = Vec::new();
    let mut of_filing = Vec::new();
    for recorded in events {
        let mut shown = photos.of(recorded, &eyes);
        let is_filing = recorded.version == 1;
        if is_filing {
            // Its words and photos stand above the timeline.
            of_filing = std::mem::take(&mut shown);
        }
        if eyes.told(recorded) {
            timeline.push(Entry {
                version: recorded.version,
                at: recorded.at,
                fact: eyes.fact(recorded),
                who: who(desk, loaded, recorded, lang),
                called: if eyes.names_departments(recorded) {
                    called(desk, &recorded.event.fact, lang)
                } else {
                    Vec::new()
                },
                text: eyes.text(recorded).filter(|_| !is_filing),
                photos: shown,
                claimed: eyes.claimed(recorded, scene),
                passed: eyes.passed_on(recorded).cloned(),
            });
        }
    }
    let filed = events.first();
    let words = filed.and_then(|filed| eyes.words(filed));
    let detail = words.map(|words| {
        let place = words.place.as_ref();
        let position = place.and_then(|place| place.position).map(|position| {
            if eyes.exact_place() {
                position
            } else {
                position.public()
            }
        });
        Detail {
            text: words.text.clone().unwrap_or_default(),
            place: place
                .map(|place| place.text.as_str().to_owned())
                .unwrap_or_default(),
            position: position.map(domain::place::Position::degrees),
        }
    });
    let filed_words = words.map(FiledWords::of);
    let clocks = case
        .clocks
        .iter()
        // What was promised and then no longer needed is told; what never counted is not.
        .filter(|clock| !clock.cancelled || clock.lapsed.is_some())
        .map(|clock| ClockStory {
            line: desk.clock_line(clock, case, lang),
            limit: clock.limit,
            explanation: explain(clock, &desk.city.calendar, &desk.city.time),
            gross: clock.gross(desk.now()),
            net: clock.net(desk.now()),
        })
        .collect();
    CaseStory {
        card: desk.card(case, filed_words.as_ref(), viewer, lang),
        version: case.version,
        detail,
        photos: of_filing,
        timeline,
        clocks,
        who_has_it: desk.who_has_it(case, lang),
        next_by: desk.next_by(case, lang),
        passed: PassedView::of(
            case,
            events.iter().find_map(|recorded| eyes.passed_on(recorded)),
            desk.now(),
        ),
        actions: actions(viewer, case, loaded.into.as_ref(), desk.now()),
        recurrence_of: before.map(|before| before.number.to_string()),
        merged_into: None,
        looks: Vec::new(),
        filing_hash: filing.map(hex::encode).unwrap_or_default(),
        own: eyes.party.is_some(),
        said: eyes.party.map_or_else(Said::default, |party| Said {
            fixed: case.said_fixed(party),
            stars: case.said_stars(party),
        }),
    }
}

struct Photos {
    number: CaseNumber,
    next: u32,
}

impl Photos {
    /// The photos of an event, numbered through the case whether they are shown or not, so that
    /// a photo keeps its address.
    fn of(&mut self, recorded: &Recorded, eyes: &Eyes<'_>) -> Vec<PhotoView> {
        let sees = eyes.sees_photos(recorded);
        let ids = recorded
            .event
            .words
            .as_ref()
            .map_or(&[][..], |words| &words.photos);
        let mut views = Vec::new();
        for photo in (1..=u8::MAX).take(ids.len()) {
            self.next += 1;
            if !sees || eyes.sight(recorded, photo) == Sight::Hidden {
                continue;
            }
            // What is covered for others is asked for by name.
            let (url, thumb_url) = if eyes.sees_whole() {
                whole(self.number, self.next)
            } else {
                let url = address(self.number, self.next);
                (url.clone(), format!("{url}?small"))
            };
            views.push(PhotoView {
                url,
                thumb_url,
                number: self.next,
                of: photo_of(&recorded.event.fact),
                publicly: eyes.publicly(recorded, photo),
            });
        }
        views
    }
}

fn address(number: CaseNumber, photo: u32) -> String {
    format!("/cases/{number}/photos/{photo}")
}

/// Where a photo lies as it was taken, and the same in small.
fn whole(number: CaseNumber, photo: u32) -> (String, String) {
    let url = address(number, photo);
    (format!("{url}?whole"), format!("{url}?whole&small"))
}

/// When in the work the photos of an event were taken. Those that come with a result prove it.
const fn photo_of(fact: &Fact) -> Option<PhotoOf> {
    match fact {
        Fact::Filed { .. } => Some(PhotoOf::Report),
        Fact::EvidenceAdded {
            evidence: EvidenceKind::PhotoBefore,
            ..
        } => Some(PhotoOf::Before),
        Fact::EvidenceAdded {
            evidence: EvidenceKind::PhotoAfter,
            ..
        }
        | Fact::Resolved {
            outcome: Outcome::Solved | Outcome::PartlySolved,
            ..
        } => Some(PhotoOf::After),
        _ => None,
    }
}

/// The departments that an event calls, each once, with who leads.
fn called(desk: &Desk, fact: &Fact, lang: Lang) -> Vec<CalledUnit> {
    let parts = match fact {
        Fact::Called { parts, .. } => parts.as_slice(),
        Fact::Assigned { part, .. } => std::slice::from_ref(part),
        _ => &[],
    };
    let mut called: Vec<CalledUnit> = Vec::new();
    for part in parts {
        let office = desk.department_label(&part.unit, lang).text;
        if let Some(known) = called.iter_mut().find(|known| known.office == office) {
            known.lead |= part.lead;
        } else {
            let lead = part.lead;
            called.push(CalledUnit { office, lead });
        }
    }
    called
}

fn who(desk: &Desk, loaded: &Loaded, recorded: &Recorded, lang: Lang) -> Who {
    let case = &loaded.case;
    let unit_of_part = |no: u32| {
        case.part(no)
            .map(|part| Who::Office(desk.unit_name(&part.unit, case, lang)))
    };
    let by_part = match &recorded.event.fact {
        Fact::Signed { part }
        | Fact::ReportedIn { part, .. }
        | Fact::SetOut { part }
        | Fact::Arrived { part }
        | Fact::FedBack { part, .. }
        | Fact::Engaged { part, .. }
        | Fact::ReturnAsked { part, .. } => unit_of_part(*part),
        Fact::Resolved { .. } => case
            .parts
            .iter()
            .find(|part| part.lead && !part.returned)
            .and_then(|part| unit_of_part(part.no)),
        _ => None,
    };
    match recorded.event.actor {
        Actor::System => Who::System,
        Actor::Party(no) if no.0 == 1 && case.filer != Filer::Staff => Who::Reporter,
        Actor::Party(_) => Who::MeToo,
        Actor::Contractor(no) => Who::Firm(desk.contractor_name(no, case, lang)),
        Actor::Appointment(no) => by_part.unwrap_or_else(|| {
            // Nobody knows it any more: it was the community's to see to.
            let home = Owner::Community(case.community.clone());
            let home = loaded.offices.get(&no).unwrap_or(&home);
            Who::Office(desk.owner_name(home, case, lang))
        }),
    }
}

/// A photo of a case: its bytes, and whether everybody may see it.
#[derive(Clone, Debug)]
pub struct PhotoBytes {
    /// JPEG.
    pub bytes: bytes::Bytes,
    /// It may be kept by shared caches.
    pub public: bool,
}

/// A photo of a case by its number in the case.
///
/// # Errors
/// [`Error::NotFound`] where the viewer may not see it or there is none: the answer is the same.
pub async fn photo(
    desk: &Desk,
    viewer: &Viewer,
    number: CaseNumber,
    photo: u32,
    size: PhotoSize,
) -> Result<PhotoBytes> {
    let mut reading = desk.store.read().await?;
    let case = reading
        .case(&access::scope(viewer), &number)
        .await?
        .ok_or(Error::NotFound)?;
    if !access::reads_words(viewer, &case) {
        return Err(Error::NotFound);
    }
    let events = reading.events(&case).await?;
    drop(reading);
    let (recorded, within, id) = nth_photo(&events, photo).ok_or(Error::NotFound)?;
    let seen_by = |viewer: &Viewer| {
        let eyes = Eyes::of(viewer, &case, &events);
        match eyes.sight(recorded, within) {
            _ if !eyes.sees_photos(recorded) => None,
            Sight::Whole => Some(id),
            Sight::Covered(instead) => Some(instead),
            Sight::Hidden => None,
        }
    };
    let id = seen_by(viewer).ok_or(Error::NotFound)?;
    // What others see covered is nothing for anybody's cache.
    let public = seen_by(&Viewer::Anonymous) == Some(id);
    if public {
        seen::note(desk, viewer, &case, Saw::Photo).await?;
    } else {
        seen::note_always(desk, viewer, &case, Saw::Photo).await?;
    }
    let bytes = desk
        .store
        .blobs()
        .get(id, size)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(PhotoBytes { bytes, public })
}

/// The photo of a number of the case: its event, its number within it, and its id.
pub(crate) fn nth_photo(events: &[Recorded], photo: u32) -> Option<(&Recorded, u8, PhotoId)> {
    let at = usize::try_from(photo).ok()?.checked_sub(1)?;
    all_photos(events).nth(at)
}

/// All photos of a case in the order of their numbers.
pub(crate) fn all_photos(events: &[Recorded]) -> impl Iterator<Item = (&Recorded, u8, PhotoId)> {
    events.iter().flat_map(|recorded| {
        let words = recorded.event.words.as_ref();
        let photos = words.map_or(&[][..], |words| &words.photos);
        let numbered = (1..=u8::MAX).zip(photos);
        numbered.map(move |(no, id)| (recorded, no, *id))
    })
}

/// A fresh receipt, as its own page shows it.
///
/// # Errors
/// [`Error::NotFound`] if the code does not open the case of this number.
pub async fn receipt(
    desk: &Desk,
    number: CaseNumber,
    code: &domain::reference::ReceiptCode,
    contact_left: bool,
    lang: Lang,
) -> Result<crate::views::Receipt> {
    let mut reading = desk.store.read().await?;
    let (id, party) = reading.party_by_code(code).await?.ok_or(Error::NotFound)?;
    let viewer = Viewer::Party { case: id, party };
    let case = reading
        .case_by_id(&access::scope(&viewer), id)
        .await?
        .ok_or(Error::NotFound)?;
    if case.number != number {
        return Err(Error::NotFound);
    }
    let hash = reading
        .hashes(&case)
        .await?
        .first()
        .map(hex::encode)
        .unwrap_or_default();
    drop(reading);
    let card = desk.card(&case, None, &viewer, lang);
    Ok(crate::views::Receipt {
        number: case.number.to_string(),
        code: code.to_string(),
        filed_at: case.filed_at,
        hash,
        community: card.community.text,
        category: card.category.text,
        next: card.clock,
        contact_left,
        who_has_it: desk.who_has_it(&case, lang),
    })
}
