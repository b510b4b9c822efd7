//! `/desk/file`

use axum::{
    extract::{Request, State as Of},
    response::{IntoResponse, Redirect, Response},
};
use casework::{
    Error,
    file::{FilingKey, StaffFiling, file_as_staff},
    sign_in::SignedIn,
    views::{Branch, Choice},
};
use domain::{
    access::may_file,
    area::AreaKind,
    case::{Channel, Filer},
    city::CategoryKind,
    decide::Refusal,
    draft::{Checked, Draft},
    event::Words,
    ids::ExternalNo,
    lang::Lang,
    reference::CaseNumber,
    text::Note,
};
use http::StatusCode;

use super::{answer, bar, open_form, trouble};
use crate::{
    doors::{Ask, Doors, Oops, State, photos::Waiting, sign_in::staff},
    form::Fault,
    http::body::FormBody,
    pages::{FROM_ELSEWHERE, FileForm, FilePage},
    parts::DeskNav,
    render,
    texts::t,
    words::staff as said,
};

/// `GET /desk/file`
pub async fn page(Of(doors): Of<State>, ask: Ask) -> Response {
    let who = match staff(&doors, &ask).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    let done = ask
        .asked("done")
        .filter(|number| number.parse::<CaseNumber>().is_ok());
    let form = FileForm {
        key: FilingKey::draw(&doors.desk).as_str().to_owned(),
        done,
        ..FileForm::default()
    };
    show(&doors, &ask, &who, form, StatusCode::OK)
}

fn show(doors: &Doors, ask: &Ask, who: &SignedIn, form: FileForm, status: StatusCode) -> Response {
    let lang = ask.reader.lang;
    let form = FileForm {
        communities: communities(doors, who, lang),
        categories: categories(doors, lang),
        ..form
    };
    let (here, bar) = (doors.here(ask), bar(who, DeskNav::File));
    let html = render::page(move || leptos::view! { <FilePage here bar form /> });
    answer(doors, ask, status, html)
}

fn communities(doors: &Doors, who: &SignedIn, lang: Lang) -> Vec<Choice> {
    let city = &doors.desk.city;
    let areas = city.areas.of_kind(AreaKind::Community, doors.desk.now());
    areas
        .into_iter()
        .filter(|area| may_file(&who.viewer, &area.code).is_some())
        .map(|area| Choice {
            value: area.code.to_string(),
            text: area.names.get(lang).to_owned(),
        })
        .collect()
}

/// What may be told, by family; danger that is happening now is no case.
fn categories(doors: &Doors, lang: Lang) -> Vec<Branch> {
    let city = &doors.desk.city;
    let mut branches: Vec<Branch> = Vec::new();
    for leaf in city.open_categories() {
        if leaf.kind != CategoryKind::Whistle || leaf.emergency {
            continue;
        }
        let path = city.category_path(&leaf.code);
        let family = path.first().map_or("", |top| top.names.get(lang));
        let choice = Choice {
            value: leaf.code.to_string(),
            text: leaf.names.get(lang).to_owned(),
        };
        match branches.iter_mut().find(|branch| branch.name == family) {
            Some(branch) => branch.choices.push(choice),
            None => branches.push(Branch {
                name: family.to_owned(),
                choices: vec![choice],
            }),
        }
    }
    branches
}

/// `POST /desk/file`
pub async fn post(Of(doors): Of<State>, request: Request) -> Response {
    let (ask, form, who) = match open_form(&doors, request).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let mut waiting = Waiting::read(&doors, &form);
    let missed = match take(&doors, &ask, &who, &form, &mut waiting).await {
        Ok(number) => {
            let to = format!("/desk/file?done={number}");
            return Redirect::to(&to).into_response();
        }
        Err(missed) => missed,
    };
    let (faults, unkept) = match missed {
        Missed::Faults(faults) => (faults, None),
        Missed::Oops(oops) => match oops.unkept() {
            Some(unkept) => (Vec::new(), Some(unkept)),
            None => return trouble(&doors, &ask, &who, &oops),
        },
    };
    let status = unkept.as_ref().map_or(
        StatusCode::UNPROCESSABLE_ENTITY,
        crate::pages::Unkept::status,
    );
    let lang = ask.reader.lang;
    let (key, staged) = waiting.keep(&doors).await;
    let photos = waiting
        .faults
        .iter()
        .map(|fault| ("photos", fault.text(lang)));
    let mut all: Vec<(&'static str, String)> = photos.collect();
    all.extend(faults);
    let page = FileForm {
        fields: form.fields.clone(),
        key,
        staged,
        faults: all,
        unkept,
        ..FileForm::default()
    };
    show(&doors, &ask, &who, page, status)
}

enum Missed {
    Faults(Vec<(&'static str, String)>),
    Oops(Oops),
}

impl From<Oops> for Missed {
    fn from(oops: Oops) -> Self {
        Self::Oops(oops)
    }
}

async fn take(
    doors: &State,
    ask: &Ask,
    who: &SignedIn,
    form: &FormBody,
    waiting: &mut Waiting,
) -> Result<CaseNumber, Missed> {
    let lang = ask.reader.lang;
    waiting.take(doors, ask, form).await?;
    if doors.read_only {
        return Err(Oops::ReadOnly.into());
    }
    let text = |name: &str| form.get(name).unwrap_or_default().trim().to_owned();
    let draft = Draft {
        // Asked of residents: staff know whom to call.
        danger: "no".to_owned(),
        photos: waiting.staged.len(),
        ..Draft::read(text)
    };
    let mut faults: Vec<(&'static str, String)> = Vec::new();
    let checked = match draft.check(&doors.desk.city, doors.desk.now()) {
        Ok(checked) => Some(checked),
        Err(errors) => {
            faults.extend(errors.into_iter().map(|(field, error)| {
                let fault = Fault::Draft(field, error);
                (fault.field(), fault.text(lang))
            }));
            None
        }
    };
    let proxy = form.get("filer") == Some("proxy");
    let consent = form.get("consent").and_then(|word| word.parse().ok());
    if proxy && consent.is_none() {
        faults.push(("consent", t::staff_consent(lang).to_owned()));
    }
    let reach = doors.reach;
    let reachable =
        (reach.phone && !draft.phone.is_empty()) || (reach.mail && !draft.email.is_empty());
    if proxy && !reachable {
        // The code goes to the resident, and to nobody's screen.
        faults.push(("phone", t::file_reach(lang).to_owned()));
    }
    let fixed = form.get("fixed").is_some();
    let fixed_text = text("fixed-text");
    if fixed && fixed_text.is_empty() {
        faults.push(("fixed-text", t::wrong_text(lang).to_owned()));
    } else if fixed && Note::new(&fixed_text).is_err() {
        faults.push(("fixed-text", t::refused_unfit_text(lang).to_owned()));
    }
    let external = match form.get("external").map(str::trim).unwrap_or_default() {
        "" => None,
        number => ExternalNo::new(number)
            .map_err(|_| faults.push(("external", t::file_external_wrong(lang).to_owned())))
            .ok(),
    };
    let Some(checked) = checked.filter(|_| faults.is_empty() && waiting.faults.is_empty()) else {
        return Err(Missed::Faults(faults));
    };
    let filing = filing(
        doors,
        form,
        checked,
        waiting,
        proxy,
        consent,
        fixed.then_some(fixed_text),
    );
    let from = form.get("channel").and_then(|word| word.parse().ok());
    let from = from.filter(|channel| FROM_ELSEWHERE.contains(channel));
    let filing = StaffFiling {
        channel: from.unwrap_or(Channel::Staff),
        external,
        ..filing
    };
    let (desk, viewer) = (&doors.desk, &who.viewer);
    match file_as_staff(desk, viewer, &waiting.key, filing).await {
        Ok(filed) => Ok(filed.number),
        Err(Error::Refused(refusal)) => {
            let field = match refusal {
                Refusal::EvidenceMissing(_) => "photos",
                Refusal::NeedsConsent => "consent",
                Refusal::NotThisVisibility => "visibility",
                _ => "category",
            };
            Err(Missed::Faults(vec![(field, said::refusal(lang, refusal))]))
        }
        Err(Error::FiledBefore(number)) => {
            let text = t::file_external_before(lang, number.to_string());
            Err(Missed::Faults(vec![("external", text)]))
        }
        Err(Error::NotFound) if waiting.miss(doors).await? => Err(Missed::Faults(Vec::new())),
        Err(error) => Err(Oops::from(error).into()),
    }
}

fn filing(
    doors: &Doors,
    form: &FormBody,
    checked: Checked,
    waiting: &Waiting,
    proxy: bool,
    consent: Option<domain::case::Consent>,
    fixed: Option<String>,
) -> StaffFiling {
    // Of something fixed on the spot the last photo shows that it is; what it was like is no proof.
    let mut before = waiting.staged.clone();
    let last = before.len().saturating_sub(1);
    let after = match fixed {
        Some(_) => before.split_off(last),
        None => Vec::new(),
    };
    let chosen = form.get("visibility").filter(|word| !word.is_empty());
    let default = doors
        .desk
        .city
        .category(&checked.category)
        .map(|category| category.visibility);
    // Staff take what the category has, or less: more is the resident's own to choose.
    let visibility = chosen.and(Some(checked.visibility)).or(default);
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let contact = if proxy {
        casework::file::Contact {
            name: some(checked.contact.name),
            phone: some(checked.contact.phone),
            email: some(checked.contact.email),
        }
    } else {
        casework::file::Contact::default()
    };
    StaffFiling {
        filer: if proxy { Filer::Proxy } else { Filer::Staff },
        channel: Channel::Staff,
        category: checked.category,
        community: checked.community,
        grid: None,
        visibility,
        words: Words {
            place: checked.place,
            photos: before,
            ..Words::text(checked.description.as_str())
        },
        fixed: fixed.map(|text| Words {
            photos: after,
            ..Words::text(text)
        }),
        external: None,
        consent: consent.filter(|_| proxy),
        contact,
    }
}
