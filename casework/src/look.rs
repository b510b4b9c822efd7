//! Looking: from a case and its events to what this viewer may see.

use std::collections::BTreeMap;

use domain::{
    access::{self, Viewer},
    area::AreaKind,
    case::{Case, Filer, PartyRole, Release},
    chain::Hash,
    clock::{Owner, RunningClock, Stage, explain},
    event::{Actor, Fact, Recorded, Words},
    ids::{AreaCode, CategoryCode, PartyNo, PhotoId, UnitCode},
    lang::Lang,
    reference::CaseNumber,
    verb::Verb,
    visibility::Visibility,
};
use store::PhotoSize;

use crate::{
    Desk, Error, Result,
    act::Which,
    views::{
        CaseCard, CaseStory, ClockLine, ClockStory, Detail, Entry, Label, PhotoView, StateView,
        Who, WhoHasIt,
    },
};

/// How many characters of the words a card shows.
const HEADLINE: usize = 60;

/// The words of a filing as a list needs them.
#[derive(Clone, Debug, Default)]
pub struct FiledWords {
    /// What was told.
    pub text: Option<String>,
    /// Where, in words.
    pub place: Option<String>,
}

impl FiledWords {
    /// The part of a filing's words that a list shows.
    #[must_use]
    pub fn of(words: &Words) -> Self {
        Self {
            text: words.text.clone(),
            place: words
                .place
                .as_ref()
                .map(|place| place.text.as_str().to_owned()),
        }
    }
}

impl Desk {
    /// The name of a category.
    #[must_use]
    pub fn category_label(&self, code: &CategoryCode, lang: Lang) -> Label {
        let text = self
            .city
            .category(code)
            .map_or(code.as_str(), |it| it.names.get(lang));
        Label {
            code: code.to_string(),
            text: text.to_owned(),
        }
    }

    /// The name of a community as it was when the case was filed.
    #[must_use]
    pub fn community_label(&self, case: &Case, lang: Lang) -> Label {
        let code = &case.community;
        let area = self.city.areas.at(code, case.filed_at);
        let text = area.map_or(code.as_str(), |area| area.names.get(lang));
        Label {
            code: code.to_string(),
            text: text.to_owned(),
        }
    }

    fn unit_label(&self, code: &UnitCode, lang: Lang) -> Label {
        let text = self
            .city
            .unit(code)
            .map_or(code.as_str(), |unit| unit.names.get(lang));
        Label {
            code: code.to_string(),
            text: text.to_owned(),
        }
    }

    fn department_label(&self, code: &UnitCode, lang: Lang) -> Label {
        self.unit_label(self.city.department_of(code), lang)
    }

    fn owner_name(&self, owner: &Owner, case: &Case, lang: Lang) -> String {
        match owner {
            Owner::Community(code) | Owner::Station(code) => self
                .city
                .areas
                .at(code, case.filed_at)
                .map_or_else(|| code.to_string(), |area| area.names.get(lang).to_owned()),
            Owner::Unit(code) => self.department_label(code, lang).text,
            Owner::City => self.city.names.get(lang).to_owned(),
        }
    }

    fn clock_line(&self, clock: &RunningClock, case: &Case, lang: Lang) -> ClockLine {
        let now = self.now();
        ClockLine {
            stage: clock.stage,
            owner: self.owner_name(&clock.owner, case, lang),
            due: clock.due_at(now),
            late: if clock.is_running() {
                clock.is_late(now)
            } else {
                clock.stopped_late()
            },
            stopped: clock.stopped,
            provisional: clock.provisional,
            paused: clock.is_paused(),
        }
    }

    /// The state of a case for everybody.
    #[must_use]
    pub fn state_view(&self, case: &Case) -> StateView {
        let reporter = PartyNo::REPORTER;
        let confirmed = if case.state.outcome().is_some() {
            // A result that was done again has not been judged by what was said before.
            case.said_fixed(reporter)
        } else {
            case.verdict(reporter).and_then(|verdict| verdict.fixed)
        };
        StateView {
            key: case.state.tag(),
            outcome: case.state.outcome(),
            waiting_for_reporter: case.waiting_since.is_some() && !case.state.tag().is_ended(),
            joint: case.joint(),
            late: case.is_overdue(self.now()),
            confirmed,
            judged_by_resident: case.judged_by_resident(),
        }
    }

    /// A case in a list. `words` are the filing's, shown only where this viewer may read them.
    #[must_use]
    pub fn card(
        &self,
        case: &Case,
        words: Option<&FiledWords>,
        viewer: &Viewer,
        lang: Lang,
    ) -> CaseCard {
        let readable = words.filter(|_| access::reads_words(viewer, case));
        let mut departments: Vec<Label> = case
            .parts
            .iter()
            .filter(|part| part.reported_in.is_some())
            .map(|part| self.department_label(&part.unit, lang))
            .collect();
        departments.dedup();
        let clock = case
            .clocks
            .iter()
            .filter(|clock| clock.is_running() && clock.stage != Stage::Release)
            .min_by_key(|clock| clock.due);
        let me_too = case
            .parties
            .iter()
            .filter(|party| party.role == PartyRole::MeToo)
            .count();
        CaseCard {
            number: case.number.to_string(),
            category: self.category_label(&case.category, lang),
            community: self.community_label(case, lang),
            state: self.state_view(case),
            filed_at: case.filed_at,
            headline: readable
                .and_then(|words| words.text.as_deref())
                .map(headline),
            place: readable
                .and_then(|words| words.place.clone())
                .filter(|place| !place.is_empty()),
            release: case.release,
            visibility: case.visibility,
            clock: clock.map(|clock| self.clock_line(clock, case, lang)),
            me_too: u32::try_from(me_too).unwrap_or(u32::MAX),
            departments,
        }
    }

    /// The office that has a case, and how to reach it.
    #[must_use]
    pub fn who_has_it(&self, case: &Case, lang: Lang) -> WhoHasIt {
        let lead = case.parts.iter().find(|part| {
            part.lead
                && !part.returned
                && part.reported_in.is_some()
                && !case.state.tag().is_ended()
        });
        if let Some(part) = lead {
            let department = self.city.department_of(&part.unit);
            let contact = self
                .city
                .unit(department)
                .and_then(|unit| unit.contact.clone());
            return WhoHasIt {
                office: self.unit_label(department, lang).text,
                contact,
            };
        }
        self.community_office(&case.community, case.filed_at, lang)
    }

    /// A community's office.
    #[must_use]
    pub fn community_office(
        &self,
        code: &AreaCode,
        at: domain::time::Timestamp,
        lang: Lang,
    ) -> WhoHasIt {
        let area = self.city.areas.at(code, at);
        WhoHasIt {
            office: area.map_or_else(|| code.to_string(), |area| area.names.get(lang).to_owned()),
            contact: area.and_then(|area| area.contact.clone()),
        }
    }

    /// The governance unit a community belonged to.
    #[must_use]
    pub fn unit_of(
        &self,
        code: &AreaCode,
        at: domain::time::Timestamp,
    ) -> Option<&domain::area::Area> {
        self.city
            .areas
            .ancestors(code, at)
            .into_iter()
            .find(|area| area.kind == AreaKind::Unit)
    }
}

fn headline(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cut: String = line.chars().take(HEADLINE).collect();
    if cut.len() < line.len() {
        cut.push('…');
    }
    cut
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
    let mut reading = desk.store.snapshot().await?;
    let scope = access::scope(viewer);
    let case = match which.into() {
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
    drop(reading);
    Ok(tell(
        desk,
        viewer,
        &case,
        &events,
        hashes.first(),
        before.as_ref(),
        lang,
    ))
}

fn tell(
    desk: &Desk,
    viewer: &Viewer,
    case: &Case,
    events: &[Recorded],
    filing: Option<&Hash>,
    before: Option<&Case>,
    lang: Lang,
) -> CaseStory {
    let eyes = Eyes::of(viewer, case, events);
    let mut photos = Photos {
        number: case.number,
        next: 0,
    };
    let mut timeline = Vec::new();
    let mut of_filing = Vec::new();
    for recorded in events {
        let shown = photos.of(recorded, eyes.sees_photos(recorded));
        if recorded.version == 1 {
            of_filing = shown;
        } else if eyes.told(&recorded.event.fact) {
            timeline.push(Entry {
                at: recorded.at,
                fact: public_fact(&recorded.event.fact, eyes.inside),
                who: who(desk, case, recorded, lang),
                text: eyes.text(recorded),
                photos: shown,
            });
        }
    }
    let filed = events.first();
    let words = filed.and_then(|filed| eyes.words(filed));
    let detail = words.map(|words| {
        let place = words.place.as_ref();
        let position = place.and_then(|place| place.position).map(|position| {
            if eyes.reporter || eyes.inside {
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
    let filed_words = words.map(|words| FiledWords {
        text: words.text.clone(),
        place: words
            .place
            .as_ref()
            .map(|place| place.text.as_str().to_owned()),
    });
    let clocks = case
        .clocks
        .iter()
        .filter(|clock| !clock.cancelled)
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
        actions: actions(viewer, case, desk.now()),
        recurrence_of: before.map(|before| before.number.to_string()),
        filing_hash: filing.map(hex::encode).unwrap_or_default(),
        own: eyes.party.is_some(),
    }
}

struct Photos {
    number: CaseNumber,
    next: u32,
}

impl Photos {
    /// The photos of an event, numbered through the case whether they are shown or not, so that
    /// a photo keeps its address.
    fn of(&mut self, recorded: &Recorded, shown: bool) -> Vec<PhotoView> {
        let ids = recorded
            .event
            .words
            .as_ref()
            .map_or(&[][..], |words| &words.photos);
        let mut views = Vec::new();
        for _ in ids {
            self.next += 1;
            if shown {
                let url = format!("/cases/{}/photos/{}", self.number, self.next);
                let thumb_url = format!("{url}?small");
                views.push(PhotoView {
                    url,
                    thumb_url,
                    number: self.next,
                });
            }
        }
        views
    }
}

/// What one viewer may read of one case, event by event.
///
/// A release covers what had been said when a named person looked at it: what reporters add later
/// waits for the next one. Words that were redacted are read as the redaction put them. Who has
/// the same problem reads what everybody reads, and what they wrote themself.
struct Eyes<'e> {
    /// The words are public, or the viewer reads them anyway.
    readable: bool,
    /// The one who told it.
    reporter: bool,
    /// One of the case's people.
    party: Option<PartyNo>,
    /// Staff whose case it is; for other staff it is a public case like any other.
    inside: bool,
    /// The last event that a release covers.
    released: u32,
    /// What the public reads instead of an event's own words.
    redacted: BTreeMap<u32, Option<&'e Words>>,
}

impl<'e> Eyes<'e> {
    fn of(viewer: &Viewer, case: &Case, events: &'e [Recorded]) -> Self {
        let party = match viewer {
            Viewer::Party { case: own, party } if *own == case.id => Some(*party),
            _ => None,
        };
        let released = events
            .iter()
            .rev()
            .find(|recorded| matches!(recorded.event.fact, Fact::Released {}));
        let redacted = events
            .iter()
            .filter_map(|recorded| match recorded.event.fact {
                Fact::Redacted { version } => Some((version, recorded.event.words.as_ref())),
                _ => None,
            });
        Self {
            readable: access::reads_words(viewer, case),
            reporter: party.is_some_and(|no| access::is_reporter(case, no)),
            party,
            inside: access::is_inside(viewer, case),
            released: released.map_or(0, |recorded| recorded.version),
            redacted: redacted.collect(),
        }
    }

    /// Whether the words of an event are shown as they were written.
    fn reads_whole(&self, recorded: &Recorded) -> bool {
        if self.inside || self.reporter {
            return self.readable;
        }
        if self
            .party
            .is_some_and(|no| recorded.event.actor == Actor::Party(no))
        {
            return true;
        }
        // What staff told for a resident is the resident's word.
        let theirs = matches!(recorded.event.actor, Actor::Party(_)) || recorded.version == 1;
        let waits = theirs && recorded.version > self.released;
        self.readable && !waits && !self.redacted.contains_key(&recorded.version)
    }

    /// The words of an event as this viewer reads them.
    fn words(&self, recorded: &'e Recorded) -> Option<&'e Words> {
        if self.reads_whole(recorded) {
            return recorded.event.words.as_ref();
        }
        let instead = self.redacted.get(&recorded.version).copied().flatten();
        instead.filter(|_| self.readable)
    }

    fn sees_photos(&self, recorded: &Recorded) -> bool {
        self.reads_whole(recorded) && (recorded.version == 1 || self.told(&recorded.event.fact))
    }

    /// Which events this viewer is told of.
    fn told(&self, fact: &Fact) -> bool {
        match fact {
            Fact::Noted {}
            | Fact::RejectionProposed { .. }
            | Fact::QuarantineProposed {}
            | Fact::Quarantined { .. }
            | Fact::HandedOver { .. }
            | Fact::DirectLined {}
            | Fact::CalledBack { .. } => self.inside,
            Fact::Held {} | Fact::Redacted { .. } | Fact::VisibilityChanged { .. } => {
                self.reporter || self.inside
            }
            _ => true,
        }
    }

    /// The text of an event: the reporters' words as far as they are released, the city's own
    /// words to all, internal words to those inside.
    fn text(&self, recorded: &'e Recorded) -> Option<String> {
        let text = |words: Option<&Words>| words.and_then(|words| words.text.clone());
        let allowed = match &recorded.event.fact {
            Fact::Answered { .. } | Fact::InformationAdded { .. } | Fact::Disputed { .. } => {
                return text(self.words(recorded));
            }
            Fact::Asked {}
            | Fact::Held {}
            | Fact::Rejected { .. }
            | Fact::ReviewAsked {}
            | Fact::VisibilityChanged { .. } => self.reporter || self.inside,
            Fact::Updated {}
            | Fact::Resolved { .. }
            | Fact::Parked { .. }
            | Fact::TransferredOut { .. }
            | Fact::SentBack {}
            | Fact::RejectionReviewed { .. }
            | Fact::Supervised { .. } => {
                if self.redacted.contains_key(&recorded.version) {
                    return text(self.words(recorded));
                }
                self.party.is_some() || self.inside || self.readable
            }
            _ => self.inside,
        };
        text(recorded.event.words.as_ref()).filter(|_| allowed)
    }
}

/// What enforcement did is private (K3), whoever may read the rest.
fn public_fact(fact: &Fact, inside: bool) -> Fact {
    let mut fact = fact.clone();
    if let Fact::Resolved { enforcement, .. } = &mut fact
        && !inside
    {
        *enforcement = None;
    }
    fact
}

fn who(desk: &Desk, case: &Case, recorded: &Recorded, lang: Lang) -> Who {
    let unit_of_part = |no: u32| {
        case.part(no)
            .map(|part| Who::Office(desk.department_label(&part.unit, lang).text))
    };
    let by_part = match &recorded.event.fact {
        Fact::Signed { part }
        | Fact::ReportedIn { part, .. }
        | Fact::SetOut { part }
        | Fact::Arrived { part }
        | Fact::FedBack { part, .. }
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
        Actor::Appointment(_) => by_part.unwrap_or_else(|| {
            Who::Office(
                desk.community_office(&case.community, case.filed_at, lang)
                    .office,
            )
        }),
    }
}

/// What this viewer may do now, in the order of the table.
fn actions(viewer: &Viewer, case: &Case, now: domain::time::Timestamp) -> Vec<Verb> {
    Verb::ALL
        .iter()
        .copied()
        .filter(|verb| domain::verb::row_of(*verb).from.contains(&case.state.tag()))
        .filter(|verb| access::may(viewer, *verb, case).is_ok())
        .filter(|verb| match verb {
            Verb::Answer => case.waiting_since.is_some(),
            Verb::Urge => case.is_overdue(now),
            Verb::Publish => {
                case.visibility == Visibility::Public
                    && matches!(case.release, Release::Waiting | Release::Held)
            }
            Verb::Confirm | Verb::Dispute | Verb::Rate => case.judged_by_resident(),
            _ => true,
        })
        .collect()
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
    let at = usize::try_from(photo)
        .ok()
        .and_then(|no| no.checked_sub(1))
        .ok_or(Error::NotFound)?;
    let eyes = Eyes::of(viewer, &case, &events);
    let (recorded, id): (&Recorded, PhotoId) = events
        .iter()
        .flat_map(|recorded| {
            let words = recorded.event.words.as_ref();
            let photos = words.map_or(&[][..], |words| &words.photos);
            photos.iter().map(move |id| (recorded, *id))
        })
        .nth(at)
        .ok_or(Error::NotFound)?;
    if !eyes.sees_photos(recorded) {
        return Err(Error::NotFound);
    }
    let public = Eyes::of(&Viewer::Anonymous, &case, &events).sees_photos(recorded);
    let bytes = desk
        .store
        .blobs()
        .get(id, size)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(PhotoBytes { bytes, public })
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
