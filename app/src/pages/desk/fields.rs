//! Fields of the desk's forms. Several forms stand on one page, so each field has an id of its own
//! beside its name.

use casework::views::{Branch, Choice};
use leptos::prelude::*;

/// A field: its name in the form, its id on the page, what it is, and what is wrong with it.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) name: &'static str,
    pub(super) id: String,
    pub(super) label: String,
    pub(super) error: Option<String>,
}

impl Spot {
    pub(super) fn described(&self) -> Option<String> {
        self.error.as_ref().map(|_| format!("{}-error", self.id))
    }

    pub(super) fn class(&self) -> &'static str {
        if self.error.is_some() {
            "field bad"
        } else {
            "field"
        }
    }

    pub(super) fn error_line(&self) -> Option<AnyView> {
        let id = format!("{}-error", self.id);
        let error = self.error.clone();
        error.map(|error| view! { <p class="error" id=id>{error}</p> }.into_any())
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }
}

/// A line of text, a number or a date.
pub(super) fn line(
    spot: Spot,
    value: &str,
    kind: &'static str,
    hint: Option<&'static str>,
) -> AnyView {
    let hint_id = format!("{}-hint", spot.id);
    let described = match (hint, spot.described()) {
        (Some(_), Some(error)) => Some(format!("{hint_id} {error}")),
        (Some(_), None) => Some(hint_id.clone()),
        (None, error) => error,
    };
    view! {
        <div class=spot.class()>
            <label for=spot.id.clone()>{spot.label.clone()}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {spot.error_line()}
            <input
                class=if kind == "text" { "input" } else { "input short" }
                id=spot.id.clone() name=spot.name type=kind value=value.to_owned()
                min=(kind == "number").then_some("1")
                maxlength=(kind == "text").then_some("120")
                aria-describedby=described aria-invalid=spot.invalid() autocomplete="off"
            />
        </div>
    }
    .into_any()
}

fn options(choices: &[Choice], chosen: &[&str]) -> Vec<AnyView> {
    choices
        .iter()
        .map(|choice| {
            let selected = chosen.contains(&choice.value.as_str());
            view! { <option value=choice.value.clone() selected=selected>{choice.text.clone()}</option> }
                .into_any()
        })
        .collect()
}

/// One of many; `empty` is the first line, which chooses nothing.
pub(super) fn select(
    spot: Spot,
    branches: &[Branch],
    chosen: Option<&str>,
    empty: Option<&'static str>,
) -> AnyView {
    let chosen: Vec<&str> = chosen.into_iter().collect();
    view! {
        <div class=spot.class()>
            <label for=spot.id.clone()>{spot.label.clone()}</label>
            {spot.error_line()}
            <select
                class="input" id=spot.id.clone() name=spot.name
                aria-describedby=spot.described() aria-invalid=spot.invalid()
            >
                {empty.map(|text| view! { <option value="">{text}</option> })}
                {grouped(branches, &chosen)}
            </select>
        </div>
    }
    .into_any()
}

fn grouped(branches: &[Branch], chosen: &[&str]) -> Vec<AnyView> {
    branches
        .iter()
        .map(|branch| {
            let options = options(&branch.choices, chosen);
            if branch.name.is_empty() {
                options.into_any()
            } else {
                view! { <optgroup label=branch.name.clone()>{options}</optgroup> }.into_any()
            }
        })
        .collect()
}

/// Choices without a heading.
pub(super) fn plain(choices: Vec<Choice>) -> Vec<Branch> {
    vec![Branch {
        name: String::new(),
        choices,
    }]
}

/// A choice of a word and its text.
pub(super) fn choice(value: impl Into<String>, text: impl Into<String>) -> Choice {
    Choice {
        value: value.into(),
        text: text.into(),
    }
}

/// One of few, all in sight.
pub(super) fn radios(spot: Spot, choices: Vec<Choice>, chosen: Option<&str>) -> AnyView {
    let chosen = chosen.map(str::to_owned);
    let picks: Vec<_> = choices
        .into_iter()
        .enumerate()
        .map(|(at, choice)| {
            let id = if at == 0 {
                spot.id.clone()
            } else {
                format!("{}-{}", spot.id, at + 1)
            };
            let checked = chosen.as_deref() == Some(choice.value.as_str());
            view! {
                <label class="pick">
                    <input type="radio" id=id name=spot.name value=choice.value checked=checked />
                    <span><b>{choice.text}</b></span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class=spot.class() aria-describedby=spot.described()>
            <legend>{spot.label.clone()}</legend>
            {spot.error_line()}
            <div class="picks">{picks}</div>
        </fieldset>
    }
    .into_any()
}

/// Any number of many, folded by their headings.
pub(super) fn checks(spot: Spot, branches: &[Branch], chosen: &[String]) -> AnyView {
    let groups: Vec<_> = branches
        .iter()
        .enumerate()
        .map(|(group, branch)| {
            let open = branch
                .choices
                .iter()
                .any(|choice| chosen.contains(&choice.value));
            let picks: Vec<_> = branch
                .choices
                .iter()
                .enumerate()
                .map(|(at, choice)| {
                    let id = if group == 0 && at == 0 {
                        spot.id.clone()
                    } else {
                        format!("{}-{group}-{at}", spot.id)
                    };
                    let checked = chosen.contains(&choice.value);
                    view! {
                        <label class="pick">
                            <input
                                type="checkbox" id=id name=spot.name value=choice.value.clone()
                                checked=checked
                            />
                            <span><b>{choice.text.clone()}</b></span>
                        </label>
                    }
                })
                .collect();
            if branch.name.is_empty() {
                return view! { <div class="picks">{picks}</div> }.into_any();
            }
            view! {
                <details class="fold small-fold" open=open>
                    <summary>{branch.name.clone()}</summary>
                    <div class="body picks">{picks}</div>
                </details>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class=spot.class() aria-describedby=spot.described()>
            <legend>{spot.label.clone()}</legend>
            {spot.error_line()}
            {groups}
        </fieldset>
    }
    .into_any()
}
