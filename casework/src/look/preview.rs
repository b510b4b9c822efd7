//! A case as everybody would see it if its words were released now: what whoever releases them has to
//! look at before.

use domain::{
    access::{self, Viewer},
    case::{Case, apply},
    decide::{Act, decide},
    event::{Actor, Recorded},
    ids::PhotoId,
    lang::Lang,
    verb::Verb,
};

use super::{
    Loaded, all_photos,
    eyes::{Eyes, Sight},
    finish, load, photo_of, seen, whole,
};
use crate::{
    Desk, Error, Result,
    act::Which,
    views::{AsPublic, PhotoView, Publicly, Saw},
};

/// A case as everybody would see it if the viewer released it now, for whoever may release it. Where there
/// is nothing to release, as everybody sees it. The pictures have addresses that open for the offices.
///
/// # Errors
/// [`Error::NotFound`] where it is not the viewer's to work on, and where nobody outside would know of it
/// all the same; [`Error::Forbidden`] for whoever may not release it.
pub async fn as_public(
    desk: &Desk,
    viewer: &Viewer,
    which: impl Into<Which>,
    lang: Lang,
) -> Result<AsPublic> {
    let mut loaded = load(desk, viewer, which.into()).await?;
    if !access::is_inside(viewer, &loaded.case) {
        return Err(Error::NotFound);
    }
    access::may(viewer, Verb::Publish, &loaded.case)?;
    let stands = loaded.case.clone();
    let released = released(desk, viewer, &stands, &loaded.events);
    let waits = released.is_some();
    if let Some((case, events)) = released {
        (loaded.case, loaded.events) = (case, events);
        know_own_offices(viewer, &mut loaded);
    }
    let anybody = Viewer::Anonymous;
    if !access::sees(&anybody, &loaded.case) {
        return Err(Error::NotFound);
    }
    seen::note(desk, viewer, &stands, Saw::Story).await?;
    // What it came back from may be nobody else's to know of.
    loaded.before = loaded
        .before
        .filter(|before| access::sees(&anybody, before));
    let mut story = finish(desk, &anybody, &loaded, lang).await?;
    let pictures = pictures(&loaded.case, &loaded.events);
    let here = |photo: &mut PhotoView| {
        if let Some(picture) = pictures.iter().find(|it| it.number == photo.number) {
            photo.url.clone_from(&picture.url);
            photo.thumb_url.clone_from(&picture.thumb_url);
        }
    };
    story.photos.iter_mut().for_each(here);
    let entries = story.timeline.iter_mut();
    entries.for_each(|entry| entry.photos.iter_mut().for_each(here));
    Ok(AsPublic { story, waits })
}

/// The photos that a release now would leave public, each as the public would get it; those that stay
/// withheld too. Nothing where there is nothing to release.
pub(super) fn to_release(
    desk: &Desk,
    viewer: &Viewer,
    case: &Case,
    events: &[Recorded],
) -> Vec<PhotoView> {
    let released = released(desk, viewer, case, events);
    released.map_or_else(Vec::new, |(case, events)| pictures(&case, &events))
}

/// The case with a release now, by the rules that decide when it is pressed.
fn released(
    desk: &Desk,
    viewer: &Viewer,
    case: &Case,
    events: &[Recorded],
) -> Option<(Case, Vec<Recorded>)> {
    let acting = access::may(viewer, Verb::Publish, case).ok()?;
    let now = desk.now();
    let decided = decide(case, Act::Publish.into(), acting, &desk.rules(), now).ok()?;
    let (mut case, mut events) = (case.clone(), events.to_vec());
    for event in decided {
        let recorded = Recorded {
            case: case.id,
            version: case.version + 1,
            at: now,
            event,
        };
        case = apply(Some(case), &recorded).ok()?;
        events.push(recorded);
    }
    Some((case, events))
}

/// Whoever looks has perhaps not acted on the case before.
fn know_own_offices(viewer: &Viewer, loaded: &mut Loaded) {
    let Viewer::Staff(staff) = viewer else {
        return;
    };
    for held in staff.appointments() {
        let acted = Actor::Appointment(held.no);
        if loaded.events.iter().any(|it| it.event.actor == acted) {
            let home = || held.home.clone();
            loaded.offices.entry(held.no).or_insert_with(home);
        }
    }
}

/// The photos that everybody gets of a case as it stands, and those that are kept from them. Each has the
/// address of the very picture for the offices: by its own number, since before a release it has none
/// for everybody.
fn pictures(case: &Case, events: &[Recorded]) -> Vec<PhotoView> {
    let anybody = Viewer::Anonymous;
    let eyes = Eyes::of(&anybody, case, events);
    let number_of = |id: PhotoId| {
        let mut numbered = (1..).zip(all_photos(events));
        let found = numbered.find(|(_, (.., it))| *it == id);
        found.map(|(number, _)| number)
    };
    (1..)
        .zip(all_photos(events))
        .filter(|(_, (recorded, ..))| eyes.sees_photos(recorded))
        .filter_map(|(number, (recorded, within, _))| {
            let (shown, publicly) = match eyes.sight(recorded, within) {
                Sight::Whole => (number, None),
                Sight::Covered(instead) => (number_of(instead)?, Some(Publicly::Covered)),
                Sight::Hidden => (number, Some(Publicly::Withheld)),
            };
            let (url, thumb_url) = whole(case.number, shown);
            Some(PhotoView {
                url,
                thumb_url,
                number,
                of: photo_of(&recorded.event.fact),
                publicly,
            })
        })
        .collect()
}
