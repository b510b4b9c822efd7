//! Filing: how a case begins.

use crate::{
    case::{Channel, Consent, EvidenceKind, Filer, Kind, Level, Outcome},
    city::CategoryKind,
    clock::Stage,
    decide::{Refusal, Rules},
    event::{Actor, Event, Fact, Words},
    ids::{AreaCode, CaseId, CategoryCode, ExternalNo, PartyNo},
    reference::CaseNumber,
    time::Timestamp,
    visibility::Visibility,
};

/// What is told, before anything is decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Filing {
    /// What kind of answer is owed.
    pub kind: Kind,
    /// The number drawn for it.
    pub number: CaseNumber,
    /// The door.
    pub channel: Channel,
    /// Who files.
    pub filer: Filer,
    /// The category.
    pub category: CategoryCode,
    /// The community.
    pub community: AreaCode,
    /// The grid, if known.
    pub grid: Option<AreaCode>,
    /// Who may see it; `None` takes the category's default.
    pub visibility: Option<Visibility>,
    /// The reporter allows a call.
    pub may_call: bool,
    /// The case this one came back from.
    pub recurrence_of: Option<CaseId>,
    /// Number in the system it came from.
    pub external: Option<ExternalNo>,
    /// Text, place and photos.
    pub words: Words,
    /// How the resident agreed, if staff file for them.
    pub consent: Option<Consent>,
    /// 即报即办: a grid officer fixed it on the spot; the outcome and the proof.
    pub fixed: Option<Words>,
}

/// Decides a filing.
///
/// # Errors
/// [`Refusal::Unknown`] for a category or community the city does not have at `now`,
/// [`Refusal::Emergency`] for danger that is not the portal's, [`Refusal::NotThisVisibility`] for
/// a category that must stay private and for staff who would be more public than the category, [`Refusal::NeedsConsent`] for a proxy filing without it, [`Refusal::EvidenceMissing`] for a fix without its proof.
pub fn file(
    filing: Filing,
    actor: Actor,
    rules: &Rules<'_>,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let category = rules.category(&filing.category)?;
    if category.closed || !rules.city.is_leaf(&filing.category) {
        return Err(Refusal::Unknown("category"));
    }
    let fits = match filing.kind {
        Kind::Whistle => category.kind == CategoryKind::Whistle,
        Kind::Tip => category.kind == CategoryKind::Tip,
        Kind::Request | Kind::Task => true,
    };
    if !fits {
        // A tip is sealed; told as a whistle it would be read by those it may be about.
        return Err(Refusal::Unknown("category"));
    }
    if category.emergency && filing.filer == Filer::Resident {
        return Err(Refusal::Emergency);
    }
    let area = rules
        .city
        .areas
        .at(&filing.community, now)
        .ok_or(Refusal::Unknown("community"))?;
    if area.kind != crate::area::AreaKind::Community {
        return Err(Refusal::Unknown("community"));
    }
    let asked = filing.visibility.unwrap_or(category.visibility);
    if category.always_private && asked != Visibility::Private {
        return Err(Refusal::NotThisVisibility);
    }
    // Only the resident's own hand makes a case more public than its category is.
    if filing.filer != Filer::Resident && asked < category.visibility {
        return Err(Refusal::NotThisVisibility);
    }
    let visibility = if filing.kind == Kind::Tip {
        Visibility::Private
    } else {
        asked
    };
    let consent = match filing.filer {
        Filer::Proxy => Some(filing.consent.ok_or(Refusal::NeedsConsent)?),
        Filer::Resident | Filer::Staff => None,
    };
    let actor = match filing.filer {
        Filer::Resident => Actor::Party(PartyNo(1)),
        Filer::Proxy | Filer::Staff => actor,
    };
    let public = visibility == Visibility::Public;
    let clocks = rules.filing_clocks(&filing.category, &filing.community, public, now);
    let started = u32::try_from(clocks.len()).unwrap_or(u32::MAX);
    // What was fixed on the spot is checked like any other result.
    let mut checks = rules.community_clocks(
        &filing.category,
        &filing.community,
        &[Stage::Verify],
        started,
        now,
    );
    rules.by_station(&mut checks, &filing.community, now);
    let photos = u8::try_from(filing.words.photos.len()).unwrap_or(u8::MAX);
    let filed = Fact::Filed {
        number: filing.number,
        case_kind: filing.kind,
        channel: filing.channel,
        filer: filing.filer,
        category: filing.category,
        community: filing.community,
        grid: filing.grid,
        line: category.lead.clone(),
        visibility,
        always_private: category.always_private,
        photos,
        may_call: filing.may_call,
        recurrence_of: filing.recurrence_of,
        external: filing.external,
        consent,
        clocks,
    };
    let mut events = vec![Event::new(actor, filed).saying(Some(filing.words))];
    if let Some(proof) = filing.fixed {
        let photos = u8::try_from(proof.photos.len()).unwrap_or(u8::MAX);
        if photos == 0 && category.evidence.contains(&EvidenceKind::PhotoAfter) {
            return Err(Refusal::EvidenceMissing(EvidenceKind::PhotoAfter));
        }
        events.push(Event::new(actor, Fact::Accepted { clocks: Vec::new() }));
        events.push(Event::new(actor, Fact::Taken {}));
        let resolved = Fact::Resolved {
            outcome: Outcome::Solved,
            enforcement: None,
            level: Level::Grid,
            on_the_spot: true,
            photos,
            clocks: checks,
        };
        events.push(Event::new(actor, resolved).saying(Some(proof)));
    }
    Ok(events)
}
