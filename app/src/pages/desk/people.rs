//! `/desk/people`: accounts and appointments.

use casework::{
    people::{GridView, PersonFault, PersonView, SecondmentView},
    views::{Branch, Choice},
};
use domain::{
    access::{GridRole, Role},
    lang::Lang,
};
use leptos::prelude::*;

use super::fields::{Spot, checks, choice, line, plain, select};
use crate::{
    format,
    here::Here,
    parts::{
        Callout, DeskBar, ErrorSummary, Field, Hidden, Page, SearchBox, SubmitButton, SummaryItem,
    },
    texts::t,
    words::staff,
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct PeopleView {
    /// The people found.
    pub people: Vec<PersonView>,
    /// How many there are.
    pub all: usize,
    /// What is looked for.
    pub wanted: String,
    /// Who is or is to be seconded to the viewer's own communities, where they speak for some.
    pub seconded: Option<Vec<SecondmentView>>,
    /// The grids of those communities and who serves them.
    pub grids: Vec<(String, Vec<GridView>)>,
    /// May make accounts.
    pub accounts: bool,
    /// May give appointments.
    pub appoints: bool,
    /// The communities, governance units and modules.
    pub places: (Vec<Choice>, Vec<Choice>, Vec<Branch>),
    /// A form that comes back.
    pub kept: Option<KeptForm>,
    /// A first password, this once: of which login.
    pub password: Option<(String, String)>,
    /// What was just done.
    pub done: Option<&'static str>,
}

/// A form that did not go through, or is not whole yet.
#[derive(Clone, Debug)]
pub struct KeptForm {
    /// Of whom; empty: a new person.
    pub of: String,
    /// What was typed.
    pub fields: Vec<(String, String)>,
    /// Why it did not go through; none: it was not sent off yet.
    pub fault: Option<PersonFault>,
    /// The grids of the community that was chosen for a grid officer, if one was.
    pub grids: Option<Vec<Choice>>,
}

impl KeptForm {
    fn value(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

fn fault_text(lang: Lang, fault: PersonFault) -> (&'static str, &'static str) {
    match fault {
        PersonFault::Login => ("login", t::people_fault_login(lang)),
        PersonFault::LoginTaken => ("login", t::people_fault_taken(lang)),
        PersonFault::Name => ("name", t::people_fault_name(lang)),
        PersonFault::Role => ("role", t::people_fault_role(lang)),
        PersonFault::Where => ("community", t::people_fault_where(lang)),
        PersonFault::From => ("from", t::people_fault_from(lang)),
        PersonFault::UntilDay => ("until", t::people_fault_from(lang)),
        PersonFault::Until => ("until", t::people_fault_until(lang)),
        PersonFault::UntilPast => ("until", t::people_fault_past(lang)),
        PersonFault::Ended => ("person", t::people_fault_ended(lang)),
        PersonFault::Grids => ("grids", t::people_fault_grids(lang)),
        PersonFault::KeptApart => ("role", t::people_fault_apart(lang)),
        PersonFault::Oneself => ("person", t::people_fault_oneself(lang)),
        PersonFault::AtTheServer => ("person", t::people_fault_server(lang)),
        PersonFault::NoSignIn => ("person", t::people_fault_no_sign_in(lang)),
    }
}

/// `/desk/people`
#[component]
pub fn PeoplePage(here: Here, bar: DeskBar, shown: PeopleView) -> impl IntoView {
    let lang = here.lang();
    let fault = shown.kept.as_ref().and_then(|kept| {
        let (field, text) = fault_text(lang, kept.fault?);
        let id = if kept.of.is_empty() {
            field.to_owned()
        } else {
            format!("{field}-{}", kept.of)
        };
        Some((id, text))
    });
    let items: Vec<SummaryItem> = fault
        .iter()
        .map(|(field, text)| SummaryItem {
            field: field.clone(),
            text: (*text).to_owned(),
        })
        .collect();
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let error = |field: &str| {
        let of_field = fault.as_ref().filter(|(id, _)| id == field);
        of_field
            .map(|(_, text)| (*text).to_owned())
            .unwrap_or_default()
    };
    let new = shown.kept.as_ref().filter(|kept| kept.of.is_empty());
    let adding = new.is_some();
    let typed = |name: &str| {
        let value = new.and_then(|kept| kept.value(name));
        value.unwrap_or_default().to_owned()
    };
    let (login, name) = (typed("login"), typed("name"));
    let (login_error, name_error) = (error("login"), error("name"));
    let looks = shown.accounts || shown.appoints;
    let all = u64::try_from(shown.all).unwrap_or(u64::MAX);
    let listed = u64::try_from(shown.people.len()).unwrap_or(u64::MAX);
    let rows: Vec<_> = shown
        .people
        .iter()
        .map(|person| row(&here, &shown, person))
        .collect();
    view! {
        <Page here=here.clone() title=t::people_title(lang) desk=bar unlisted=true>
            <div class="stack">
                <h1>{t::people_title(lang)}</h1>
                {(looks || shown.seconded.is_none()).then(|| view! {
                    <p class="soft">{t::people_intro(lang)}</p>
                })}
                {shown.done.map(|text| view! { <Callout kind="done"><p role="status">{text}</p></Callout> })}
                {shown.password.clone().map(|(login, password)| view! {
                    <Callout kind="done" title=t::people_password(lang)>
                        <p class="big"><code translate="no">{password}</code></p>
                        <p>{t::people_password_text(lang, login)}</p>
                    </Callout>
                })}
                <ErrorSummary title=t::error_title(lang, bad) items />
                {shown.seconded.as_ref().map(|all| secondments(&here, all))}
                {grids(&here, &shown.grids)}
                {looks.then(|| view! {
                    <SearchBox
                        lang action="/desk/people" label=t::people_search(lang)
                        value=shown.wanted.clone() quiet=true
                    />
                })}
                {shown.accounts.then(|| view! {
                    <details class="fold" open=adding>
                        <summary>{t::people_add(lang)}</summary>
                        <div class="body">
                            <form method="post" action="/desk/people" class="stack" novalidate>
                                <Field
                                    name="login" label=t::sign_in_login(lang) hint=t::people_login_hint(lang)
                                    value=login error=login_error maxlength=40 autocomplete="off"
                                />
                                <Field
                                    name="name" label=t::people_name(lang) value=name
                                    error=name_error maxlength=60 autocomplete="off"
                                />
                                <div class="btns"><SubmitButton text=t::people_add(lang) act="add" /></div>
                            </form>
                        </div>
                    </details>
                })}
                {looks.then(|| view! {
                    <p class="soft">{t::people_count(lang, all)}</p>
                    <ul class="list people">{rows}</ul>
                })}
                {(listed < all).then(|| view! { <p class="soft">{t::people_more(lang, listed)}</p> })}
            </div>
        </Page>
    }
    .into_any()
}

/// Who is or is to be seconded to one's own communities.
fn secondments(here: &Here, all: &[SecondmentView]) -> AnyView {
    let lang = here.lang();
    let rows: Vec<_> = all
        .iter()
        .map(|one| {
            let state = match one.agreed {
                Some(at) => t::second_agreed(lang, format::day(lang, &here.site.time, at)),
                None => t::second_waits(lang).to_owned(),
            };
            let tag = if one.agreed.is_some() {
                "tag"
            } else {
                "tag wait"
            };
            let (text, act) = if one.agreed.is_some() {
                (t::second_take_back(lang, &one.name), "disagree")
            } else {
                (t::second_agree(lang, &one.community, &one.name), "agree")
            };
            let until = one
                .until
                .map(|until| format::last_day(lang, &here.site.time, until));
            view! {
                <li>
                    <p><b>{one.name.clone()}</b>" "<span class=tag>{state}</span></p>
                    <p class="soft">
                        {t::second_from(lang, &one.community, &one.office)}
                        {until.map(|until| format!(" → {until}"))}
                    </p>
                    <form method="post" action="/desk/people">
                        <Hidden name="no" value=one.no.to_string() />
                        <Hidden name="community" value=one.code.to_string() />
                        <SubmitButton text act=act quiet=true />
                    </form>
                </li>
            }
        })
        .collect();
    let none = rows.is_empty();
    view! {
        <section class="stack">
            <h2>{t::second_title(lang)}</h2>
            <p class="soft">{t::second_intro(lang)}</p>
            {if none {
                view! { <p>{t::second_none(lang)}</p> }.into_any()
            } else {
                view! { <ul class="rows">{rows}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// The grids of one's own communities and who serves each.
fn grids(here: &Here, communities: &[(String, Vec<GridView>)]) -> Option<AnyView> {
    let lang = here.lang();
    let row = |grid: &GridView| {
        let officers: Vec<_> = grid
            .officers
            .iter()
            .map(|officer| {
                let part = staff::grid_role(lang, officer.part.unwrap_or(GridRole::Officer));
                let until = officer.until.map(|until| {
                    let day = format::last_day(lang, &here.site.time, until);
                    format!(" → {day}")
                });
                let until = until.map(|text| view! { <span class="soft">{text}</span> });
                view! { <li>{part}" "{officer.name.clone()}{until}</li> }
            })
            .collect();
        let nobody = grid.nobody_since.map(|since| {
            let text = t::grids_nobody(lang, format::day(lang, &here.site.time, since));
            view! { " "<span class="tag late">{text}</span> }
        });
        view! {
            <li>
                <p><b>{grid.name.clone()}</b>{nobody}</p>
                <ul class="plain">{officers}</ul>
            </li>
        }
    };
    let sections: Vec<_> = communities
        .iter()
        .map(|(community, grids)| {
            let rows: Vec<_> = grids.iter().map(&row).collect();
            view! {
                <section class="stack">
                    <h2>{t::grids_title(lang, community)}</h2>
                    <p class="soft">{t::grids_intro(lang)}</p>
                    {if rows.is_empty() {
                        view! { <p>{t::people_grids_none(lang)}</p> }.into_any()
                    } else {
                        view! { <ul class="rows">{rows}</ul> }.into_any()
                    }}
                </section>
            }
        })
        .collect();
    (!sections.is_empty()).then(|| sections.into_any())
}

fn row(here: &Here, shown: &PeopleView, person: &PersonView) -> AnyView {
    let lang = here.lang();
    let held: Vec<_> = person
        .held
        .iter()
        .map(|held| {
            let until = held
                .until
                .map(|until| format::last_day(lang, &here.site.time, until));
            let coming = held.coming.then(|| format::day(lang, &here.site.time, held.from));
            let seconded = staff::seconded(lang, held);
            view! {
                <li>
                    <span>{staff::held(lang, held)}</span>
                    {seconded.map(|text| view! { " "<span class="soft">{text}</span> })}
                    {coming.map(|from| view! { " "<span class="tag wait">{t::people_coming(lang, from)}</span> })}
                    {until.map(|until| view! { <span class="soft">" → "{until}</span> })}
                    {shown.appoints.then(|| view! {
                        <details class="fold small-fold">
                            <summary>{t::people_end(lang)}</summary>
                            <form method="post" action=here.address(&[]) class="body">
                                <Hidden name="no" value=held.no.to_string() />
                                <Hidden name="person" value=person.id.clone() />
                                <SubmitButton text=t::people_sure(lang, &person.name) act="end" quiet=true />
                            </form>
                        </details>
                    })}
                </li>
            }
        })
        .collect();
    let none = held.is_empty();
    let kept = shown.kept.as_ref().filter(|kept| kept.of == person.id);
    view! {
        <li id=format!("person-{}", person.id)>
            <p class="case-head">
                <b>{person.name.clone()}</b>" "<span class="soft" translate="no">{person.login.clone()}</span>
                {(!person.active).then(|| view! { " "<span class="tag late">{t::people_inactive(lang)}</span> })}
                {(person.first_password && person.active).then(|| view! {
                    " "<span class="tag wait">{t::people_first(lang)}</span>
                })}
            </p>
            {if none {
                view! { <p class="soft">{t::people_none(lang)}</p> }.into_any()
            } else {
                view! { <ul class="rows">{held}</ul> }.into_any()
            }}
            {shown.accounts.then(|| {
                let login = &person.login;
                let (text, act) = if person.active {
                    (t::people_sure_out(lang, login), "shut-out")
                } else {
                    (t::people_let_in(lang).to_owned(), "let-in")
                };
                view! {
                    <details class="fold small-fold">
                        <summary>{t::people_manage(lang)}</summary>
                        <form method="post" action=here.address(&[]) class="body btns">
                            <Hidden name="person" value=person.id.clone() />
                            <SubmitButton text=t::people_sure_reset(lang, login) act="reset" quiet=true />
                            <SubmitButton text=text act=act quiet=true />
                        </form>
                    </details>
                }
            })}
            {shown.appoints.then(|| appoint(here, shown, person, kept))}
        </li>
    }
    .into_any()
}

fn appoint(
    here: &Here,
    shown: &PeopleView,
    person: &PersonView,
    kept: Option<&KeptForm>,
) -> AnyView {
    let lang = here.lang();
    let (communities, units, modules) = &shown.places;
    let fault = kept.and_then(|kept| kept.fault);
    let fault = fault.map(|fault| fault_text(lang, fault));
    let spot = |name: &'static str, label: &'static str| Spot {
        name,
        id: format!("{name}-{}", person.id),
        label: label.to_owned(),
        error: fault
            .filter(|(field, _)| *field == name)
            .map(|(_, text)| text.to_owned()),
    };
    let typed = |name: &str| kept.and_then(|kept| kept.value(name));
    let roles = Role::ALL
        .iter()
        .map(|role| choice(role.as_str(), staff::role(lang, *role)))
        .collect();
    let parts = GridRole::ALL
        .iter()
        .map(|part| choice(part.as_str(), staff::grid_role(lang, *part)))
        .collect();
    let none = Some(t::people_any(lang));
    view! {
        <details class="fold small-fold" open=kept.is_some()>
            <summary>{t::people_appoint(lang)}</summary>
            <div class="body">
                <form method="post" action=here.address(&[]) class="stack" novalidate>
                    <Hidden name="person" value=person.id.clone() />
                    {select(spot("role", t::people_role(lang)), &plain(roles), typed("role"), Some(t::field_choose(lang)))}
                    {select(spot("grid_role", t::grid_role(lang)), &plain(parts), typed("grid_role"), Some(t::grid_role_all(lang)))}
                    {select(spot("community", t::people_community(lang)), &plain(communities.clone()), typed("community"), none)}
                    {select(spot("area", t::people_area(lang)), &plain(units.clone()), typed("area"), none)}
                    {select(spot("module", t::people_module(lang)), modules, typed("module"), none)}
                    {select(spot("only", t::people_only(lang)), &plain(communities.clone()), typed("only"), none)}
                    {line(
                        spot("from", t::people_from(lang)), typed("from").unwrap_or_default(), "date",
                        Some(t::field_date_hint(lang)),
                    )}
                    {line(
                        spot("until", t::people_until(lang)), typed("until").unwrap_or_default(), "date",
                        Some(t::field_date_hint(lang)),
                    )}
                    {kept.and_then(|kept| grid_ticks(lang, spot("grids", t::people_grids(lang)), kept))}
                    <div class="btns">
                        <SubmitButton text=t::people_appoint(lang) act="appoint" />
                        <SubmitButton text=t::people_grids_choose(lang) act="grids" quiet=true />
                    </div>
                </form>
            </div>
        </details>
    }
    .into_any()
}

/// The grids of the community that was chosen, to be ticked; none while none was.
fn grid_ticks(lang: Lang, spot: Spot, kept: &KeptForm) -> Option<AnyView> {
    let grids = kept.grids.clone()?;
    if grids.is_empty() {
        let id = spot.id.clone();
        return Some(
            view! {
                <div class=spot.class() id=id>
                    {spot.error_line()}
                    <p class="soft">{t::people_grids_none(lang)}</p>
                </div>
            }
            .into_any(),
        );
    }
    let ticked = kept.fields.iter().filter(|(name, _)| name == "grids");
    let ticked: Vec<String> = ticked.map(|(_, value)| value.clone()).collect();
    Some(
        view! {
            <p class="hint">{t::people_grids_hint(lang)}</p>
            {checks(spot, &plain(grids), &ticked)}
        }
        .into_any(),
    )
}
