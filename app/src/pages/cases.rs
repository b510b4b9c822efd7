//! `/cases`: what people reported, filtered, searched and walked by key.

use casework::views::{CaseList, Label, Total};
use form_urlencoded::Serializer;
use leptos::prelude::*;

use crate::{
    format,
    here::Here,
    parts::{Callout, CaseCards, Choice, Nav, Page, Pagination, SearchBox, Select, SubmitButton},
    texts::t,
};

/// What the address asks for, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CasesQuery {
    /// Words.
    pub q: String,
    /// `open`, `ended`, or empty for both.
    pub state: String,
    /// Community code, or empty.
    pub community: String,
    /// Category code (a leaf or a branch), or empty.
    pub category: String,
    /// The cursor of this page, or empty for the first.
    pub after: String,
}

impl CasesQuery {
    /// The address of this question from `after` on.
    pub fn address(&self, after: &str) -> String {
        let mut query = Serializer::new(String::new());
        for (name, value) in [
            ("q", self.q.as_str()),
            ("state", &self.state),
            ("community", &self.community),
            ("category", &self.category),
            ("after", after),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() {
            "/cases".to_owned()
        } else {
            format!("/cases?{query}")
        }
    }
}

/// `/cases`
#[component]
pub fn CasesPage(
    here: Here,
    query: CasesQuery,
    list: CaseList,
    communities: Vec<Label>,
    categories: Vec<Label>,
) -> impl IntoView {
    let lang = here.lang();
    let all = |labels: Vec<Label>, chosen: &str, any: &'static str| {
        let mut choices = vec![Choice::new("", any)];
        choices.extend(labels.into_iter().map(|label| {
            let checked = label.code == chosen;
            Choice::new(label.code, label.text).checked(checked)
        }));
        choices
    };
    let states = [
        ("", t::cases_any_state(lang)),
        ("open", t::cases_open(lang)),
        ("ended", t::cases_ended(lang)),
    ]
    .into_iter()
    .map(|(value, text)| Choice::new(value, text).checked(value == query.state))
    .collect();
    let total = match list.total {
        Total::Exactly(n) => t::cases_total(lang, n),
        Total::MoreThan(n) => t::cases_more_than(lang, format::grouped(n)),
    };
    let keep = [
        ("state", &query.state),
        ("community", &query.community),
        ("category", &query.category),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| (name.to_owned(), value.clone()))
    .collect();
    let first = (!query.after.is_empty()).then(|| query.address(""));
    let next = list.next.as_ref().map(|after| query.address(after));
    let filtered = query.address("") != "/cases";
    let (empty_title, empty_text) = if filtered {
        (t::cases_none_title(lang), t::cases_none_text(lang))
    } else {
        (t::home_empty_title(lang), t::home_empty_text(lang))
    };
    view! {
        <Page here=here.clone() title=t::cases_title(lang) description=t::cases_description(lang) nav=Nav::Cases>
            <div class="head"><h1>{t::cases_title(lang)}</h1></div>
            <SearchBox
                lang action="/cases" label=t::home_search_label(lang)
                placeholder=t::home_search_placeholder(lang) value=query.q.clone() keep
            />
            <form method="get" action="/cases" class="filters noprint">
                {(!query.q.is_empty()).then(|| view! {
                    <input type="hidden" name="q" value=query.q.clone() />
                })}
                <Select name="state" label=t::cases_state(lang) choices=states />
                <Select
                    name="community" label=t::case_community(lang)
                    choices=all(communities, &query.community, t::cases_any_community(lang))
                />
                <Select
                    name="category" label=t::receipt_category(lang)
                    choices=all(categories, &query.category, t::cases_any_category(lang))
                />
                <SubmitButton text=t::cases_filter(lang) quiet=true />
            </form>
            <p class="soft more" role="status">
                {total}
                {filtered.then(|| view! { " · "<a href="/cases">{t::cases_clear(lang)}</a> })}
            </p>
            {list.search_lag.map(|lag| view! {
                <Callout kind="wait"><p>{t::cases_lag(lang, format::span(lang, lag))}</p></Callout>
            })}
            <CaseCards here=here.clone() cards=list.items empty_title empty_text />
            <Pagination lang first next />
        </Page>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_keeps_the_question() {
        let query = CasesQuery {
            q: "占道 & 停车".into(),
            state: "open".into(),
            ..CasesQuery::default()
        };
        assert_eq!(
            query.address("c-1"),
            "/cases?q=%E5%8D%A0%E9%81%93+%26+%E5%81%9C%E8%BD%A6&state=open&after=c-1"
        );
        assert_eq!(CasesQuery::default().address(""), "/cases");
    }
}
