//! Departments called to several cases at once.

use axum::response::Response;
use casework::{
    file::FilingKey,
    sign_in::SignedIn,
    worklist::several::{self, Came, MOST, Pick, Typed},
};
use domain::{
    decide::typed::{Amiss, Wrong},
    lang::Lang,
    reference::CaseNumber,
    verb::Verb,
};
use http::StatusCode;

use super::{answer, bar, case::note_of};
use crate::{
    doors::{Ask, Doors, Oops},
    http::body::FormBody,
    pages::{ActFault, KeptAct, NotCalled, SeveralPage, SeveralView, Unkept},
    parts::DeskNav,
    render,
    texts::t,
    words::staff as said,
};

/// What the page shows besides the cases as they stand.
#[derive(Default)]
struct Shown {
    /// The numbers of the cases on it.
    among: Vec<CaseNumber>,
    picked: Vec<Pick>,
    text: String,
    /// Its key; a new one where there is none yet.
    key: Option<String>,
    kept: Option<KeptAct>,
    called: Vec<String>,
    failed: Vec<NotCalled>,
    unkept: Option<Unkept>,
}

/// The cases under a name of the form, each once.
fn picks(form: &FormBody, name: &str) -> Vec<Pick> {
    let mut picks: Vec<Pick> = Vec::new();
    for pick in form.all(name).filter_map(|text| text.parse::<Pick>().ok()) {
        if picks.len() < MOST && picks.iter().all(|known| known.number != pick.number) {
            picks.push(pick);
        }
    }
    picks
}

/// The form, for cases that were picked in a list.
pub(super) async fn begin(
    doors: &Doors,
    ask: &Ask,
    form: &FormBody,
    who: &SignedIn,
) -> Result<Response, Oops> {
    let picked = picks(form, "pick");
    let shown = Shown {
        among: picked.iter().map(|pick| pick.number).collect(),
        picked,
        text: form.get("text").unwrap_or_default().to_owned(),
        ..Shown::default()
    };
    show(doors, ask, who, shown, StatusCode::OK).await
}

async fn show(
    doors: &Doors,
    ask: &Ask,
    who: &SignedIn,
    shown: Shown,
    status: StatusCode,
) -> Result<Response, Oops> {
    let (desk, lang) = (&doors.desk, ask.reader.lang);
    let offered = several::together(desk, &who.viewer, &shown.among, lang).await?;
    let key = shown.key.unwrap_or_else(|| new_key(doors));
    let view = SeveralView {
        offered,
        picked: shown.picked.iter().map(ToString::to_string).collect(),
        key,
        text: shown.text,
        kept: shown.kept,
        called: shown.called,
        failed: shown.failed,
        unkept: shown.unkept,
    };
    let (here, bar) = (doors.here(ask), bar(who, DeskNav::Work));
    let html = render::page(move || leptos::view! { <SeveralPage here bar shown=view /> });
    Ok(answer(doors, ask, status, html))
}

fn new_key(doors: &Doors) -> String {
    FilingKey::draw(&doors.desk).as_str().to_owned()
}

/// Calls, each case by itself: one that somebody has just changed, or that is no longer theirs, does not stop
/// the others. What was not done stands there again with all that was typed.
pub(super) async fn call(
    doors: &Doors,
    ask: &Ask,
    form: &FormBody,
    who: &SignedIn,
) -> Result<Response, Oops> {
    let picked = picks(form, "pick");
    let among = picks(form, "among");
    let left_out = among
        .iter()
        .filter(|pick| picked.iter().all(|other| other.number != pick.number));
    let among = picked.iter().chain(left_out).map(|pick| pick.number);
    let shown = Shown {
        among: among.take(MOST).collect(),
        text: form.get("text").unwrap_or_default().to_owned(),
        kept: Some(KeptAct {
            verb: Some(Verb::Call),
            fields: form.fields.clone(),
            ..KeptAct::default()
        }),
        ..Shown::default()
    };
    let key = form.get("key").map(str::to_owned);
    match carry_out(doors, ask.reader.lang, form, who, &picked).await {
        Ok(Ok(came)) => told(doors, ask, who, (shown, picked), came).await,
        Ok(Err(faults)) => {
            let kept = shown.kept.map(|kept| KeptAct { faults, ..kept });
            let shown = Shown {
                picked,
                key,
                kept,
                ..shown
            };
            show(doors, ask, who, shown, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(oops) => match oops.unkept() {
            // What was done until then is found done when the same is sent again.
            Some(unkept) => {
                let status = unkept.status();
                let shown = Shown {
                    unkept: Some(unkept),
                    picked,
                    key,
                    ..shown
                };
                show(doors, ask, who, shown, status).await
            }
            None => Err(oops),
        },
    }
}

/// What became of each case, or what is to be mended first.
type Results = Result<Vec<(CaseNumber, Came)>, Vec<ActFault>>;

async fn carry_out(
    doors: &Doors,
    lang: Lang,
    form: &FormBody,
    who: &SignedIn,
    picked: &[Pick],
) -> Result<Results, Oops> {
    if doors.read_only {
        return Err(Oops::ReadOnly);
    }
    let key = FilingKey::new(form.get("key").unwrap_or_default())?;
    let mut faults = Vec::new();
    if picked.is_empty() {
        let (field, what) = ("pick", Wrong::Missing);
        faults.push(ActFault::Field(Amiss { field, what }));
    }
    let (text, unfit) = match note_of(form, Verb::Call) {
        Ok(text) => (text, None),
        Err(fault) => (None, Some(fault)),
    };
    let typed = Typed {
        key: &key,
        fields: &form.fields,
        text: text.as_deref(),
    };
    let (desk, viewer) = (&doors.desk, &who.viewer);
    let ready = match several::ready(desk, viewer, picked, typed, lang).await? {
        Ok(ready) => Some(ready),
        Err(amiss) => {
            faults.extend(amiss.into_iter().map(ActFault::Field));
            None
        }
    };
    faults.extend(unfit);
    Ok(match ready.filter(|_| faults.is_empty()) {
        Some(ready) => Ok(ready.call(desk, viewer).await?),
        None => Err(faults),
    })
}

/// The page after the calls: what was done, and the rest to be tried again under a key of its own.
async fn told(
    doors: &Doors,
    ask: &Ask,
    who: &SignedIn,
    (shown, picked): (Shown, Vec<Pick>),
    came: Vec<(CaseNumber, Came)>,
) -> Result<Response, Oops> {
    let lang = ask.reader.lang;
    let (mut called, mut failed, mut again) = (Vec::new(), Vec::new(), Vec::new());
    let mut among = shown.among.clone();
    for (number, came) in came {
        let mut news = Vec::new();
        let why = match came {
            Came::Called => {
                among.retain(|other| *other != number);
                called.push(number.to_string());
                continue;
            }
            // Whoever has read what came first picks it again.
            Came::Changed { news: since, .. } => {
                news = since;
                t::several_changed(lang).to_owned()
            }
            Came::Refused(refusal) => {
                again.push(number);
                said::refusal(lang, refusal)
            }
            Came::Amiss(amiss) => {
                again.push(number);
                let amiss = amiss.into_iter();
                let amiss: Vec<_> = amiss.map(|it| ActFault::Field(it).named(lang)).collect();
                amiss.join(" · ")
            }
            Came::NotTheirs => t::desk_bulk_not_yours(lang).to_owned(),
            Came::SentBefore => t::several_sent_before(lang).to_owned(),
        };
        let number = number.to_string();
        failed.push(NotCalled { number, why, news });
    }
    let status = if failed.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::CONFLICT
    };
    let picked = picked.into_iter();
    let shown = Shown {
        among,
        picked: picked.filter(|pick| again.contains(&pick.number)).collect(),
        called,
        failed,
        ..shown
    };
    show(doors, ask, who, shown, status).await
}
