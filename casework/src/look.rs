//! Looking: from a case and its events to what this viewer may see.

use domain::{
    access::{self, Viewer},
    area::AreaKind,
    case::{Case, Filer, PartyRole, Release},
    chain::Hash,
    clock::{Owner, RunningClock, Stage, explain},
    event::{Actor, Fact, Recorded},
    ids::{AreaCode, CategoryCode, PhotoId, UnitCode},
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
        let fixed = case.verdicts.iter().find(|verdict| verdict.party.0 == 1);
        StateView {
            key: case.state.tag(),
            outcome: case.state.outcome(),
            waiting_for_reporter: case.waiting_since.is_some() && !case.state.tag().is_ended(),
            joint: case.joint(),
            late: case.is_overdue(self.now()),
            confirmed: fixed.and_then(|verdict| verdict.fixed),
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
    let readable = access::reads_words(viewer, case);
    let own = matches!(viewer, Viewer::Party { case: id, .. } if *id == case.id);
    let staff = matches!(viewer, Viewer::Staff(_));
    let mut photos = Photos {
        number: case.number,
        next: 0,
        shown: readable,
    };
    let mut timeline = Vec::new();
    let mut of_filing = Vec::new();
    for recorded in events {
        let shown = photos.of(recorded);
        if recorded.version == 1 {
            of_filing = shown;
        } else if tells(&recorded.event.fact, own, staff) {
            timeline.push(Entry {
                at: recorded.at,
                fact: public_fact(&recorded.event.fact, staff),
                who: who(desk, case, recorded, lang),
                text: text_of(recorded, readable, own, staff),
                photos: shown,
            });
        }
    }
    let filed = events.first();
    let words = filed.and_then(|filed| filed.event.words.as_ref());
    let detail = words.filter(|_| readable).map(|words| {
        let place = words.place.as_ref();
        let position = place.and_then(|place| place.position).map(|position| {
            if own || staff {
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
        own,
    }
}

struct Photos {
    number: CaseNumber,
    next: u32,
    shown: bool,
}

impl Photos {
    /// The photos of an event, numbered through the case whether they are shown or not, so that
    /// a photo keeps its address.
    fn of(&mut self, recorded: &Recorded) -> Vec<PhotoView> {
        let ids = recorded
            .event
            .words
            .as_ref()
            .map_or(&[][..], |words| &words.photos);
        let mut views = Vec::new();
        for _ in ids {
            self.next += 1;
            if self.shown {
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

/// Which events this viewer is told of.
fn tells(fact: &Fact, own: bool, staff: bool) -> bool {
    match fact {
        Fact::Noted {}
        | Fact::RejectionProposed { .. }
        | Fact::QuarantineProposed {}
        | Fact::Quarantined { .. }
        | Fact::HandedOver { .. }
        | Fact::DirectLined {}
        | Fact::CalledBack { .. } => staff,
        Fact::Held {} | Fact::Redacted { .. } | Fact::VisibilityChanged { .. } => own || staff,
        _ => true,
    }
}

/// What enforcement did is private (K3), whoever may read the rest.
fn public_fact(fact: &Fact, staff: bool) -> Fact {
    let mut fact = fact.clone();
    if let Fact::Resolved { enforcement, .. } = &mut fact
        && !staff
    {
        *enforcement = None;
    }
    fact
}

/// The text of an event: the reporter's words as far as they are released, the city's own words to
/// all, internal words to staff.
fn text_of(recorded: &Recorded, readable: bool, own: bool, staff: bool) -> Option<String> {
    let words = recorded.event.words.as_ref()?;
    let allowed = match &recorded.event.fact {
        Fact::Answered { .. } | Fact::InformationAdded { .. } | Fact::Disputed { .. } => readable,
        Fact::Asked {} | Fact::Held {} | Fact::Rejected { .. } | Fact::ReviewAsked {} => {
            own || staff
        }
        Fact::Updated {}
        | Fact::Resolved { .. }
        | Fact::Parked { .. }
        | Fact::TransferredOut { .. }
        | Fact::SentBack {}
        | Fact::RejectionReviewed { .. }
        | Fact::Supervised { .. } => own || staff || readable,
        _ => staff,
    };
    words.text.clone().filter(|_| allowed)
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
    let id: PhotoId = events
        .iter()
        .filter_map(|recorded| recorded.event.words.as_ref())
        .flat_map(|words| words.photos.iter().copied())
        .nth(at)
        .ok_or(Error::NotFound)?;
    let bytes = desk
        .store
        .blobs()
        .get(id, size)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(PhotoBytes {
        bytes,
        public: case.words_are_public(),
    })
}
