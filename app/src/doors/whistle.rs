//! `/whistle`: one form. Every act parses everything, takes new photos in and gives everything
//! back; only `file` files.

mod choices;

use axum::{
    extract::{Request, State as Of},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use casework::{
    Error, duplicates,
    file::{self, FilingKey, Whistle},
    photos::PhotoError,
    stage,
    views::Label,
};
use domain::{
    case::Channel,
    draft::{Draft, Field, FieldError, MAX_PHOTOS},
    ids::{CategoryCode, PhotoId},
    reference::CaseNumber,
};
use http::StatusCode;

use super::{
    Doors, Oops, State,
    ask::{self, Ask},
    oops_page, receipt,
};
use crate::{
    form::{Fault, PhotoFault},
    http::{
        body::{FileRefusal, FormBody, read_form},
        load::{Offered, Verdict},
        page_cache::packed_once,
    },
    pages::{StagedPhoto, WhistleForm, WhistlePage},
    render,
};

/// What the button says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Act {
    File,
    FindCategory,
    FindPlace,
    CheckDuplicates,
    Preview,
    AddPhotos,
    RemovePhoto(usize),
    MeToo(CaseNumber),
}

impl Act {
    /// An unknown word files nothing: the form comes back as it was.
    fn read(word: Option<&str>) -> Self {
        match word {
            None | Some("" | "file") => Self::File,
            Some("find-category") => Self::FindCategory,
            Some("find-place") => Self::FindPlace,
            Some("check-duplicates") => Self::CheckDuplicates,
            Some("preview") => Self::Preview,
            Some(other) => {
                let photo = other
                    .strip_prefix("remove-photo-")
                    .and_then(|no| no.parse().ok());
                let me_too = other.strip_prefix("me-too-").and_then(|no| no.parse().ok());
                match (photo, me_too) {
                    (Some(photo), _) => Self::RemovePhoto(photo),
                    (_, Some(number)) => Self::MeToo(number),
                    _ => Self::AddPhotos,
                }
            }
        }
    }
}

/// What was posted, before the server looks anything up.
struct Posted {
    act: Act,
    key: FilingKey,
    draft: Draft,
    by_officer: bool,
    again: Option<String>,
    category_words: String,
    staged: Vec<PhotoId>,
    ticket: Option<String>,
    faults: Vec<Fault>,
}

/// `GET /whistle`
pub async fn empty(Of(doors): Of<State>, ask: Ask) -> Response {
    // A link may name the community or the category, as a community's page does.
    let draft = Draft {
        community: ask.asked("community").unwrap_or_default(),
        category: ask.asked("category").unwrap_or_default(),
        ..Draft::default()
    };
    let again = ask
        .asked("again")
        .filter(|number| number.parse::<CaseNumber>().is_ok());
    let posted = Posted {
        act: Act::AddPhotos,
        key: FilingKey::draw(&doors.desk),
        draft,
        by_officer: ask.asked("by").as_deref() == Some("officer"),
        again,
        category_words: String::new(),
        staged: Vec::new(),
        ticket: None,
        faults: Vec::new(),
    };
    let form = show(&doors, &ask, &posted, &[], None).await;
    // The empty form may be compressed: its key is new in every answer, and nothing typed stands
    // in it. The forms given back below bear the same key again, and stay as they are.
    let here = doors.here(&ask);
    let html = render::page(move || leptos::view! { <WhistlePage here form /> });
    ask.remember(packed_once(html, &ask.headers), doors.https)
}

/// `POST /whistle`
pub async fn act(Of(doors): Of<State>, request: Request) -> Response {
    let (ask, body) = ask::open(request, &doors);
    let form = match read_form(&ask.headers, body, &doors.forms).await {
        Ok(form) => form,
        Err(error) => return oops_page(&doors, &ask, &Oops::Form(error)),
    };
    match take(&doors, &ask, form).await {
        Ok(response) => response,
        Err(oops) => oops_page(&doors, &ask, &oops),
    }
}

async fn take(doors: &State, ask: &Ask, form: FormBody) -> Result<Response, Oops> {
    let mut posted = read(doors, ask, &form)?;
    take_photos(doors, ask, &form, &mut posted).await?;
    if let Act::RemovePhoto(number) = posted.act
        && let Some(id) = number
            .checked_sub(1)
            .and_then(|at| posted.staged.get(at).copied())
    {
        stage::unstage(&doors.desk, &posted.key, id).await?;
        posted.staged.retain(|staged| *staged != id);
    }
    match posted.act.clone() {
        Act::File => file_it(doors, ask, posted).await,
        Act::MeToo(number) => {
            let (number, code) = casework::act::join(&doors.desk, &posted.key, number, "").await?;
            Ok(receipt::hand_over(doors, ask, number, &code, false))
        }
        act => {
            let found = found(doors, ask, &posted, &act).await?;
            let form = show(doors, ask, &posted, &[], Some((act, found))).await;
            let status = if posted.faults.is_empty() {
                StatusCode::OK
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            Ok(page(doors, ask, form, status))
        }
    }
}

fn read(doors: &Doors, ask: &Ask, form: &FormBody) -> Result<Posted, Oops> {
    let text = |name: &str| form.get(name).unwrap_or_default().to_owned();
    // A form without its key was not made by us; give it one, so that nothing typed is lost.
    let key = match form.get("key") {
        Some(key) => FilingKey::new(key)?,
        None => FilingKey::draw(&doors.desk),
    };
    let by_officer = form.get("by") == Some("officer");
    let chosen = text("community_choice");
    let mut draft = Draft {
        danger: text("danger"),
        category: text("category"),
        community: if chosen.is_empty() {
            text("community")
        } else {
            chosen
        },
        description: text("description"),
        place: text("place"),
        latitude: text("lat"),
        longitude: text("lng"),
        accuracy: text("accuracy"),
        visibility: text("visibility"),
        name: text("name"),
        phone: text("phone"),
        email: text("email"),
        may_call: form.get("may_call") == Some("yes"),
        photos: 0,
    };
    if by_officer {
        // The officer calls and asks the rest: a number is all that is needed.
        let assisted = doors.desk.city.settings.assisted.as_ref();
        draft.category = assisted.map(ToString::to_string).unwrap_or_default();
        draft.may_call = true;
        draft.visibility = "private".to_owned();
        if draft.description.trim().is_empty() {
            draft.description = crate::texts::t::whistle_officer_words(ask.reader.lang).to_owned();
        }
    }
    let mut ids: Vec<PhotoId> = Vec::new();
    for id in form.all("staged").filter_map(|id| id.parse().ok()) {
        if ids.len() < MAX_PHOTOS && !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(Posted {
        act: Act::read(form.get("act")),
        key,
        draft,
        by_officer,
        again: form
            .get("again")
            .filter(|number| number.parse::<CaseNumber>().is_ok())
            .map(str::to_owned),
        category_words: text("category_words"),
        staged: ids,
        ticket: form
            .get("ticket")
            .filter(|ticket| !ticket.is_empty())
            .map(str::to_owned),
        faults: Vec::new(),
    })
}

/// Takes the photos of this post in, whatever the act: a mistake elsewhere loses none.
async fn take_photos(
    doors: &Doors,
    ask: &Ask,
    form: &FormBody,
    posted: &mut Posted,
) -> Result<(), Oops> {
    for refused in &form.refused {
        posted.faults.push(match refused.why {
            FileRefusal::TooLarge => Fault::Photo(PhotoFault::TooBig(doors.forms.file >> 20)),
            FileRefusal::TooMany => Fault::Draft(Field::Photos, FieldError::TooMany(MAX_PHOTOS)),
        });
    }
    let address = ask.network.to_bytes();
    for file in form.files.iter().filter(|file| file.field == "photos") {
        if posted.staged.len() >= MAX_PHOTOS {
            posted
                .faults
                .push(Fault::Draft(Field::Photos, FieldError::TooMany(MAX_PHOTOS)));
            break;
        }
        match stage::stage(&doors.desk, &posted.key, &address, file.bytes.clone()).await {
            Ok(id) if posted.staged.contains(&id) => {}
            Ok(id) => posted.staged.push(id),
            Err(error) => match stage::photo_error(&error) {
                Some(PhotoError::TooLarge) => {
                    posted
                        .faults
                        .push(Fault::Photo(PhotoFault::TooBig(doors.forms.file >> 20)));
                }
                Some(PhotoError::NotAPicture | PhotoError::Damaged) => {
                    posted.faults.push(Fault::Photo(PhotoFault::NotAPhoto));
                }
                Some(PhotoError::Busy) => posted.faults.push(Fault::Photo(PhotoFault::NoRoom)),
                None => return Err(error.into()),
            },
        }
    }
    posted.faults.dedup();
    posted.draft.photos = posted.staged.len();
    Ok(())
}

async fn file_it(doors: &State, ask: &Ask, mut posted: Posted) -> Result<Response, Oops> {
    if doors.read_only {
        return Err(Oops::ReadOnly);
    }
    let checked = posted.draft.check(&doors.desk.city, doors.desk.now());
    let checked = match checked {
        Ok(checked) if posted.faults.is_empty() => checked,
        Ok(_) => return Ok(refused(doors, ask, posted).await),
        Err(errors) => {
            let mut faults: Vec<Fault> = errors
                .into_iter()
                .map(|(field, error)| Fault::Draft(field, error))
                .collect();
            faults.append(&mut posted.faults);
            posted.faults = faults;
            return Ok(refused(doors, ask, posted).await);
        }
    };
    if posted.by_officer && checked.contact.phone.is_empty() {
        posted
            .faults
            .push(Fault::Draft(Field::Phone, FieldError::NoNumberToCall));
        return Ok(refused(doors, ask, posted).await);
    }
    if let Some(wait) = crowd(doors, ask, &posted).await? {
        let mut form = show(doors, ask, &posted, &[], None).await;
        form.wait = Some(wait);
        return Ok(page(doors, ask, form, StatusCode::TOO_MANY_REQUESTS));
    }
    let contact_left = checked.contact.is_reachable();
    let whistle = Whistle {
        checked,
        photos: posted.staged.clone(),
        channel: Channel::Web,
        recurrence_of: posted
            .again
            .as_deref()
            .and_then(|number| number.parse().ok()),
    };
    match file::file_whistle(&doors.desk, &posted.key, whistle).await {
        Ok(filed) => Ok(receipt::hand_over(
            doors,
            ask,
            filed.number,
            &filed.code,
            contact_left,
        )),
        // A staged photo is gone, after a day or by another page of the same form.
        Err(Error::NotFound) if !posted.staged.is_empty() => {
            let waiting = stage::staged(&doors.desk, &posted.key).await?;
            posted
                .staged
                .retain(|id| waiting.iter().any(|(staged, _)| staged == id));
            posted.faults.push(Fault::Photo(PhotoFault::Gone));
            Ok(refused(doors, ask, posted).await)
        }
        Err(Error::Store(store)) if casework::is_busy(&store) => {
            let mut form = show(doors, ask, &posted, &[], None).await;
            form.busy = true;
            Ok(page(doors, ask, form, StatusCode::SERVICE_UNAVAILABLE))
        }
        Err(error) => Err(error.into()),
    }
}

/// In a crowd: the ticket to wait with, and for how many seconds. A retry is never asked.
async fn crowd(doors: &Doors, ask: &Ask, posted: &Posted) -> Result<Option<(String, u64)>, Oops> {
    if file::was_used(&doors.desk, &posted.key).await? {
        return Ok(None);
    }
    let offered = posted
        .ticket
        .as_deref()
        .map_or(Offered::Nothing, Offered::Ticket);
    let now = doors.desk.now();
    let challenge = match doors
        .load
        .judge(ask.network, posted.key.as_str(), now, offered)
    {
        Verdict::Pass(None) => return Ok(None),
        Verdict::Pass(Some(spend)) => {
            if casework::tickets::spend(&doors.desk, &spend.id, spend.until).await? {
                return Ok(None);
            }
            match doors.load.ask(ask.network, posted.key.as_str(), now) {
                Verdict::Ask(challenge) => challenge,
                Verdict::Pass(_) => return Ok(None),
            }
        }
        Verdict::Ask(challenge) => challenge,
    };
    let seconds = u64::try_from(challenge.wait.millis().max(0))
        .unwrap_or(0)
        .div_ceil(1000);
    Ok(Some((challenge.ticket.unwrap_or_default(), seconds)))
}

async fn refused(doors: &State, ask: &Ask, posted: Posted) -> Response {
    let form = show(doors, ask, &posted, &posted.faults, None).await;
    page(doors, ask, form, StatusCode::UNPROCESSABLE_ENTITY)
}

fn page(doors: &Doors, ask: &Ask, form: WhistleForm, status: StatusCode) -> Response {
    let here = doors.here(ask);
    let html = render::page(move || leptos::view! { <WhistlePage here form /> });
    let response = (status, axum::response::Html(html)).into_response();
    ask.remember(response, doors.https)
}

/// What an act found out.
#[derive(Default)]
struct Found {
    duplicates: Option<Vec<casework::views::CaseCard>>,
}

async fn found(doors: &Doors, ask: &Ask, posted: &Posted, act: &Act) -> Result<Found, Oops> {
    let mut found = Found::default();
    if matches!(act, Act::CheckDuplicates) {
        let cards = duplicates::of_draft(&doors.desk, &posted.draft, ask.reader.lang).await?;
        found.duplicates = Some(cards);
    }
    Ok(found)
}

/// The form as the page needs it: what was typed, and what the server knows about it.
async fn show(
    doors: &Doors,
    ask: &Ask,
    posted: &Posted,
    faults: &[Fault],
    did: Option<(Act, Found)>,
) -> WhistleForm {
    let lang = ask.reader.lang;
    let city = &doors.desk.city;
    let now = doors.desk.now();
    let (act, found) = match did {
        Some((act, found)) => (Some(act), found),
        None => (None, Found::default()),
    };
    let category = CategoryCode::new(posted.draft.category.as_str())
        .ok()
        .and_then(|code| city.category(&code));
    let community = posted.draft.community_code(city, now);
    let waiting = stage::staged(&doors.desk, &posted.key)
        .await
        .unwrap_or_default();
    let staged = waiting
        .into_iter()
        .filter(|(id, _)| posted.staged.contains(id))
        .map(|(id, bytes)| StagedPhoto {
            id: id.to_string(),
            thumb: format!("data:image/jpeg;base64,{}", BASE64.encode(&bytes)),
        })
        .collect();
    let shown: &[Fault] = if faults.is_empty() {
        &posted.faults
    } else {
        faults
    };
    WhistleForm {
        key: posted.key.as_str().to_owned(),
        draft: posted.draft.clone(),
        by_officer: posted.by_officer,
        again: posted.again.clone(),
        groups: choices::groups(doors, lang),
        category_words: posted.category_words.clone(),
        categories_found: (act == Some(Act::FindCategory))
            .then(|| choices::find_categories(doors, &posted.category_words, lang)),
        communities: choices::communities(doors, lang),
        communities_found: choices::find_communities(doors, posted, act.as_ref(), shown, lang),
        community: community.as_ref().map(|code| Label {
            code: code.to_string(),
            text: city
                .areas
                .at(code, now)
                .map_or_else(String::new, |area| area.names.get(lang).to_owned()),
        }),
        category: category.map(|category| Label {
            code: category.code.to_string(),
            text: category.names.get(lang).to_owned(),
        }),
        usual: category.map(|category| category.visibility),
        must_be_private: category.is_some_and(|category| category.always_private),
        help_lines: category
            .map(|category| choices::help_lines(doors, category))
            .unwrap_or_default(),
        office: community.map(|code| doors.desk.community_office(&code, now, lang)),
        staged,
        duplicates: found.duplicates,
        preview: act == Some(Act::Preview),
        faults: shown.to_vec(),
        wait: None,
        busy: false,
    }
}
