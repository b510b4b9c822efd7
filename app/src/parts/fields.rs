//! Fields of forms: a real label, a hint that says why, an error that says what to do.
//!
//! The id of a field is its name, so the error summary can point at it; hints and errors are tied
//! to it by `aria-describedby`.

use leptos::prelude::*;

/// An empty text is no hint and no error.
fn said(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    let mut ids = Vec::new();
    if hint {
        ids.push(format!("{name}-hint"));
    }
    if error {
        ids.push(format!("{name}-error"));
    }
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn hint_line(name: &str, hint: Option<String>) -> Option<impl IntoView + use<>> {
    let id = format!("{name}-hint");
    hint.map(|hint| view! { <p class="hint" id=id>{hint}</p> })
}

fn error_line(name: &str, error: Option<String>) -> Option<impl IntoView + use<>> {
    let id = format!("{name}-error");
    error.map(|error| view! { <p class="error" id=id>{error}</p> })
}

/// A label with its control, hint and error. `children` replaces the plain input; it must carry
/// `id=name` and the ids of [`Field`]'s hint and error.
#[component]
pub fn Field(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Option<String>,
    /// `type` of the input.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] autocomplete: Option<String>,
    #[prop(optional, into)] inputmode: Option<String>,
    /// Id of a `<datalist>`.
    #[prop(optional, into)]
    list: Option<String>,
    #[prop(optional)] maxlength: Option<usize>,
    #[prop(optional)] required: bool,
    /// Half as wide: codes, numbers.
    #[prop(optional)]
    short: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (hint, error) = (said(hint), said(error));
    let described = described_by(&name, hint.is_some(), error.is_some());
    let bad = error.is_some();
    let control = match children {
        Some(children) => children(),
        None => view! {
            <input
                class=if short { "input short" } else { "input" }
                id=name.clone()
                name=name.clone()
                type=kind
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                list=list
                maxlength=maxlength.map(|most| most.to_string())
                aria-describedby=described
                aria-invalid=bad.then_some("true")
                required=required
            />
        }
        .into_any(),
    };
    view! {
        <div class=if bad { "field bad" } else { "field" }>
            <label for=name.clone()>{label}</label>
            {hint_line(&name, hint)}
            {error_line(&name, error)}
            {control}
        </div>
    }
    .into_any()
}

/// One choice of a group.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read first.
    pub text: String,
    /// What it means.
    pub hint: Option<String>,
    /// Chosen when the page opens.
    pub checked: bool,
}

impl Choice {
    /// A choice that is not chosen yet and needs no explanation.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            text: text.into(),
            hint: None,
            checked: false,
        }
    }

    /// Adds what the choice means.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Marks it as chosen.
    #[must_use]
    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = checked;
        self
    }
}

/// One radio button with its text; the first of a group carries the group's name as id, so that
/// the error summary finds it.
#[component]
pub fn Radio(
    #[prop(into)] name: String,
    choice: Choice,
    #[prop(optional)] first: bool,
) -> impl IntoView {
    let id = if first {
        name.clone()
    } else {
        format!("{name}-{}", choice.value)
    };
    view! {
        <label class="pick">
            <input type="radio" id=id name=name value=choice.value checked=choice.checked />
            <span>
                <b>{choice.text}</b>
                {choice.hint.map(|hint| view! { <small>{hint}</small> })}
            </span>
        </label>
    }
    .into_any()
}

/// One of several.
#[component]
pub fn RadioGroup(
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Option<String>,
    choices: Vec<Choice>,
    /// Set in one line where there is room: yes and no.
    #[prop(optional)]
    inline: bool,
    /// More that belongs to the question, after the choices.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (hint, error) = (said(hint), said(error));
    let described = described_by(&name, hint.is_some(), error.is_some());
    let bad = error.is_some();
    let hint = hint_line(&name, hint);
    let error = error_line(&name, error);
    let choices: Vec<_> = choices
        .into_iter()
        .enumerate()
        .map(|(at, choice)| view! { <Radio name=name.clone() choice first=at == 0 /> })
        .collect();
    view! {
        <fieldset class=if bad { "field bad" } else { "field" } aria-describedby=described>
            <legend>{legend}</legend>
            {hint}
            {error}
            <div class=if inline { "picks inline" } else { "picks" }>{choices}</div>
            {children.map(|children| children())}
        </fieldset>
    }
    .into_any()
}

/// One thing to tick.
#[component]
pub fn Check(
    #[prop(into)] name: String,
    #[prop(into)] text: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] checked: bool,
) -> impl IntoView {
    view! {
        <label class="pick">
            <input type="checkbox" id=name.clone() name=name value="yes" checked=checked />
            <span>
                <b>{text}</b>
                {hint.map(|hint| view! { <small>{hint}</small> })}
            </span>
        </label>
    }
    .into_any()
}

/// One of many, where the browser's own list is best.
#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    let described = described_by(&name, hint.is_some(), false);
    let hint = hint_line(&name, hint);
    let options: Vec<_> = choices
        .into_iter()
        .map(|choice| {
            view! { <option value=choice.value selected=choice.checked>{choice.text}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            {hint}
            <select class="input" id=name.clone() name=name aria-describedby=described>{options}</select>
        </div>
    }
    .into_any()
}

/// A value the form carries without showing it.
#[component]
pub fn Hidden(#[prop(into)] name: String, #[prop(into)] value: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=value /> }
}

/// A button that sends the form. With `act` it asks for one of the form's side steps.
#[component]
pub fn SubmitButton(
    #[prop(into)] text: String,
    #[prop(optional, into)] act: Option<String>,
    #[prop(optional)] quiet: bool,
) -> impl IntoView {
    let name = act.is_some().then_some("act");
    view! {
        <button
            class=if quiet { "btn quiet" } else { "btn" }
            type="submit"
            name=name
            value=act
        >
            {text}
        </button>
    }
    .into_any()
}

/// One mistake: the id of its field and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryItem {
    /// Id of the field.
    pub field: String,
    /// What to do.
    pub text: String,
}

/// All mistakes at the top of the page, each a link to its field.
#[component]
pub fn ErrorSummary(
    #[prop(into)] title: String,
    items: Vec<SummaryItem>,
    /// Whoever opens the page begins here, without a script too.
    #[prop(default = true)]
    first: bool,
) -> impl IntoView {
    (!items.is_empty()).then(|| {
        let items: Vec<_> = items
            .into_iter()
            .map(|item| view! { <li><a href=format!("#{}", item.field)>{item.text}</a></li> })
            .collect();
        view! {
            <div class="summary" role="alert" aria-labelledby="summary-title" tabindex="-1" autofocus=first>
                <h2 id="summary-title">{title}</h2>
                <ul>{items}</ul>
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fragment;

    #[test]
    fn a_field_ties_label_hint_and_error_to_its_control() {
        let html = fragment(|| {
            view! {
                <Field name="place" label="在哪里？" value="\"城南" hint="路口、店名" error="写下地点" />
            }
        });
        assert!(html.contains(r#"<label for="place">"#), "{html}");
        assert!(
            html.contains(r#"aria-describedby="place-hint place-error""#),
            "{html}"
        );
        assert!(
            html.contains(r#"aria-invalid="true""#) && html.contains("&quot;城南"),
            "{html}"
        );
    }

    #[test]
    fn the_summary_points_at_its_fields_and_vanishes_when_empty() {
        let item = SummaryItem {
            field: "place".into(),
            text: "写下地点".into(),
        };
        let html = fragment(move || view! { <ErrorSummary title="还差一处" items=vec![item] /> });
        assert!(html.contains(r##"href="#place""##), "{html}");
        let none = fragment(|| view! { <ErrorSummary title="还差一处" items=vec![] /> });
        assert!(!none.contains("summary"), "{none}");
    }

    #[test]
    fn radio_groups_have_a_legend_and_one_choice_at_the_groups_id() {
        let html = fragment(|| {
            let choices = vec![
                Choice::new("no", "没有"),
                Choice::new("yes", "有").checked(true),
            ];
            view! { <RadioGroup name="danger" legend="有危险吗？" choices /> }
        });
        assert!(html.contains("<legend>有危险吗？</legend>"), "{html}");
        assert!(
            html.contains(r#"id="danger" name="danger" value="no""#),
            "{html}"
        );
        assert_eq!(html.matches(" checked").count(), 1, "{html}");
    }
}
