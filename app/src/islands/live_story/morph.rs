//! Turning a part of the page into its newer self, touching only what differs: what stays keeps its
//! focus, its selection and whether it is folded open.

use leptos::{
    wasm_bindgen::JsCast,
    web_sys::{Document, Element, Node},
};

/// Makes `old` what `new` is; whether anything differed.
pub(super) fn take_over(page: &Document, old: &Node, new: &Node) -> bool {
    if old.is_equal_node(Some(new)) {
        return false;
    }
    if old.node_name() != new.node_name() {
        return replace(page, old, new);
    }
    let (Some(from), Some(to)) = (old.dyn_ref::<Element>(), new.dyn_ref::<Element>()) else {
        // Text and the like.
        old.set_node_value(new.node_value().as_deref());
        return true;
    };
    // Another line of a list, and not the same one changed.
    if from.id() != to.id() && from.has_attribute("id") && to.has_attribute("id") {
        return replace(page, old, new);
    }
    // What an island fills it looks after itself.
    if from.has_attribute("data-awake") {
        return false;
    }
    let changed = attributes(from, to);
    children(page, old, new) | changed
}

fn replace(page: &Document, old: &Node, new: &Node) -> bool {
    let copy = page.import_node_with_deep(new, true);
    let parent = old.parent_node();
    if let (Some(parent), Ok(copy)) = (parent, copy) {
        let _ = parent.replace_child(&copy, old);
    }
    true
}

fn attributes(from: &Element, to: &Element) -> bool {
    let mut changed = false;
    let names = |element: &Element| {
        let names = element.get_attribute_names().into_iter();
        names
            .filter_map(|name| name.as_string())
            .collect::<Vec<_>>()
    };
    for name in names(from) {
        // Whether a fold is open is its reader's.
        if name != "open" && !to.has_attribute(&name) {
            let _ = from.remove_attribute(&name);
            changed = true;
        }
    }
    for name in names(to) {
        let value = to.get_attribute(&name);
        if name != "open" && from.get_attribute(&name) != value {
            let _ = from.set_attribute(&name, &value.unwrap_or_default());
            changed = true;
        }
    }
    changed
}

fn children(page: &Document, old: &Node, new: &Node) -> bool {
    let mut changed = false;
    let (mut here, mut there) = (old.first_child(), new.first_child());
    loop {
        match (here, there) {
            (None, None) => return changed,
            (Some(mine), Some(theirs)) => {
                here = mine.next_sibling();
                there = theirs.next_sibling();
                changed |= take_over(page, &mine, &theirs);
            }
            (None, Some(theirs)) => {
                here = None;
                there = theirs.next_sibling();
                if let Ok(copy) = page.import_node_with_deep(&theirs, true) {
                    let _ = old.append_child(&copy);
                }
                changed = true;
            }
            (Some(mine), None) => {
                here = mine.next_sibling();
                there = None;
                let _ = old.remove_child(&mine);
                changed = true;
            }
        }
    }
}
