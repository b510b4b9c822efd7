//! What a list can be narrowed down by.

use domain::{
    access::{self, Viewer},
    area::AreaKind,
    ids::CategoryCode,
    lang::Lang,
};

use crate::{Desk, views::Choice};

/// The categories of a typed one: itself, or all of a family.
pub(super) fn categories_in(desk: &Desk, typed: &str) -> Vec<CategoryCode> {
    let Ok(code) = CategoryCode::new(typed) else {
        return Vec::new();
    };
    let city = &desk.city;
    city.leaf_categories()
        .into_iter()
        .filter(|leaf| {
            city.category_path(&leaf.code)
                .iter()
                .any(|above| above.code == code)
        })
        .map(|leaf| leaf.code.clone())
        .collect()
}

/// The communities of the viewer's scope; none to choose where there is only one.
pub(super) fn areas(desk: &Desk, viewer: &Viewer, lang: Lang) -> Vec<Choice> {
    let Viewer::Staff(staff) = viewer else {
        return Vec::new();
    };
    let now = desk.now();
    let mut found: Vec<Choice> = Vec::new();
    for area in desk.city.areas.of_kind(AreaKind::Community, now) {
        let inside = staff.appointments().iter().any(|held| match &held.reach {
            access::Reach::City => true,
            access::Reach::Communities(codes) => codes.contains(&area.code),
        });
        if inside {
            found.push(Choice {
                value: area.code.to_string(),
                text: area.names.get(lang).to_owned(),
            });
        }
    }
    if found.len() < 2 { Vec::new() } else { found }
}

/// The families of categories.
pub(super) fn families(desk: &Desk, lang: Lang) -> Vec<Choice> {
    desk.city
        .category_children(None)
        .into_iter()
        .map(|family| Choice {
            value: family.code.to_string(),
            text: family.names.get(lang).to_owned(),
        })
        .collect()
}
