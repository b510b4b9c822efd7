//! `docs/states.md` is drawn from the transition table. `UPDATE=1` draws it anew.

#![expect(
    clippy::disallowed_methods,
    reason = "a test is told by its environment"
)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{fmt::Write as _, path::Path};

use domain::verb::{TABLE, picture};

fn document() -> String {
    let mut text = String::from(
        "# The states of a case\n\n\
         Drawn from `domain::verb::TABLE` by `domain/tests/picture.rs`; do not edit it by hand:\n\
         `UPDATE=1 cargo nextest run -p domain --test picture` writes it anew.\n\n",
    );
    let _ = write!(text, "```mermaid\n{}```\n\n", picture());
    text.push_str("## The verbs\n\nA verb that leads nowhere leaves the state as it is. Scope, unit and who checks whom: `domain::access`.\n\n");
    text.push_str("| verb | from | to | who |\n|---|---|---|---|\n");
    for row in TABLE {
        let from: Vec<&str> = row.from.iter().map(|state| state.as_str()).collect();
        let who: Vec<String> = row
            .who
            .iter()
            .map(|who| {
                serde_json::to_string(who)
                    .unwrap()
                    .trim_matches('"')
                    .to_owned()
            })
            .collect();
        let to = row.to.map_or("", |state| state.as_str());
        let _ = writeln!(
            text,
            "| {} | {} | {to} | {} |",
            row.verb.as_str(),
            from.join(", "),
            who.join(", ")
        );
    }
    text
}

#[test]
fn the_picture_is_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/states.md");
    let now = document();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == now,
        "docs/states.md is stale: UPDATE=1 draws it anew"
    );
}

#[test]
fn the_picture_has_a_way_to_every_state() {
    let drawn = picture();
    for state in domain::case::StateTag::ALL {
        assert!(
            drawn.contains(&format!("--> {}", state.as_str())),
            "no way to {}",
            state.as_str()
        );
    }
}
