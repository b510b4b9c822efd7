//! Every page in every language and its hard states: rendered twice, compared, held to the rules
//! of all pages, and written to `target/pages/` to be looked at.

use std::{fs, path::Path};

use casework::views::*;
use domain::{lang::Lang, verb::Verb, visibility::Visibility};
use leptos::prelude::*;

use super::{samples::*, *};
use crate::{assets, here::tests::at as here_at, render};

mod states;

use states::pages;

#[test]
fn every_page_renders_the_same_twice_and_keeps_the_rules_of_all_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/pages");
    fs::create_dir_all(folder.join("pkg")).unwrap();
    fs::write(folder.join("pkg").join("look.css"), assets::CSS).unwrap();
    for lang in Lang::ALL {
        for (path, name, draw) in pages() {
            let once = || render::page(|| draw(here_at(lang, path, "")));
            let html = once();
            assert_eq!(html, once(), "{name} differs from itself");
            let what = format!("{name} in {lang}");
            rules(&html, &what);
            let file = format!("{}-{name}.html", lang.tag());
            let local = html.replace(assets::css_path(), "pkg/look.css");
            fs::write(folder.join(file), local).unwrap();
        }
    }
}

/// What holds on every page.
fn rules(html: &str, what: &str) {
    assert!(
        html.starts_with("<!DOCTYPE html><html lang="),
        "{what}: {}",
        &html[..60]
    );
    assert_eq!(
        html.matches("<h1").count(),
        1,
        "{what}: one heading of the page"
    );
    assert_eq!(html.matches("<main").count(), 1, "{what}");
    assert!(html.contains("class=\"demo\""), "{what}: the demo label");
    assert!(!html.contains(" style="), "{what}: no style attribute");
    assert!(
        !html.contains("<script>") && !html.contains("javascript:"),
        "{what}"
    );
    assert!(
        !html.contains("onclick") && !html.contains("onerror"),
        "{what}"
    );
    let mut ids: Vec<&str> = html
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "{what}: an id stands twice");
    for attribute in ["aria-describedby", "aria-labelledby", "for"] {
        for list in html.split(&format!(" {attribute}=\"")).skip(1) {
            for id in list.split('"').next().unwrap_or_default().split(' ') {
                assert!(
                    ids.binary_search(&id).is_ok(),
                    "{what}: {attribute} names {id:?}"
                );
            }
        }
    }
    for link in html.split(" href=\"#").skip(1) {
        let id = link.split('"').next().unwrap_or_default();
        assert!(ids.binary_search(&id).is_ok(), "{what}: a link to #{id}");
    }
}

/// What a script may read of a page beside what is seen there: an allow-list (abuse cases B5, D10).
#[test]
fn islands_are_told_words_of_the_house_and_nothing_of_anybody() {
    const KNOWN: [&str; 13] = [
        "live",
        "careful",
        "anywhere",
        "component",
        "count",
        "field",
        "news",
        "scheme",
        "sentences",
        "size",
        "titles",
        "words",
        "lang",
    ];
    const TOLD: [&str; 4] = ["words", "anywhere", "sentences", "titles"];
    // Of the cases, forms and people of the samples.
    const CANARIES: [&str; 6] = ["人民路", "象岗", "综合行政", "烧烤", "0577-5550", "示意"];
    let mut told = 0;
    for lang in Lang::ALL {
        for (path, name, draw) in pages() {
            let html = render::page(|| draw(here_at(lang, path, "")));
            for rest in html.split(" data-").skip(1) {
                let end = rest.find(['=', ' ', '>']).unwrap_or(rest.len());
                let (attribute, rest) = rest.split_at(end);
                assert!(KNOWN.contains(&attribute), "{name}: data-{attribute}");
                let value = rest
                    .strip_prefix("=\"")
                    .and_then(|rest| rest.split('"').next());
                let Some(value) = value.filter(|_| TOLD.contains(&attribute)) else {
                    continue;
                };
                told += 1;
                for canary in CANARIES {
                    assert!(
                        !value.contains(canary),
                        "{name}: data-{attribute} says {canary}"
                    );
                }
            }
        }
    }
    assert!(told > 20, "islands were told something {told} times");
}

#[test]
fn every_error_and_every_short_page_shows_a_way_on() {
    let troubles = [
        Trouble::Unreadable,
        Trouble::Forbidden,
        Trouble::NotFound,
        Trouble::WrongWay,
        Trouble::TooLarge,
        Trouble::Refused,
        Trouble::TooMany(20),
        Trouble::Broken("a1b2c3".into()),
        Trouble::Busy,
        Trouble::Maintenance,
        Trouble::Full,
    ];
    for lang in Lang::ALL {
        for trouble in troubles.clone() {
            let what = format!("{trouble:?} in {lang}");
            let status = trouble.status().to_string();
            let html =
                render::page(|| view! { <ErrorPage here=here_at(lang, "/x", "") trouble /> });
            rules(&html, &what);
            assert!(
                html.contains("href=\"/\"") && html.contains("tel:12345"),
                "{what}"
            );
            assert!(html.contains(&status) && html.contains("noindex"), "{what}");
        }
        for topic in Topic::ALL {
            let here = here_at(lang, topic.path(), "");
            let html = render::page(|| view! { <HelpPage here topic /> });
            rules(&html, topic.path());
        }
    }
}

#[test]
fn what_was_typed_comes_back_and_stays_in_its_box() {
    let html = render::page(
        || view! { <WhistlePage here=here_at(Lang::ZhHans, "/whistle", "") form=a_bad_form() /> },
    );
    assert!(
        html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>"),
        "{html}"
    );
    assert!(html.contains("value=\"象\"") && html.contains("value=\"12\""));
    assert!(html.contains("href=\"#phone\"") && html.contains("id=\"phone-error\""));
    assert!(html.contains("name=\"ticket\" value=\"ticket\""));
    let full = render::page(
        || view! { <WhistlePage here=here_at(Lang::En, "/whistle", "") form=a_full_form() /> },
    );
    assert_eq!(full.matches("name=\"staged\"").count(), 2);
    assert!(
        full.contains("value=\"remove-photo-2\"")
            && full.contains("value=\"me-too-261121-483920-7\"")
    );
    assert!(full.contains("id=\"preview\""));
}

#[test]
fn the_first_button_of_the_form_files_it() {
    let html = render::page(
        || view! { <WhistlePage here=here_at(Lang::En, "/whistle", "") form=a_full_form() /> },
    );
    let form = &html[html.find("action=\"/whistle\"").unwrap()..];
    let button = &form[form.find("<button").unwrap()..];
    assert!(
        button[..button.find('>').unwrap()].contains("value=\"file\""),
        "{button}"
    );
}

#[test]
fn a_private_case_shows_nothing_of_the_words() {
    let mut hidden = story();
    hidden.detail = None;
    hidden.card.headline = None;
    hidden.card.place = None;
    hidden.card.visibility = Visibility::PublicWithoutDetail;
    hidden.timeline[0].text = None;
    let html = render::page(|| {
        view! { <CasePage here=here_at(Lang::ZhHans, "/cases/1", "") story=hidden join=Some(JoinForm::default()) /> }
    });
    assert!(!html.contains("人民路"), "{html}");
    assert!(html.contains("按反映人的选择，不公开内容"));
}

#[test]
fn only_the_acts_of_the_list_are_offered() {
    let page = |actions: Vec<Verb>| {
        let story = CaseStory { actions, ..story() };
        let tracked = tracked(story);
        render::page(|| view! { <TrackedPage here=here_at(Lang::ZhHans, "/track", "") tracked /> })
    };
    let none = page(vec![]);
    let withdraw = page(vec![Verb::Withdraw]);
    assert!(!none.contains("value=\"withdraw\"") && !none.contains("value=\"confirm\""));
    assert!(withdraw.contains("value=\"withdraw\"") && !withdraw.contains("value=\"dispute\""));
    assert!(withdraw.contains("name=\"version\" value=\"4\""));
}

#[test]
fn choosers_and_alternates_name_all_three_languages() {
    let html = render::page(|| {
        let view = HomeView {
            latest: vec![],
            figures: Figures::default(),
        };
        view! { <HomePage here=here_at(Lang::ZhHant, "/", "size=large") view /> }
    });
    for tag in ["zh-Hans", "zh-Hant", "en"] {
        assert!(html.contains(&format!("hreflang=\"{tag}\"")), "{tag}");
    }
    assert!(html.contains("<html lang=\"zh-Hant\""));
    assert!(html.contains("rel=\"canonical\" href=\"https://example.test/\""));
}
