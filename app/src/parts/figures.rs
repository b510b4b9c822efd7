//! A figure never stands alone: its numerator, denominator and what is missing stand with it.

use leptos::prelude::*;

/// A big number with the words that make it honest.
#[component]
pub fn Figure(
    /// The number, already written for the reader.
    #[prop(into)]
    value: String,
    /// `%`, or nothing.
    #[prop(optional, into)]
    unit: Option<String>,
    /// What is counted, with numerator and denominator.
    #[prop(into)]
    label: String,
    /// What is missing from it.
    #[prop(optional, into)]
    missing: Option<String>,
) -> impl IntoView {
    view! {
        <li class="figure">
            <b>{value}{unit.filter(|unit| !unit.is_empty()).map(|unit| view! { <small>{unit}</small> })}</b>
            <span>{label}</span>
            {missing.filter(|text| !text.is_empty()).map(|missing| view! { <span>{missing}</span> })}
        </li>
    }
    .into_any()
}
